import { db } from "@/lib/core/db";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction } from "@/lib/core/transaction";
import { checkClusterJob } from "./jobs";

/** Spec §0.11: 15 s lease, 5 s heartbeat, the database's clock. */
const leaseSeconds = 15;

/** A cluster that does not offer what is followed, or does not allow it, is asked again after this long. */
const restSeconds = 600;

/** Machines, their instances, and the volumes that fill their disks; without the last a cluster is followed all the same. */
export type ReflectorKind = "vm" | "vmi" | "dv";

export interface ReflectorKey {
  clusterId: string;
  kind: ReflectorKind;
}

export interface LeasedReflector extends ReflectorKey {
  /** Where a former owner stopped; null asks for a complete list. */
  resourceVersion: string | null;
  /** Which credential it runs under; another one ends it. */
  rotatedAt: Date;
}

export interface ReflectorPosition extends LeasedReflector {
  heardSecondsAgo: number | null;
}

/**
 * Takes what nobody follows: new clusters at once, a dead worker's after its lease.
 * @param held `clusterId/kind` of what this owner still runs
 */
export async function claimReflectors(owner: string, held: string[]): Promise<LeasedReflector[]> {
  await db().$executeRaw`
    INSERT INTO cluster_reflectors (cluster_id, kind)
    SELECT c.id, k.kind FROM clusters c JOIN cluster_credentials s ON s.cluster_id = c.id
    CROSS JOIN (VALUES ('vm'), ('vmi'), ('dv')) AS k(kind)
    WHERE c.enabled AND NOT EXISTS (SELECT 1 FROM cluster_reflectors r WHERE r.cluster_id = c.id AND r.kind = k.kind)
    ON CONFLICT DO NOTHING`;
  return db().$queryRaw<LeasedReflector[]>`
    UPDATE cluster_reflectors r
    SET owner_id = ${owner}, lease_until = now() + make_interval(secs => ${leaseSeconds}), connected = false
    FROM cluster_credentials s
    WHERE s.cluster_id = r.cluster_id AND (r.cluster_id, r.kind) IN (
      SELECT f.cluster_id, f.kind FROM cluster_reflectors f JOIN clusters c ON c.id = f.cluster_id AND c.enabled
      WHERE f.cluster_id || '/' || f.kind <> ALL(${held}::text[])
        AND (f.owner_id = ${owner} OR f.lease_until IS NULL OR f.lease_until < now())
      FOR UPDATE OF f SKIP LOCKED)
    RETURNING r.cluster_id AS "clusterId", r.kind, r.resource_version AS "resourceVersion",
      s.rotated_at AS "rotatedAt"`;
}

/** Extends what is still ours and saves how far each has come; what is missing from the answer is lost. */
export async function renewReflectors(owner: string, held: ReflectorPosition[]): Promise<ReflectorKey[]> {
  if (held.length === 0) return [];
  return db().$queryRaw<ReflectorKey[]>`
    UPDATE cluster_reflectors r
    SET lease_until = now() + make_interval(secs => ${leaseSeconds}),
      resource_version = coalesce(h.version, r.resource_version),
      last_event_at = coalesce(now() - make_interval(secs => h.heard), r.last_event_at)
    FROM unnest(${held.map((one) => one.clusterId)}::text[], ${held.map((one) => one.kind)}::text[],
        ${held.map((one) => one.resourceVersion)}::text[], ${held.map((one) => one.heardSecondsAgo)}::float8[],
        ${held.map((one) => one.rotatedAt.toISOString())}::timestamptz[])
        AS h(cluster_id, kind, version, heard, rotated_at),
      clusters c, cluster_credentials s
    WHERE r.owner_id = ${owner} AND r.cluster_id = h.cluster_id AND r.kind = h.kind
      AND c.id = r.cluster_id AND c.enabled AND s.cluster_id = r.cluster_id AND s.rotated_at = h.rotated_at
    RETURNING r.cluster_id AS "clusterId", r.kind`;
}

/** Hands back at once, with the position, so that another worker goes on where this one stopped. */
export async function returnReflectors(owner: string, held: ReflectorPosition[]): Promise<void> {
  await db().$executeRaw`
    UPDATE cluster_reflectors r
    SET owner_id = NULL, lease_until = NULL, connected = false,
      resource_version = CASE WHEN s.rotated_at = h.rotated_at THEN coalesce(h.version, r.resource_version) END
    FROM unnest(${held.map((one) => one.clusterId)}::text[], ${held.map((one) => one.kind)}::text[],
        ${held.map((one) => one.resourceVersion)}::text[],
        ${held.map((one) => one.rotatedAt.toISOString())}::timestamptz[]) AS h(cluster_id, kind, version, rotated_at),
      cluster_credentials s
    WHERE r.owner_id = ${owner} AND r.cluster_id = h.cluster_id AND r.kind = h.kind
      AND s.cluster_id = r.cluster_id`;
}

/** There is nothing to follow for now; nobody claims it until it has rested. */
export async function restReflector(owner: string, { clusterId, kind }: ReflectorKey): Promise<void> {
  await db().$executeRaw`
    UPDATE cluster_reflectors
    SET owner_id = NULL, lease_until = now() + make_interval(secs => ${restSeconds}), connected = false,
      resource_version = NULL, error = NULL
    WHERE cluster_id = ${clusterId} AND kind = ${kind} AND owner_id = ${owner}`;
}

/** Pages say "stale" from this; a change of it is also a reason to look at the cluster's health now. */
export async function recordReflectorState(
  owner: string,
  key: ReflectorKey,
  state: { connected: boolean; error: string | null },
): Promise<void> {
  await inTransaction(async (tx) => {
    const changed = await tx.$executeRaw`
      UPDATE cluster_reflectors
      SET connected = ${state.connected},
        error = CASE WHEN ${state.connected} AND error LIKE 'list_halted%' THEN error ELSE ${state.error} END
      WHERE cluster_id = ${key.clusterId} AND kind = ${key.kind} AND owner_id = ${owner}`;
    // What volumes are followed for is shown beside a machine; no page says that they are not.
    if (changed === 0 || key.kind === "dv") return;
    await tx.$executeRaw`SELECT announce('cluster', ${key.clusterId}, NULL, NULL)`;
    await enqueue(tx, checkClusterJob, { clusterId: key.clusterId }, checkThrottle(key.clusterId));
  });
}

/** A complete list was taken in; `halted` keeps on the page that too many machines were missing from it. */
export async function recordReflectorList(
  owner: string,
  key: ReflectorKey,
  list: { resourceVersion: string; halted: string | null },
): Promise<void> {
  await db().$executeRaw`
    UPDATE cluster_reflectors
    SET resource_version = ${list.resourceVersion}, last_list_at = now(), last_event_at = now(),
      error = ${list.halted}
    WHERE cluster_id = ${key.clusterId} AND kind = ${key.kind} AND owner_id = ${owner}`;
}

function checkThrottle(clusterId: string) {
  return { singletonKey: clusterId, singletonSeconds: 5 };
}
