import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction } from "@/lib/core/transaction";
import { prepareUploadJob } from "./jobs";
import type { NamedUpload } from "./schema";
import { lockUpload, moveUpload } from "./store";

/** Once more from what the portal still holds of the file; what is missing of it the browser sends. */
export function retryUpload(ctx: Context, { uploadId }: NamedUpload): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "template:write");
    const upload = await lockUpload(tx, uploadId);
    if (upload.isRemoving || !(await moveUpload(tx, uploadId, "retry")))
      throw new AppError("INVALID_STATE", { object: "upload", state: upload.status, move: "retry" });
    await tx.imageUpload.update({
      where: { id: uploadId },
      data: { message: null, progress: null, sentBytes: 0n, holderId: null, leaseUntil: null },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "image_upload.create",
      resource: { type: "image_upload", id: uploadId, name: upload.displayName },
      parent: { type: "cluster", id: upload.clusterId },
      environment: upload.environment,
      details: { again: true },
    });
    await enqueue(tx, prepareUploadJob, { uploadId });
  });
}
