import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { requirePerson } from "./store";

/** Ends the session the person is using; signing out twice changes nothing. */
export function signOut(ctx: Context): Promise<void> {
  return inTransaction(async (tx) => {
    const { id, username, sessionId } = requirePerson(ctx);
    const ended = await tx.userSession.updateMany({
      where: { id: sessionId, revokedAt: null },
      data: { revokedAt: ctx.now, revokedBy: id, revokedReason: "logout" },
    });
    if (ended.count === 0) return;
    await recordAudit(tx, ctx, { action: "user.logout", resource: { type: "user", id, name: username } });
  });
}
