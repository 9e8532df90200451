import { authorize } from "@/lib/access/authorize";
import { listEnvironments, listOwnPermissions } from "@/lib/access/queries";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readSetting } from "@/lib/settings/read-setting";
import { permissions, platformAdmin } from "@/lib/vocabulary/permissions";
import type { z } from "zod";
import { readPasswordRules } from "./require-good-password";
import { elevatedDaysMax, type PasswordFacts } from "./rules";
import { preferenceValue, type ownProfile, type preferenceOutput, type SessionRow } from "./schema";
import { requirePerson, sessionStands } from "./store";
import type { TokenChoices, TokenRow } from "./tokens/schema";

export async function readOwnProfile(ctx: Context): Promise<z.output<typeof ownProfile>> {
  const { id, pendingStep, hasSecondFactor, viewedBy } = requirePerson(ctx);
  const user = await db().user.findUniqueOrThrow({
    where: { id },
    select: {
      id: true,
      username: true,
      displayName: true,
      email: true,
      authType: true,
      lastLoginAt: true,
      createdAt: true,
    },
  });
  return { ...user, pendingStep, hasSecondFactor, viewedBy, viewUntil: await readViewUntil(ctx) };
}

/** Until when an administrator looks at the portal as the person; null for everybody who is themselves. */
export async function readViewUntil(ctx: Context): Promise<Date | null> {
  const { sessionId, viewedBy } = requirePerson(ctx);
  if (viewedBy === null) return null;
  const where = { id: sessionId };
  return (await db().userSession.findUnique({ where, select: { viewAsUntil: true } }))?.viewAsUntil ?? null;
}

/** The person's sessions that still stand, the latest used first. */
export function listOwnSessions(ctx: Context): Promise<SessionRow[]> {
  return readSessions(ctx, requirePerson(ctx).id);
}

/** The same of anybody, for whoever manages users. */
export async function listUserSessions(ctx: Context, userId: string): Promise<SessionRow[]> {
  await authorize(db(), ctx, "user:manage");
  await requireUser(userId);
  return readSessions(ctx, userId);
}

async function readSessions(ctx: Context, userId: string): Promise<SessionRow[]> {
  const { sessionId } = requirePerson(ctx);
  return db().$queryRaw<SessionRow[]>`
    SELECT s.id, coalesce(p.name, s.provider) AS provider, s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt",
      s.expires_at AS "expiresAt", s.mfa_at AS "mfaAt", s.ip, s.user_agent AS "userAgent",
      s.id = ${sessionId} AS "isCurrent"
    FROM user_sessions s JOIN users u ON u.id = s.user_id LEFT JOIN auth_providers p ON p.id = s.provider
    WHERE s.user_id = ${userId} AND ${sessionStands(ctx.now)}
    ORDER BY s.last_seen_at DESC, s.id DESC LIMIT 200`;
}

/** The person's tokens that were not revoked, the newest first. */
export function listOwnTokens(ctx: Context): Promise<TokenRow[]> {
  return readTokens(ctx, requirePerson(ctx).id);
}

export async function listUserTokens(ctx: Context, userId: string): Promise<TokenRow[]> {
  await authorize(db(), ctx, "user:manage");
  await requireUser(userId);
  return readTokens(ctx, userId);
}

async function readTokens(ctx: Context, userId: string): Promise<TokenRow[]> {
  return db().$queryRaw<TokenRow[]>`
    SELECT k.id, k.name, CASE WHEN k.is_restricted THEN k.permissions END AS permissions, k.environments, k.elevated,
      k.expires_at AS "expiresAt", k.expires_at <= ${ctx.now}::timestamptz AS "isExpired",
      k.last_used_at AS "lastUsedAt", k.last_used_ip AS "lastUsedIp", k.created_at AS "createdAt",
      coalesce(c.username, k.created_by) AS "createdBy"
    FROM api_tokens k LEFT JOIN users c ON c.id = k.created_by
    WHERE k.user_id = ${userId} AND k.revoked_at IS NULL
    ORDER BY k.created_at DESC, k.id DESC LIMIT 200`;
}

async function requireUser(userId: string): Promise<void> {
  const found = await db().user.count({ where: { id: userId } });
  if (found === 0) throw new AppError("RESOURCE_NOT_FOUND", { type: "user" });
}

/** What a token of one's own can be given: never more than one has, and what that is may change later. */
export async function readTokenChoices(ctx: Context): Promise<TokenChoices> {
  const [held, environments, lifetimeDaysMax] = await Promise.all([
    listOwnPermissions(ctx),
    listEnvironments(),
    readSetting(db(), "token.lifetime_days_max"),
  ]);
  return {
    permissions: held.includes(platformAdmin) ? [...permissions] : held,
    environments: environments.map(({ name, displayName }) => ({ name, displayName })),
    lifetimeDaysMax,
    elevatedDaysMax: Math.min(elevatedDaysMax, lifetimeDaysMax),
  };
}

/** What the screen needs to judge a new password while it is typed. */
export async function readPasswordFacts(ctx: Context): Promise<PasswordFacts> {
  return readPasswordRules(requirePerson(ctx));
}

export async function readPreference(ctx: Context, key: string): Promise<z.output<typeof preferenceOutput>> {
  const row = await db().userPreference.findUnique({
    where: { userId_key: { userId: requirePerson(ctx).id, key } },
    select: { key: true, value: true },
  });
  if (row === null) throw new AppError("RESOURCE_NOT_FOUND", { type: "preference" });
  return { key: row.key, value: preferenceValue.parse(row.value) };
}
