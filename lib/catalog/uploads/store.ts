import { AppError } from "@/lib/core/errors";
import { db } from "@/lib/core/db";
import type { Tx } from "@/lib/core/transaction";
import { uploadMachine, type UploadMove, type UploadStatus } from "./machine";
import { uploadLeaseSeconds } from "./rules";
import type { ImageFormat, UploadFailure } from "./schema";

/** An upload as those who work on it need it. */
export interface StoredUpload {
  id: string;
  clusterId: string;
  clusterName: string;
  environment: string;
  namespace: string;
  name: string;
  displayName: string;
  format: ImageFormat;
  sizeBytes: number;
  diskGb: number;
  storageClass: string | null;
  status: UploadStatus;
  sha256: string | null;
  createdBy: string;
  isRemoving: boolean;
  /** Since it last changed its state, by the database's clock. */
  ageSeconds: number;
}

/** Locks the row for a decision; RESOURCE_NOT_FOUND when there is none. */
export async function lockUpload(tx: Tx, uploadId: string): Promise<StoredUpload> {
  await tx.$queryRaw`SELECT 1 FROM image_uploads WHERE id = ${uploadId} FOR UPDATE`;
  const upload = await findUpload(tx, uploadId);
  if (upload === null) throw new AppError("RESOURCE_NOT_FOUND");
  return upload;
}

export async function findUpload(tx: Tx, uploadId: string): Promise<StoredUpload | null> {
  const rows = await tx.$queryRaw<StoredUpload[]>`
    SELECT u.id, u.cluster_id AS "clusterId", c.name AS "clusterName", c.environment, u.namespace, u.name,
      u.display_name AS "displayName", u.format, u.size_bytes::float8 AS "sizeBytes", u.disk_gb AS "diskGb",
      u.storage_class AS "storageClass", u.status, u.sha256, u.created_by AS "createdBy",
      u.removing_at IS NOT NULL AS "isRemoving",
      extract(epoch FROM clock_timestamp() - u.updated_at)::float8 AS "ageSeconds"
    FROM image_uploads u JOIN clusters c ON c.id = u.cluster_id WHERE u.id = ${uploadId}`;
  return rows[0] ?? null;
}

/** Compare-and-set by the machine's table; false when the upload has moved on meanwhile. */
export async function moveUpload(tx: Tx, uploadId: string, move: UploadMove): Promise<boolean> {
  const { from, to } = uploadMachine.moves[move];
  const moved = await tx.$executeRaw`
    UPDATE image_uploads SET status = ${to}, updated_at = clock_timestamp()
    WHERE id = ${uploadId} AND status = ANY(${[...from]})`;
  return moved > 0;
}

/** The same for whoever holds the lease: an outcome of somebody who lost it hits no row. */
export async function moveHeldUpload(
  tx: Tx,
  held: { uploadId: string; holderId: string },
  move: UploadMove,
): Promise<boolean> {
  const { from, to } = uploadMachine.moves[move];
  const moved = await tx.$executeRaw`
    UPDATE image_uploads SET status = ${to}, updated_at = clock_timestamp()
    WHERE id = ${held.uploadId} AND holder_id = ${held.holderId} AND status = ANY(${[...from]})`;
  return moved > 0;
}

export async function failUpload(
  tx: Tx,
  failed: { uploadId: string; holderId?: string; isStagedLost?: boolean },
  failure: { code: UploadFailure; words?: string },
): Promise<boolean> {
  const { from, to } = uploadMachine.moves.fail;
  const words =
    failure.words === undefined ? failure.code : `${failure.code}: ${failure.words.slice(0, 1_000)}`;
  const moved = await tx.$executeRaw`
    UPDATE image_uploads SET status = ${to}, message = ${words}, holder_id = NULL, lease_until = NULL,
      received_bytes = CASE WHEN ${failed.isStagedLost ?? false} THEN 0 ELSE received_bytes END,
      updated_at = clock_timestamp()
    WHERE id = ${failed.uploadId} AND status = ANY(${[...from]})
      AND (${failed.holderId ?? null}::text IS NULL OR holder_id = ${failed.holderId ?? null})`;
  return moved > 0;
}

/** True while nobody else works on it; the database's clock decides. */
export async function takeLease(held: {
  uploadId: string;
  holderId: string;
  statuses: readonly UploadStatus[];
}): Promise<boolean> {
  const taken = await db().$executeRaw`
    UPDATE image_uploads
    SET holder_id = ${held.holderId}, lease_until = clock_timestamp() + make_interval(secs => ${uploadLeaseSeconds})
    WHERE id = ${held.uploadId} AND status = ANY(${[...held.statuses]}) AND removing_at IS NULL
      AND (holder_id IS NULL OR holder_id = ${held.holderId} OR lease_until IS NULL
        OR lease_until < clock_timestamp())`;
  return taken > 0;
}
