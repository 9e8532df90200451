import type { Prisma } from "@/prisma/generated/client";
import { AppError, fieldRefused } from "@/lib/core/errors";
import type { Envelope } from "@/lib/core/secrets";
import type { Tx } from "@/lib/core/transaction";
import { clusterMachine, type ClusterMove, type ClusterStatus } from "./machine";

export interface LockedCluster {
  id: string;
  name: string;
  displayName: string;
  environment: string;
  status: ClusterStatus;
  enabled: boolean;
  maintenance: boolean;
  schedulingWeight: number;
  version: number;
  uploadProxyUrl: string | null;
  uploadProxyCa: string | null;
}

export async function lockCluster(tx: Tx, clusterId: string): Promise<LockedCluster> {
  const rows = await tx.$queryRaw<LockedCluster[]>`
    SELECT id, name, display_name AS "displayName", environment, status, enabled, maintenance,
      scheduling_weight AS "schedulingWeight", version, upload_proxy_url AS "uploadProxyUrl",
      upload_proxy_ca AS "uploadProxyCa"
    FROM clusters WHERE id = ${clusterId} FOR UPDATE`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  return rows[0];
}

export interface LockedNamespace {
  id: string;
  name: string;
  environment: string;
  description: string;
  enabled: boolean;
  ownerId: string | null;
}

export async function lockNamespace(tx: Tx, namespaceId: string): Promise<LockedNamespace> {
  const rows = await tx.$queryRaw<LockedNamespace[]>`
    SELECT id, name, environment, description, enabled, owner_id AS "ownerId" FROM namespaces WHERE id = ${namespaceId} FOR UPDATE`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  return rows[0];
}

export async function requireEnvironment(tx: Tx, name: string): Promise<void> {
  // Held until the row that names it is written, so that the environment is not deleted in between.
  const found = await tx.$queryRaw<
    unknown[]
  >`SELECT name FROM environments WHERE name = ${name} FOR KEY SHARE`;
  if (found.length === 0) throw fieldRefused("environment", "not_found", { environment: name });
}

/** Somebody who can sign in; null is nobody. */
export async function requireOwner(tx: Tx, ownerId: string | null): Promise<void> {
  if (ownerId === null) return;
  const found = await tx.user.count({ where: { id: ownerId, enabled: true } });
  if (found === 0) throw fieldRefused("ownerId", "not_found");
}

interface SealedCredential {
  envelope: Envelope;
  summary: Prisma.InputJsonObject;
}

// Plain SQL without RETURNING: the web role may write an envelope and never read one.
export async function insertCredential(tx: Tx, clusterId: string, sealed: SealedCredential): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO cluster_credentials (cluster_id, envelope, key_version, summary)
    VALUES (${clusterId}, ${sealed.envelope}::jsonb, ${sealed.envelope.key_version}, ${sealed.summary}::jsonb)`;
}

export async function replaceCredential(tx: Tx, clusterId: string, sealed: SealedCredential): Promise<void> {
  await tx.$executeRaw`
    UPDATE cluster_credentials
    SET envelope = ${sealed.envelope}::jsonb, key_version = ${sealed.envelope.key_version},
      summary = ${sealed.summary}::jsonb, rotated_at = clock_timestamp()
    WHERE cluster_id = ${clusterId}`;
}

/** Compare-and-set by the machine's table; whoever holds the row's lock is first. */
export async function moveCluster(
  tx: Tx,
  cluster: { id: string; status: ClusterStatus },
  move: ClusterMove,
): Promise<void> {
  const { from, to } = clusterMachine.moves[move];
  const moved = await tx.$executeRaw`
    UPDATE clusters SET status = ${to}, updated_at = now() WHERE id = ${cluster.id} AND status = ANY(${[...from]})`;
  if (moved === 0) throw new AppError("INVALID_STATE", { object: "cluster", state: cluster.status, move });
}

/** What the last look left in the row, locked while the next one is compared with it. */
export interface SavedCluster {
  id: string;
  status: ClusterStatus;
  defaultStorageClass: string | null;
  columns: Record<string, unknown>;
}

/** Null when the cluster was removed meanwhile. */
export async function lockSavedCluster(tx: Tx, clusterId: string): Promise<SavedCluster | null> {
  const rows = await tx.$queryRaw<{ status: ClusterStatus }[]>`
    SELECT status FROM clusters WHERE id = ${clusterId} FOR UPDATE`;
  const columns = await tx.cluster.findUnique({
    where: { id: clusterId },
    select: {
      kubernetesVersion: true,
      kubevirtVersion: true,
      kubevirtApiGroup: true,
      enabledFeatures: true,
      detectedCapabilities: true,
      capabilitiesReadAt: true,
      missingPermissions: true,
      storageClasses: true,
      defaultStorageClass: true,
    },
  });
  if (rows[0] === undefined || columns === null) return null;
  return { id: clusterId, status: rows[0].status, defaultStorageClass: columns.defaultStorageClass, columns };
}
