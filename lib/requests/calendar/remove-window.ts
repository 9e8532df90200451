import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { CalendarChange, RemoveWindow } from "./schema";
import { settleHeld } from "./settle-held";
import { lockWindow } from "./store";

/** Without windows an environment is always open, so what waited for the last one is due at once. */
export function removeWindow(ctx: Context, { windowId: id }: RemoveWindow): Promise<CalendarChange> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const before = await lockWindow(tx, id);
    await tx.changeWindow.delete({ where: { id }, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "change_window.update",
      resource: { type: "change_window", id, name: before.name },
      environment: before.environment,
      details: { before, after: null },
    });
    return { id, heldBack: await settleHeld(tx, ctx, before.environment) };
  });
}
