import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";

export function revokeExemption(ctx: Context, { userId }: { userId: string }): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "rate_limit:manage");
    const { count } = await tx.rateLimitExemption.deleteMany({ where: { userId } });
    if (count === 0) throw new AppError("RESOURCE_NOT_FOUND", { resource: "exemption" });
    await recordAudit(tx, ctx, {
      action: "rate_limit.update",
      resource: { type: "user", id: userId },
      details: { change: "exemption_revoked" },
    });
  });
}
