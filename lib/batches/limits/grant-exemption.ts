import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { requireKnownUser } from "./require-known-user";
import type { GrantExemption } from "./schema";

/** For a while the limits of one person do not bind them; those of everybody together still do (spec §5.17). */
export function grantExemption(
  ctx: Context,
  input: GrantExemption,
): Promise<{ userId: string; expiresAt: Date }> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "rate_limit:manage");
    const user = await requireKnownUser(tx, input.userId);
    const expiresAt = new Date(ctx.now.getTime() + input.days * 86_400_000);
    const said = {
      exemptedBy: actorId(ctx.actor),
      exemptedByName: shownName(ctx.actor),
      reason: input.reason,
      expiresAt,
      createdAt: ctx.now,
    };
    await tx.rateLimitExemption.upsert({
      where: { userId: user.id },
      create: { userId: user.id, ...said },
      update: said,
      select: { userId: true },
    });
    await recordAudit(tx, ctx, {
      action: "rate_limit.update",
      resource: { type: "user", id: user.id, name: user.username },
      details: { change: "exempted", days: input.days, reason: input.reason },
    });
    return { userId: user.id, expiresAt };
  });
}
