import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readCursor, toPage, type Page } from "@/lib/core/paging";
import { Prisma } from "@/prisma/generated/client";
import type { ServiceAccountFilter, ServiceAccountRow, UserDetail, UserFilter, UserRow } from "../schema";
import { isAdministrator, requirePerson, sessionStands } from "../store";

/** People by user name; service accounts only where they are asked for. */
export async function listUsers(ctx: Context, filter: UserFilter): Promise<Page<UserRow>> {
  await authorize(db(), ctx, "user:manage");
  const type = filter.authType;
  const rows = await db().$queryRaw<UserRow[]>`
    SELECT ${userColumns} FROM users u LEFT JOIN auth_providers p ON p.id = u.auth_provider_id
    WHERE ${type === undefined ? Prisma.sql`u.auth_type <> 'service'` : Prisma.sql`u.auth_type = ${type}`}
      AND ${matches(filter.q)} AND ${isEnabled(filter.enabled)} AND ${holdsRole(filter.roleId)} AND ${after(filter.cursor)}
    ORDER BY u.username, u.id LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.username, row.id]);
}

export async function listServiceAccounts(
  ctx: Context,
  filter: ServiceAccountFilter,
): Promise<Page<ServiceAccountRow>> {
  await authorize(db(), ctx, "user:manage");
  const rows = await db().$queryRaw<ServiceAccountRow[]>`
    SELECT ${userColumns}, ${tokenCount(ctx)} AS "tokenCount",
      (SELECT max(k.last_used_at) FROM api_tokens k WHERE k.user_id = u.id) AS "lastUsedAt"
    FROM users u LEFT JOIN auth_providers p ON p.id = u.auth_provider_id
    WHERE u.auth_type = 'service' AND ${matches(filter.q)} AND ${after(filter.cursor)}
    ORDER BY u.username, u.id LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.username, row.id]);
}

/** One account, person or program, with all that hangs on it in numbers. */
export async function readUser(ctx: Context, userId: string): Promise<UserDetail> {
  await authorize(db(), ctx, "user:manage");
  const [row] = await db().$queryRaw<UserDetail[]>`
    SELECT ${userColumns}, u.force_password_change AS "mustChangePassword", u.disabled_at AS "disabledAt",
      coalesce(c.username, u.created_by) AS "createdBy", u.id = ${requirePerson(ctx).id} AS "isSelf",
      ${isAdministrator(Prisma.sql`u.id`)} AS "isPlatformAdministrator",
      (SELECT count(*)::int FROM role_bindings b WHERE b.user_id = u.id
        AND (b.expires_at IS NULL OR b.expires_at > now())) AS "bindingCount",
      (SELECT count(*)::int FROM resource_role_bindings m WHERE m.user_id = u.id AND m.resource_type = 'system'
        AND (m.expires_at IS NULL OR m.expires_at > now())) AS "systemCount",
      (SELECT count(*)::int FROM user_sessions s WHERE s.user_id = u.id AND ${sessionStands(ctx.now)}) AS "sessionCount",
      ${tokenCount(ctx)} AS "tokenCount",
      (SELECT max(l.expires_at) FROM password_links l WHERE l.user_id = u.id AND l.used_at IS NULL
        AND l.expires_at > ${ctx.now}::timestamptz) AS "openLinkUntil"
    FROM users u LEFT JOIN auth_providers p ON p.id = u.auth_provider_id LEFT JOIN users c ON c.id = u.created_by
    WHERE u.id = ${userId}`;
  if (row === undefined) throw new AppError("RESOURCE_NOT_FOUND", { type: "user" });
  return { ...row, factors: await listFactors(userId) };
}

function listFactors(userId: string): Promise<UserDetail["factors"]> {
  return db().mfaFactor.findMany({
    where: { userId, confirmedAt: { not: null } },
    orderBy: { createdAt: "asc" },
    take: 50,
    select: { id: true, type: true, name: true, createdAt: true, lastUsedAt: true },
  });
}

const userColumns = Prisma.sql`u.id, u.username, u.display_name AS "displayName", u.email, u.auth_type AS "authType",
  p.name AS "providerName", u.enabled, u.last_login_at AS "lastLoginAt", u.created_at AS "createdAt",
  EXISTS (SELECT FROM mfa_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS "hasSecondFactor",
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'displayName', r.display_name) ORDER BY r.display_name), '[]')
    FROM roles r WHERE EXISTS (SELECT FROM role_bindings b WHERE b.role_id = r.id AND b.user_id = u.id
      AND (b.expires_at IS NULL OR b.expires_at > now()))) AS roles`;

function tokenCount(ctx: Context): Prisma.Sql {
  return Prisma.sql`(SELECT count(*)::int FROM api_tokens k WHERE k.user_id = u.id AND k.revoked_at IS NULL
    AND k.expires_at > ${ctx.now}::timestamptz)`;
}

/** By any part of what a person is called here. */
function matches(q: string | undefined): Prisma.Sql {
  if (q === undefined || q === "") return Prisma.sql`TRUE`;
  return Prisma.sql`position(lower(${q}) IN lower(concat_ws(' ', u.username, u.display_name, u.email))) > 0`;
}

function isEnabled(enabled: UserFilter["enabled"]): Prisma.Sql {
  return enabled === undefined ? Prisma.sql`TRUE` : Prisma.sql`u.enabled = ${enabled === "true"}`;
}

function holdsRole(roleId: string | undefined): Prisma.Sql {
  if (roleId === undefined) return Prisma.sql`TRUE`;
  return Prisma.sql`EXISTS (SELECT FROM role_bindings b WHERE b.user_id = u.id AND b.role_id = ${roleId}
    AND (b.expires_at IS NULL OR b.expires_at > now()))`;
}

function after(cursor: string | undefined): Prisma.Sql {
  const key = readCursor(cursor);
  return key === null ? Prisma.sql`TRUE` : Prisma.sql`(u.username, u.id) > (${key[0]}, ${key[1]})`;
}
