import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { settingDefinitions } from "@/lib/vocabulary/settings";
import { readSessionCookie } from "./sign-session-cookie";

/** Last use is written at most this often, so that reading a page seldom writes. */
const touchAfterMs = 60_000;

interface SessionRow {
  id: string;
  userId: string;
  username: string;
  displayName: string;
  mustChangePassword: boolean;
  lastSeenAt: Date;
}

/** Who the cookie stands for now; null when the session has ended for whatever reason. */
export async function checkSession(ctx: Context, cookie: string): Promise<Person | null> {
  const claims = await readSessionCookie(cookie, ctx.now);
  if (claims === null) return null;
  const session = await readLiveSession(ctx, claims.sid);
  if (session === null || session.userId !== claims.sub) return null;
  if (ctx.now.getTime() - session.lastSeenAt.getTime() > touchAfterMs) await touch(ctx, session.id);
  return {
    kind: "person",
    id: session.userId,
    username: session.username,
    displayName: session.displayName,
    sessionId: session.id,
    mustChangePassword: session.mustChangePassword,
  };
}

/** For connections that outlive a request: whether the actor's session still stands. It does not count as use. */
export async function isSessionLive(ctx: Context): Promise<boolean> {
  if (ctx.actor.kind !== "person") return false;
  return (await readLiveSession({ ...ctx, now: new Date() }, ctx.actor.sessionId)) !== null;
}

async function readLiveSession(ctx: Context, sessionId: string): Promise<SessionRow | null> {
  const rows = await db().$queryRaw<SessionRow[]>`
    SELECT s.id, u.id AS "userId", u.username, u.display_name AS "displayName",
      u.force_password_change AS "mustChangePassword", s.last_seen_at AS "lastSeenAt"
    FROM user_sessions s JOIN users u ON u.id = s.user_id
    WHERE s.id = ${sessionId} AND s.revoked_at IS NULL AND u.enabled AND s.session_version = u.session_version
      AND s.expires_at > ${ctx.now}::timestamptz
      AND s.last_seen_at > ${ctx.now}::timestamptz - make_interval(mins => coalesce(
        (SELECT (value #>> '{}')::int FROM platform_settings WHERE key = 'session.idle_minutes'),
        ${settingDefinitions["session.idle_minutes"].default}::int))`;
  return rows[0] ?? null;
}

async function touch(ctx: Context, sessionId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE user_sessions SET last_seen_at = ${ctx.now}::timestamptz
    WHERE id = ${sessionId} AND last_seen_at < ${ctx.now}::timestamptz`;
}
