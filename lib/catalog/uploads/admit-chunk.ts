import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { UploadStatus } from "./machine";
import { findUpload, takeLease } from "./store";

export interface AdmittedChunk {
  status: UploadStatus;
  sizeBytes: number;
}

/**
 * Only whoever opened the upload sends its bytes, and to one process at a time.
 * @throws UPLOAD_REFUSED {reason: other_sender | held_elsewhere | not_receiving}
 */
export async function admitChunk(
  ctx: Context,
  { uploadId, holderId }: { uploadId: string; holderId: string },
): Promise<AdmittedChunk> {
  await authorize(db(), ctx, "template:write");
  const upload = await findUpload(db(), uploadId);
  if (upload === null) throw new AppError("RESOURCE_NOT_FOUND");
  if (ctx.actor.kind !== "person" || upload.createdBy !== ctx.actor.id)
    throw new AppError("UPLOAD_REFUSED", { reason: "other_sender" });
  if (["PREPARING", "FAILED", "CANCELLED"].includes(upload.status) || upload.isRemoving)
    throw new AppError("UPLOAD_REFUSED", { reason: "not_receiving", state: upload.status });
  if (upload.status === "RECEIVING" && !(await takeLease({ uploadId, holderId, statuses: ["RECEIVING"] })))
    throw new AppError("UPLOAD_REFUSED", { reason: "held_elsewhere" });
  return { status: upload.status, sizeBytes: upload.sizeBytes };
}
