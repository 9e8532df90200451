import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import { readSetting } from "@/lib/settings/read-setting";
import type { Prisma } from "@/prisma/generated/client";
import { readSessionPerson } from "./check-session";
import { sessionStands } from "./store";

const hourMs = 3_600_000;

export interface NewSession {
  userId: string;
  sessionVersion: number;
  /** "local", or the sign-in provider's id. */
  provider: string;
  /** The provider's own name for this sign-in. */
  providerSid?: string | null;
  /** Sealed for the web keyring. */
  idToken?: Prisma.InputJsonObject;
}

/**
 * A step: opens a session that ends by itself, in the transaction of whoever let the person in. It is always a new one,
 * whatever session the browser had before.
 */
export async function startSession(
  tx: Tx,
  ctx: Context,
  session: NewSession,
): Promise<{ id: string; expiresAt: Date }> {
  // Sign-ins of one person wait for each other, or many at once would exceed the limit.
  await tx.$executeRaw`SELECT FROM users WHERE id = ${session.userId} FOR UPDATE`;
  const id = newId();
  const expiresAt = new Date(ctx.now.getTime() + (await readSetting(tx, "session.lifetime_hours")) * hourMs);
  await tx.userSession.create({
    data: {
      id,
      ...session,
      expiresAt,
      lastSeenAt: ctx.now,
      ip: ctx.address,
      userAgent: ctx.userAgent?.slice(0, 512) ?? null,
    },
    select: { id: true },
  });
  await endBeyondLimit(tx, ctx, { id, userId: session.userId });
  return { id, expiresAt };
}

/** One more than allowed ends the one that was used the longest time ago. */
async function endBeyondLimit(
  tx: Tx,
  ctx: Context,
  { id, userId }: { id: string; userId: string },
): Promise<void> {
  const concurrentMax = await readSetting(tx, "session.concurrent_max");
  const ended = await tx.$executeRaw`
    UPDATE user_sessions SET revoked_at = ${ctx.now}::timestamptz, revoked_by = ${userId}, revoked_reason = 'limit'
    WHERE id IN (SELECT s.id FROM user_sessions s JOIN users u ON u.id = s.user_id
      WHERE s.user_id = ${userId} AND s.id <> ${id} AND ${sessionStands(ctx.now)}
      ORDER BY s.last_seen_at DESC, s.id DESC OFFSET ${Math.max(0, concurrentMax - 1)})`;
  if (ended === 0) return;
  const actor = await readSessionPerson(tx, ctx, id);
  await recordAudit(
    tx,
    { ...ctx, actor },
    {
      action: "user.session_revoked",
      resource: { type: "user", id: userId, name: actor.username },
      details: { self: true, reason: "limit", count: ended },
    },
  );
}
