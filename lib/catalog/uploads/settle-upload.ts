import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { HeldUpload } from "./record-progress";
import type { UploadFailure } from "./schema";
import { failUpload, findUpload, moveHeldUpload } from "./store";

export type UploadOutcome =
  | { kind: "ready" }
  /** @param isFileUseless the staged file is what is wrong, so a retry asks for another one */
  | { kind: "failed"; code: UploadFailure; words?: string; isFileUseless?: boolean };

/** The end of an upload, once and by whoever holds it, with its record. */
export function settleUpload(ctx: Context, held: HeldUpload, outcome: UploadOutcome): Promise<boolean> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "template:write");
    const isOurs =
      outcome.kind === "ready"
        ? await moveHeldUpload(tx, held, "finish")
        : await failUpload(tx, { ...held, isStagedLost: outcome.isFileUseless ?? false }, outcome);
    const upload = isOurs ? await findUpload(tx, held.uploadId) : null;
    if (upload === null) return false;
    if (outcome.kind === "ready")
      await tx.$executeRaw`
      UPDATE image_uploads SET finished_at = clock_timestamp(), holder_id = NULL, lease_until = NULL, message = NULL,
        sent_bytes = size_bytes, progress = NULL WHERE id = ${held.uploadId}`;
    await recordAudit(tx, ctx, {
      action: "image_upload.complete",
      outcome: outcome.kind === "ready" ? "success" : "failure",
      resource: { type: "image_upload", id: upload.id, name: upload.displayName },
      parent: { type: "cluster", id: upload.clusterId },
      environment: upload.environment,
      details: {
        sha256: upload.sha256,
        sizeBytes: upload.sizeBytes,
        volume: `${upload.namespace}/${upload.name}`,
        createdBy: upload.createdBy,
        ...(outcome.kind === "failed" ? { code: outcome.code, words: outcome.words ?? null } : {}),
      },
    });
    return true;
  });
}
