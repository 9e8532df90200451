import { requireAdministratorLeft } from "@/lib/access/require-administrator-left";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { endSessions } from "./revoke-session";
import type { UserInput } from "./schema";
import { lockManagedUser, requirePerson } from "./store";

/**
 * Sessions end, tokens open nothing any more; what the person did and owns stays.
 * @throws INVALID_STATE for oneself, LAST_ADMINISTRATOR
 */
export function disableUser(ctx: Context, { userId }: UserInput): Promise<void> {
  return inTransaction(async (tx) => {
    const user = await lockManagedUser(tx, ctx, userId);
    if (userId === requirePerson(ctx).id) throw new AppError("INVALID_STATE", { object: "own_account" });
    if (!user.enabled) return;
    await tx.user.update({
      where: { id: userId },
      data: { enabled: false, disabledAt: ctx.now, sessionVersion: { increment: 1 } },
      select: { id: true },
    });
    if (user.isPlatformAdministrator) await requireAdministratorLeft(tx);
    await tx.passwordLink.deleteMany({ where: { userId, usedAt: null } });
    const sessions = await endSessions(tx, ctx, { userId, reason: "disabled" });
    await announceTokens(tx, userId);
    await recordAudit(tx, ctx, {
      action: "user.disable",
      resource: { type: "user", id: userId, name: user.username },
      details: { sessionsEnded: sessions },
    });
  });
}

/** Streams and consoles that a program opened ask again at once; the tokens themselves stay as they are. */
async function announceTokens(tx: Tx, userId: string): Promise<void> {
  await tx.$executeRaw`
    SELECT announce('session', id, NULL, user_id) FROM api_tokens
    WHERE user_id = ${userId} AND revoked_at IS NULL AND expires_at > now()`;
}
