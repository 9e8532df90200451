import { fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";

export interface ReadyUpload {
  id: string;
  clusterId: string;
  /** The claim a machine's disk is cloned from. */
  namespace: string;
  name: string;
  diskGb: number;
  displayName: string;
}

/**
 * The uploaded image that a template version is about to start from, held until that version is written.
 * @throws VALIDATION_FAILED on imageUploadId where it is not there, not ready or about to go
 */
export async function requireReadyUpload(tx: Tx, uploadId: string): Promise<ReadyUpload> {
  const rows = await tx.$queryRaw<(ReadyUpload & { isReady: boolean })[]>`
    SELECT id, cluster_id AS "clusterId", namespace, name, disk_gb AS "diskGb", display_name AS "displayName",
      status = 'READY' AND removing_at IS NULL AS "isReady"
    FROM image_uploads WHERE id = ${uploadId} FOR SHARE`;
  const [upload] = rows;
  if (upload === undefined) throw fieldRefused("imageUploadId", "not_found");
  if (!upload.isReady) throw fieldRefused("imageUploadId", "not_ready");
  const { isReady: _checked, ...ready } = upload;
  return ready;
}
