import { db } from "@/lib/core/db";
import { abandonedSeconds, uploadLeaseSeconds } from "./rules";
import { findUpload, type StoredUpload } from "./store";

/** An upload that this process has taken up. */
export type TakenUpload = StoredUpload;

/** A file on the disk of a process that can send it. */
export interface StagedFile {
  uploadId: string;
  bytes: number;
}

const takenMax = 10;

/** Takes up what is whole on this disk and what the cluster is converting, if nobody else works on it. */
export async function takeUploads(holderId: string, staged: readonly StagedFile[]): Promise<TakenUpload[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    UPDATE image_uploads SET holder_id = ${holderId},
      status = CASE WHEN status = 'RECEIVING' THEN 'CHECKING' ELSE status END,
      received_bytes = CASE WHEN status = 'RECEIVING' THEN size_bytes ELSE received_bytes END,
      updated_at = CASE WHEN status = 'RECEIVING' THEN clock_timestamp() ELSE updated_at END,
      lease_until = clock_timestamp() + make_interval(secs => ${uploadLeaseSeconds})
    WHERE id IN (SELECT u.id FROM image_uploads u
      LEFT JOIN unnest(${staged.map(({ uploadId }) => uploadId)}::text[],
        ${staged.map(({ bytes }) => bytes)}::float8[]) f (id, bytes) ON f.id = u.id AND f.bytes = u.size_bytes
      WHERE (u.status = 'CONVERTING' OR (u.status IN ('RECEIVING', 'CHECKING', 'SENDING') AND f.id IS NOT NULL))
        AND u.removing_at IS NULL AND (u.holder_id IS NULL OR u.holder_id = ${holderId} OR u.lease_until IS NULL
          OR u.lease_until < clock_timestamp())
      ORDER BY u.updated_at LIMIT ${takenMax} FOR UPDATE OF u SKIP LOCKED)
    RETURNING id`;
  const uploads = await Promise.all(rows.map(({ id }) => findUpload(db(), id)));
  return uploads.filter((upload) => upload !== null);
}

/** Of the files on a disk, those that are still wanted there. */
export async function listWantedFiles(uploadIds: readonly string[]): Promise<Set<string>> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM image_uploads WHERE id = ANY(${[...uploadIds]}) AND removing_at IS NULL
      AND (status IN ('PREPARING', 'RECEIVING', 'CHECKING', 'SENDING', 'CONVERTING')
        OR (status = 'FAILED' AND received_bytes > 0
          AND updated_at > clock_timestamp() - make_interval(secs => ${abandonedSeconds})))`;
  return new Set(rows.map(({ id }) => id));
}
