import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { RevokeSession, RevokeUserSession } from "./schema";
import { lockManagedUser, requireOwnSession } from "./store";

/** One's own. @throws RESOURCE_NOT_FOUND for anybody else's, as for sessions that never were */
export function revokeSession(ctx: Context, { sessionId }: RevokeSession): Promise<void> {
  return inTransaction(async (tx) => {
    await endSession(tx, ctx, { id: sessionId, owner: requireOwnSession(ctx), self: true });
  });
}

/** Somebody else's, by whoever manages users. */
export function revokeUserSession(ctx: Context, { userId, sessionId }: RevokeUserSession): Promise<void> {
  return inTransaction(async (tx) => {
    const self = requireOwnSession(ctx).id === userId;
    await endSession(tx, ctx, { id: sessionId, owner: await lockManagedUser(tx, ctx, userId), self });
  });
}

interface EndedSession {
  id: string;
  owner: { id: string; username: string };
  self: boolean;
}

async function endSession(tx: Tx, ctx: Context, { id, owner, self }: EndedSession): Promise<void> {
  const ended = await endSessions(tx, ctx, { id, userId: owner.id, reason: "revoked" });
  if (ended === 0) throw new AppError("RESOURCE_NOT_FOUND", { type: "session" });
  await recordAudit(tx, ctx, {
    action: "user.session_revoked",
    resource: { type: "user", id: owner.id, name: owner.username },
    details: { self },
  });
}

/** The person's other sessions end; the one that asks goes on. */
export function revokeOtherSessions(ctx: Context): Promise<{ count: number }> {
  return inTransaction(async (tx) => {
    const { id, username, sessionId } = requireOwnSession(ctx);
    const count = await endSessions(tx, ctx, { userId: id, id: { not: sessionId }, reason: "revoked" });
    if (count === 0) return { count };
    await recordAudit(tx, ctx, {
      action: "user.session_revoked",
      resource: { type: "user", id, name: username },
      details: { self: true, count },
    });
    return { count };
  });
}

interface EndedSessions {
  userId: string;
  /** Absent: all of them. */
  id?: string | { not: string };
  reason: string;
}

/** A step: the rows' trigger tells streams and consoles, which end at once. @returns how many stood until now */
export async function endSessions(
  tx: Tx,
  ctx: Context,
  { reason, ...which }: EndedSessions,
): Promise<number> {
  const ended = await tx.userSession.updateMany({
    where: { ...which, revokedAt: null, expiresAt: { gt: ctx.now } },
    data: { revokedAt: ctx.now, revokedBy: actorId(ctx.actor), revokedReason: reason },
  });
  return ended.count;
}
