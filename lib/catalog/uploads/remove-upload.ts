import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction } from "@/lib/core/transaction";
import { discardUploadJob } from "./jobs";
import type { NamedUpload } from "./schema";
import { lockUpload } from "./store";

/** An image that no template version starts from goes, with its volume; the row follows when the volume is gone. */
export function removeUpload(ctx: Context, { uploadId }: NamedUpload): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "template:write");
    const upload = await lockUpload(tx, uploadId);
    if (!["READY", "FAILED", "CANCELLED"].includes(upload.status))
      throw new AppError("INVALID_STATE", { object: "upload", state: upload.status, move: "remove" });
    const childCount = await tx.template.count({ where: { imageUploadId: uploadId } });
    if (childCount > 0)
      throw new AppError("DELETE_RESTRICTED", { entity: "image_upload", children: "templates", childCount });
    await tx.$executeRaw`
      UPDATE image_uploads SET removing_at = ${ctx.now}::timestamptz WHERE id = ${uploadId}`;
    await recordAudit(tx, ctx, {
      action: "image_upload.delete",
      resource: { type: "image_upload", id: uploadId, name: upload.displayName },
      parent: { type: "cluster", id: upload.clusterId },
      environment: upload.environment,
      details: { volume: `${upload.namespace}/${upload.name}`, sha256: upload.sha256 },
    });
    await enqueue(tx, discardUploadJob, { uploadId });
  });
}
