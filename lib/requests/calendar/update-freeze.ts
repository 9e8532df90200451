import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { datesOfFreeze } from "./rules";
import type { CalendarChange, UpdateFreeze } from "./schema";
import { settleHeld } from "./settle-held";
import { lockFreeze, requireEnvironment, requireRevision } from "./store";

/** A freeze may end sooner or later than was said; whatever waits follows. */
export function updateFreeze(ctx: Context, input: UpdateFreeze): Promise<CalendarChange> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const { freezeId: id, revision, environment, reason, operations } = input;
    const before = await lockFreeze(tx, id);
    requireRevision(before, revision);
    if (environment !== null) await requireEnvironment(tx, environment);
    const set = { environment, reason, operations, ...datesOfFreeze(input, ctx.now) };
    await tx.changeFreeze.update({
      where: { id },
      data: { ...set, updatedBy: actorId(ctx.actor), revision: { increment: 1 } },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "change_freeze.update",
      resource: { type: "change_freeze", id, name: reason },
      ...(environment === null ? {} : { environment }),
      details: { before, after: set },
    });
    // It may have left an environment.
    const isSamePlace = before.environment === environment;
    return { id, heldBack: await settleHeld(tx, ctx, isSamePlace ? environment : null) };
  });
}
