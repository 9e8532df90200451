import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { asOwner, findViewed } from "./store";

/** Back to the session's own person; stopping twice changes nothing. */
export function stopViewAs(ctx: Context): Promise<void> {
  return inTransaction(async (tx) => {
    const viewed = findViewed(ctx);
    if (viewed === null) return;
    const owner = asOwner(ctx);
    const ended = await tx.userSession.updateMany({
      where: { id: owner.actor.sessionId, viewAsUserId: { not: null } },
      data: { viewAsUserId: null, viewAsUntil: null },
    });
    if (ended.count === 0) return;
    await recordAudit(tx, owner, {
      action: "user.view_as_end",
      resource: { type: "user", id: viewed.id, name: viewed.username },
    });
  });
}
