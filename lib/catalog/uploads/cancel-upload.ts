import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction } from "@/lib/core/transaction";
import { discardUploadJob } from "./jobs";
import type { NamedUpload } from "./schema";
import { lockUpload, moveUpload } from "./store";

/** Whoever keeps the templates may stop any upload; a worker deletes what is in the cluster already. */
export function cancelUpload(ctx: Context, { uploadId }: NamedUpload): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "template:write");
    const upload = await lockUpload(tx, uploadId);
    if (!(await moveUpload(tx, uploadId, "cancel")))
      throw new AppError("INVALID_STATE", { object: "upload", state: upload.status, move: "cancel" });
    await recordAudit(tx, ctx, {
      action: "image_upload.cancel",
      resource: { type: "image_upload", id: uploadId, name: upload.displayName },
      parent: { type: "cluster", id: upload.clusterId },
      environment: upload.environment,
      details: { state: upload.status },
    });
    await enqueue(tx, discardUploadJob, { uploadId });
  });
}
