import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { readEndSessionAddress } from "./providers/sign-in/read-end-session-address";
import { asOwner } from "./store";

/**
 * Ends the session the person is using; signing out twice changes nothing.
 * @returns where to go on, so that a provider's own session ends too, or null
 */
export async function signOut(asked: Context): Promise<{ redirectUrl: string | null }> {
  const ctx = asOwner(asked);
  const { id, username, sessionId } = ctx.actor;
  const ended = await inTransaction(async (tx) => {
    const { count } = await tx.userSession.updateMany({
      where: { id: sessionId, revokedAt: null },
      data: { revokedAt: ctx.now, revokedBy: id, revokedReason: "logout" },
    });
    if (count === 0) return false;
    await recordAudit(tx, ctx, { action: "user.logout", resource: { type: "user", id, name: username } });
    return true;
  });
  return { redirectUrl: ended ? await readEndSessionAddress(ctx, sessionId) : null };
}
