import type { Tx } from "@/lib/core/transaction";
import { AppError, assertNever } from "@/lib/core/errors";
import { isRegistrable, machineFacts, type Obstacle, type StoredMachine } from "./schema";

export interface LockedAdoption {
  id: string;
  status: string;
  clusterId: string;
  namespace: string;
  resourceName: string;
  k8sUid: string;
  instance: string | null;
  /** Null until a worker has read it. */
  machine: StoredMachine | null;
}

interface AdoptionColumns extends Omit<LockedAdoption, "machine"> {
  resourceSpec: unknown;
}

export async function lockAdoption(tx: Tx, adoptionId: string): Promise<LockedAdoption> {
  const rows = await tx.$queryRaw<AdoptionColumns[]>`
    SELECT id, status, cluster_id AS "clusterId", namespace, resource_name AS "resourceName", k8s_uid AS "k8sUid",
      instance, resource_spec AS "resourceSpec"
    FROM pending_adoptions WHERE id = ${adoptionId} FOR UPDATE`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  const { resourceSpec, ...adoption } = rows[0];
  return { ...adoption, machine: parseMachine(resourceSpec) };
}

export function parseMachine(resourceSpec: unknown): StoredMachine | null {
  return machineFacts.nullable().catch(null).parse(resourceSpec);
}

/** The caller holds the row's lock, so who comes second reads the state that the first one left. */
export function requireStatus(adoption: LockedAdoption, status: string, move: string): void {
  if (adoption.status === status) return;
  throw new AppError("INVALID_STATE", { object: "adoption", state: adoption.status, move });
}

export interface LockedService {
  id: string;
  name: string;
  systemId: string;
  systemName: string;
  nextIndex: number;
}

export async function lockService(tx: Tx, serviceId: string): Promise<LockedService> {
  const rows = await tx.$queryRaw<LockedService[]>`
    SELECT s.id, s.name, s.system_id AS "systemId", y.name AS "systemName", s.next_instance_index AS "nextIndex"
    FROM services s JOIN systems y ON y.id = s.system_id WHERE s.id = ${serviceId} FOR UPDATE OF s`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND", { resource: "service" });
  return rows[0];
}

/** Indexes only grow: the next machine of the service comes after this one. */
export async function reserveIndexes(tx: Tx, serviceId: string, nextIndex: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE services SET next_instance_index = greatest(next_instance_index, ${nextIndex}) WHERE id = ${serviceId}`;
}

export interface Place {
  namespace: string;
  name: string;
}

export function placeKey({ namespace, name }: Place): string {
  return `${namespace}/${name}`;
}

/** Why these machines of a cluster could have no row, by place; null where nothing stands in the way. */
export async function findObstacles(
  tx: Tx,
  clusterId: string,
  places: Place[],
): Promise<Map<string, Obstacle | null>> {
  if (places.length === 0) return new Map();
  const rows = await tx.$queryRaw<ObstacleFacts[]>`
    SELECT w.namespace, w.name, c.environment AS wanted, n.environment, v.id AS "vmId"
    FROM unnest(${places.map(({ namespace }) => namespace)}::text[], ${places.map(({ name }) => name)}::text[])
      AS w(namespace, name)
    JOIN clusters c ON c.id = ${clusterId} LEFT JOIN namespaces n ON n.name = w.namespace
    LEFT JOIN vms v ON v.namespace = w.namespace AND v.name = w.name`;
  return new Map(rows.map((row) => [placeKey(row), judgePlace(row)]));
}

interface ObstacleFacts extends Place {
  /** The cluster's, which the namespace's must be. */
  wanted: string;
  environment: string | null;
  vmId: string | null;
}

function judgePlace({ namespace, name, wanted, environment, vmId }: ObstacleFacts): Obstacle | null {
  if (vmId !== null) return { code: "name_taken", name, vmId };
  if (environment === null) {
    const registrable = isRegistrable(namespace);
    return { code: "namespace_unregistered", namespace, environment: wanted, registrable };
  }
  return environment === wanted ? null : { code: "environment_differs", namespace, environment, wanted };
}

/**
 * A step: refuses a machine that could have no row; the namespace stays in the registry until the caller's
 * transaction ends.
 * @throws VALIDATION_FAILED, ENVIRONMENT_MISMATCH, ALREADY_EXISTS
 */
export async function requireNoObstacle(tx: Tx, clusterId: string, place: Place): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM namespaces WHERE name = ${place.namespace} FOR KEY SHARE`;
  const obstacle = (await findObstacles(tx, clusterId, [place])).get(placeKey(place));
  if (obstacle === undefined) throw new AppError("RESOURCE_NOT_FOUND", { resource: "cluster" });
  if (obstacle !== null) throw refusalOf(obstacle);
}

function refusalOf({ code, ...params }: Obstacle): AppError {
  switch (code) {
    case "namespace_unregistered":
      return new AppError("VALIDATION_FAILED", {}, [{ field: "namespace", code, params }]);
    case "environment_differs":
      return new AppError("ENVIRONMENT_MISMATCH", params);
    case "name_taken":
      return new AppError("ALREADY_EXISTS", params);
    default:
      return assertNever(code);
  }
}
