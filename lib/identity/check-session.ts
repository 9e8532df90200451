import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import type { Tx } from "@/lib/core/transaction";
import { settingDefinitions } from "@/lib/vocabulary/settings";
import type { SignInStep } from "@/lib/vocabulary/sign-in-steps";
import { isTokenLive } from "./check-token";
import { pendingStep } from "./rules";
import { readSessionCookie } from "./sign-session-cookie";
import { sessionStands } from "./store";

/** Last use is written at most this often, so that reading a page seldom writes. */
const touchAfterMs = 60_000;

/**
 * Who the cookie stands for now; null when the session has ended for whatever reason.
 * @param isUse false for what a page does by itself, so that a session at which nobody sits comes to its rest
 */
export async function checkSession(ctx: Context, cookie: string, isUse = true): Promise<Person | null> {
  const claims = await readSessionCookie(cookie, ctx.now);
  if (claims === null) return null;
  const session = await readLiveSession(db(), ctx, claims.sid);
  if (session === null || session.ownerId !== claims.sub) return null;
  if (isUse && ctx.now.getTime() - session.lastSeenAt.getTime() > touchAfterMs) await touch(ctx, session.id);
  return toPerson(session);
}

/** For connections that outlive a request: whether the actor's session or token still stands. It does not count as use. */
export async function isSessionLive(ctx: Context): Promise<boolean> {
  if (ctx.actor.kind !== "person") return false;
  const now = { ...ctx, now: new Date() };
  if (ctx.actor.token !== null) return isTokenLive(now, ctx.actor.sessionId);
  const session = await readLiveSession(db(), now, ctx.actor.sessionId);
  // What was opened while looking as somebody else ends with the look.
  return session !== null && [session.ownerId, session.viewedId].includes(ctx.actor.id);
}

/** The person of a session that has just begun or changed, in the transaction that did it. */
export async function readSessionPerson(tx: Tx, ctx: Context, sessionId: string): Promise<Person> {
  const session = await readLiveSession(tx, ctx, sessionId);
  if (session === null) throw new Error("a session that was just written does not stand");
  return toPerson(session);
}

interface SessionRow {
  id: string;
  ownerId: string;
  ownerUsername: string;
  ownerDisplayName: string;
  /** Whom a platform administrator looks at the portal as. */
  viewedId: string | null;
  viewedUsername: string | null;
  viewedDisplayName: string | null;
  mustChangePassword: boolean;
  mustHaveFactor: boolean;
  hasSecondFactor: boolean;
  mfaAt: Date | null;
  lastSeenAt: Date;
}

async function readLiveSession(tx: Tx, ctx: Context, sessionId: string): Promise<SessionRow | null> {
  const rows = await tx.$queryRaw<SessionRow[]>`
    SELECT s.id, u.id AS "ownerId", u.username AS "ownerUsername", u.display_name AS "ownerDisplayName",
      t.id AS "viewedId", t.username AS "viewedUsername", t.display_name AS "viewedDisplayName",
      u.force_password_change AS "mustChangePassword", s.mfa_at AS "mfaAt", s.last_seen_at AS "lastSeenAt",
      EXISTS (SELECT FROM mfa_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS "hasSecondFactor",
      (coalesce(p.require_mfa, FALSE) OR EXISTS (SELECT FROM role_bindings b JOIN roles r ON r.id = b.role_id
          AND r.enabled AND r.require_mfa WHERE b.user_id = u.id AND (b.expires_at IS NULL OR b.expires_at > now()))
        OR coalesce((SELECT (value #>> '{}')::boolean FROM platform_settings WHERE key = 'mfa.required'),
          ${settingDefinitions["mfa.required"].default})) AS "mustHaveFactor"
    FROM user_sessions s JOIN users u ON u.id = s.user_id
    LEFT JOIN auth_providers p ON p.id = s.provider
    LEFT JOIN users t ON t.id = s.view_as_user_id AND t.enabled AND s.view_as_until > ${ctx.now}::timestamptz
      AND EXISTS (SELECT FROM role_bindings b JOIN roles r ON r.id = b.role_id AND r.enabled
        JOIN role_permissions a ON a.role_id = r.id AND a.permission = 'platform:admin'
        WHERE b.user_id = u.id AND b.scope_id IS NULL AND (b.expires_at IS NULL OR b.expires_at > now()))
    WHERE s.id = ${sessionId} AND ${sessionStands(ctx.now)}`;
  return rows[0] ?? null;
}

function toPerson(session: SessionRow): Person {
  const { hasSecondFactor, mfaAt } = session;
  const step: SignInStep | null = pendingStep(session);
  const owner = {
    id: session.ownerId,
    username: session.ownerUsername,
    displayName: session.ownerDisplayName,
  };
  const shared = { kind: "person", sessionId: session.id, pendingStep: step, token: null } as const;
  if (session.viewedId === null) return { ...shared, ...owner, hasSecondFactor, mfaAt, viewedBy: null };
  return {
    ...shared,
    id: session.viewedId,
    username: session.viewedUsername ?? "",
    displayName: session.viewedDisplayName ?? "",
    // What the administrator proved is not the other person's proof.
    hasSecondFactor: false,
    mfaAt: null,
    viewedBy: owner,
  };
}

async function touch(ctx: Context, sessionId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE user_sessions SET last_seen_at = ${ctx.now}::timestamptz
    WHERE id = ${sessionId} AND last_seen_at < ${ctx.now}::timestamptz`;
}
