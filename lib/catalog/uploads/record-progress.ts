import { db } from "@/lib/core/db";
import { uploadLeaseSeconds } from "./rules";

export interface HeldUpload {
  uploadId: string;
  holderId: string;
}

interface Progress {
  receivedBytes?: number;
  sentBytes?: number;
  /** The cluster's own figure. */
  converted?: string | null;
  sha256?: string;
}

/** Keeps the lease and says how far it is; false when the upload was cancelled or taken over, so the work ends. */
export async function recordProgress(
  { uploadId, holderId }: HeldUpload,
  { receivedBytes, sentBytes, converted, sha256 }: Progress = {},
): Promise<boolean> {
  const kept = await db().$executeRaw`
    UPDATE image_uploads SET
      lease_until = clock_timestamp() + make_interval(secs => ${uploadLeaseSeconds}),
      received_bytes = least(size_bytes, coalesce(${receivedBytes ?? null}::float8::bigint, received_bytes)),
      sent_bytes = least(size_bytes, coalesce(${sentBytes ?? null}::float8::bigint, sent_bytes)),
      progress = coalesce(${converted ?? null}, progress), sha256 = coalesce(${sha256 ?? null}, sha256)
    WHERE id = ${uploadId} AND holder_id = ${holderId} AND removing_at IS NULL
      AND status IN ('RECEIVING', 'CHECKING', 'SENDING', 'CONVERTING')`;
  return kept > 0;
}

/** Nobody need wait for the lease of a process that ends in order. */
export async function releaseUploads(holderId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE image_uploads SET holder_id = NULL, lease_until = NULL WHERE holder_id = ${holderId}`;
}
