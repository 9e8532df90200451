import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { CalendarChange, RemoveFreeze } from "./schema";
import { settleHeld } from "./settle-held";
import { lockFreeze } from "./store";

/** What it alone held back is due at once. */
export function removeFreeze(ctx: Context, { freezeId: id }: RemoveFreeze): Promise<CalendarChange> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const before = await lockFreeze(tx, id);
    await tx.changeFreeze.delete({ where: { id }, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "change_freeze.update",
      resource: { type: "change_freeze", id, name: before.reason },
      ...(before.environment === null ? {} : { environment: before.environment }),
      details: { before, after: null },
    });
    return { id, heldBack: await settleHeld(tx, ctx, before.environment) };
  });
}
