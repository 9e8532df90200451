import { createHash } from "node:crypto";
import { authorize } from "@/lib/access/authorize";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { readSetting } from "@/lib/settings/read-setting";
import { platformAdmin } from "@/lib/vocabulary/permissions";
import { settingDefinitions } from "@/lib/vocabulary/settings";
import { Prisma } from "@/prisma/generated/client";

const windowSeconds = 15 * 60;

export interface Account {
  id: string;
  username: string;
  displayName: string;
  authType: string;
  passwordHash: string | null;
  enabled: boolean;
  mustChangePassword: boolean;
  sessionVersion: number;
  hasSecondFactor: boolean;
}

export async function findAccount(username: string): Promise<Account | null> {
  const user = await db().user.findUnique({
    where: { username: username.toLowerCase() },
    select: accountColumns,
  });
  return user === null ? null : toAccount(user);
}

export async function readAccount(userId: string): Promise<Account> {
  return toAccount(await db().user.findUniqueOrThrow({ where: { id: userId }, select: accountColumns }));
}

const accountColumns = {
  id: true,
  username: true,
  displayName: true,
  authType: true,
  passwordHash: true,
  enabled: true,
  forcePasswordChange: true,
  sessionVersion: true,
  factors: { where: { confirmedAt: { not: null } }, select: { id: true }, take: 1 },
} as const;

type AccountColumns = Prisma.UserGetPayload<{ select: typeof accountColumns }>;

function toAccount({ forcePasswordChange, factors, ...rest }: AccountColumns): Account {
  return { ...rest, mustChangePassword: forcePasswordChange, hasSecondFactor: factors.length > 0 };
}

/** The account an administrator is about to change, as it stands and stays until the transaction ends. */
export interface ManagedUser {
  id: string;
  username: string;
  displayName: string;
  authType: string;
  enabled: boolean;
  isPlatformAdministrator: boolean;
}

/**
 * May the actor manage this account? Whoever changes how an administrator signs in could become one, so that takes one.
 * @throws PERMISSION_DENIED, RESOURCE_NOT_FOUND
 */
export async function lockManagedUser(tx: Tx, ctx: Context, userId: string): Promise<ManagedUser> {
  await authorize(tx, ctx, "user:manage");
  const [user] = await tx.$queryRaw<ManagedUser[]>`
    SELECT u.id, u.username, u.display_name AS "displayName", u.auth_type AS "authType", u.enabled,
      ${isAdministrator(Prisma.sql`u.id`)} AS "isPlatformAdministrator"
    FROM users u WHERE u.id = ${userId} FOR UPDATE`;
  if (user === undefined) throw new AppError("RESOURCE_NOT_FOUND", { type: "user" });
  if (user.isPlatformAdministrator) await authorize(tx, ctx, platformAdmin);
  return user;
}

/** @throws INVALID_STATE for whoever has no password here, or may not sign in at all */
export function requireLocal(user: ManagedUser): void {
  if (user.authType === "service") throw new AppError("INVALID_STATE", { object: "service_account" });
  if (user.authType !== "local") throw new AppError("INVALID_STATE", { object: "external_account" });
  if (!user.enabled) throw new AppError("INVALID_STATE", { object: "disabled_account" });
}

