import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import type { RemoveRejectReason } from "./schema";

/** What was rejected with it keeps its words. */
export function removeRejectReason(ctx: Context, { id }: RemoveRejectReason): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const before = await tx.rejectReason.findUnique({ where: { id } });
    if (before === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "reject_reason" });
    await tx.rejectReason.delete({ where: { id }, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "reject_reason.update",
      resource: { type: "reject_reason", id, name: before.textEn.slice(0, 60) },
      details: { before: { textEn: before.textEn, textZh: before.textZh }, after: null },
    });
  });
}
