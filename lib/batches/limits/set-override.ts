import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { requireKnownUser } from "./require-known-user";
import type { SetOverride } from "./schema";

/** Numbers of one person's own; with none of them given they are bound as everybody again. */
export function setOverride(ctx: Context, input: SetOverride): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "rate_limit:manage");
    const user = await requireKnownUser(tx, input.userId);
    const numbers = {
      maxPendingParents: input.maxPendingParents ?? null,
      maxPendingChildren: input.maxPendingChildren ?? null,
      cooldownSeconds: input.cooldownSeconds ?? null,
    };
    const saysNothing = Object.values(numbers).every((value) => value === null);
    if (saysNothing) {
      await tx.rateLimitUserOverride.deleteMany({ where: { userId: user.id } });
    } else {
      const said = {
        ...numbers,
        reason: input.reason,
        setBy: actorId(ctx.actor),
        setByName: shownName(ctx.actor),
      };
      await tx.rateLimitUserOverride.upsert({
        where: { userId: user.id },
        create: { userId: user.id, ...said },
        update: said,
        select: { userId: true },
      });
    }
    await recordAudit(tx, ctx, {
      action: "rate_limit.update",
      resource: { type: "user", id: user.id, name: user.username },
      details: {
        change: saysNothing ? "override_removed" : "override_set",
        ...numbers,
        reason: input.reason,
      },
    });
  });
}
