import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { datesOfFreeze } from "./rules";
import type { AddFreeze, CalendarChange } from "./schema";
import { settleHeld } from "./settle-held";
import { requireEnvironment } from "./store";

/** Nothing approved begins while it stands; what runs already goes on. */
export function addFreeze(ctx: Context, input: AddFreeze): Promise<CalendarChange> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const { environment, reason, operations } = input;
    if (environment !== null) await requireEnvironment(tx, environment);
    const dates = datesOfFreeze(input, ctx.now);
    const id = newId();
    await tx.changeFreeze.create({
      data: { id, environment, reason, operations, ...dates, updatedBy: actorId(ctx.actor) },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "change_freeze.update",
      resource: { type: "change_freeze", id, name: reason },
      ...(environment === null ? {} : { environment }),
      details: { before: null, after: input },
    });
    return { id, heldBack: await settleHeld(tx, ctx, environment) };
  });
}