/** Whether a user, enabled or not, holds the permission that passes every check. */
export function isAdministrator(userId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM role_bindings b JOIN roles r ON r.id = b.role_id AND r.enabled
    JOIN role_permissions p ON p.role_id = b.role_id AND p.permission = ${platformAdmin}
    WHERE b.user_id = ${userId} AND b.scope_id IS NULL AND (b.expires_at IS NULL OR b.expires_at > now()))`;
}

/** Whether the session `s` of the user `u` stands: not revoked, not out of date, not too long at rest. */
export function sessionStands(now: Date): Prisma.Sql {
  return Prisma.sql`(s.revoked_at IS NULL AND u.enabled AND s.session_version = u.session_version
    AND s.expires_at > ${now}::timestamptz
    AND s.last_seen_at > ${now}::timestamptz - make_interval(mins => coalesce(
      (SELECT (value #>> '{}')::int FROM platform_settings WHERE key = 'session.idle_minutes'),
      ${settingDefinitions["session.idle_minutes"].default}::int)))`;
}

interface Attempt {
  account: string;
  address: string | null;
}

/**
 * Counts a try before its password is looked at, so that many at once cannot slip under the limit. The window starts
 * with the first try and ends after a quarter of an hour, whatever happens in between: nobody is locked out for good.
 * @throws RATE_LIMIT_EXCEEDED
 */
export async function countAttempt(attempt: Attempt): Promise<void> {
  const [perAccount, perAddress] = await Promise.all([
    readSetting(db(), "login.failures_per_account"),
    readSetting(db(), "login.failures_per_address"),
  ]);
  await count("login_account", attempt.account, perAccount);
  if (attempt.address !== null) await count("login_address", attempt.address, perAddress);
}

/**
 * Counts what came from one address and was refused.
 * @throws RATE_LIMIT_EXCEEDED
 */
export async function countRefusal(kind: "token" | "link", address: string | null): Promise<void> {
  if (address === null) return;
  await count(`${kind}_address`, address, await readSetting(db(), "login.failures_per_address"));
}

const flowsPerAddress = 300;

/**
 * Counts sign-ins that an address begins at other servers; a whole office may stand behind one.
 * @throws RATE_LIMIT_EXCEEDED
 */
export async function countFlow(address: string | null): Promise<void> {
  if (address !== null) await count("flow_address", address, flowsPerAddress);
}

/** A try that succeeded was no failure. */
export async function forgiveAttempt({ account, address }: Attempt): Promise<void> {
  await db().rateLimitCounter.deleteMany({ where: { key: hashKey(account), limitType: "login_account" } });
  if (address === null) return;
  await db().$executeRaw`
    UPDATE rate_limit_counters SET value = greatest(value - 1, 0)
    WHERE key = ${hashKey(address)} AND limit_type = 'login_address'`;
}

async function count(limitType: string, key: string, limit: number): Promise<void> {
  const [counter] = await db().$queryRaw<{ value: number; retryAfter: number }[]>`
    INSERT INTO rate_limit_counters AS c (key, limit_type, value, window_start)
    VALUES (${hashKey(key)}, ${limitType}, 1, now())
    ON CONFLICT (key, limit_type) DO UPDATE SET
      value = CASE WHEN c.window_start < now() - make_interval(secs => ${windowSeconds}) THEN 1 ELSE c.value + 1 END,
      window_start = CASE WHEN c.window_start < now() - make_interval(secs => ${windowSeconds})
        THEN now() ELSE c.window_start END
    RETURNING value, ceil(extract(epoch FROM window_start - now()) + ${windowSeconds})::int AS "retryAfter"`;
  if (counter === undefined || counter.value <= limit) return;
  throw new AppError("RATE_LIMIT_EXCEEDED", {
    limitType: "user",
    limit: "attempts",
    currentValue: counter.value,
    maxValue: limit,
    retryAfter: Math.max(1, counter.retryAfter),
    contactAdmin: false,
  });
}

/** Counters name neither accounts nor addresses. */
function hashKey(key: string): string {
  return createHash("sha256").update(key.toLowerCase()).digest("hex");
}

/** The signed-in person's id; use cases that concern oneself ask for nothing more. */
export function requirePerson(ctx: Context): Person {
  if (ctx.actor.kind !== "person") throw new AppError("UNAUTHORIZED");
  return ctx.actor;
}

/**
 * Somebody who signed in and acts as themselves: no program, and nobody who looks at the portal as another person.
 * @throws PERMISSION_DENIED, VIEW_ONLY
 */
export function requireOwnSession(ctx: Context): Person {
  const person = requirePerson(ctx);
  if (person.token !== null)
    throw new AppError("PERMISSION_DENIED", { permission: "session", reason: "token" });
  if (person.viewedBy !== null) throw new AppError("VIEW_ONLY");
  return person;
}

/** Whom the session's owner looks at the portal as; null for themselves. */
export function findViewed(ctx: Context): { id: string; username: string } | null {
  const { id, username, viewedBy } = requirePerson(ctx);
  return viewedBy === null ? null : { id, username };
}

/** The same request as made by the session's owner, whomever they look at the portal as. */
export function asOwner(ctx: Context): Context & { actor: Person } {
  const person = requirePerson(ctx);
  if (person.viewedBy === null) return { ...ctx, actor: person };
  return { ...ctx, actor: { ...person, ...person.viewedBy, viewedBy: null } };
}
