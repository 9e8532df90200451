import { Prisma } from "@/prisma/generated/client";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readCursor, toPage, type Page } from "@/lib/core/paging";
import type { Permission } from "@/lib/vocabulary/permissions";
import { authorize } from "./authorize";
import { carries } from "./rules";
import type { BindingFilter, BindingRow } from "./schema";

/** What the signed-in person may do anywhere: for navigation and buttons, never for a decision. */
export async function listOwnPermissions(ctx: Context): Promise<Permission[]> {
  if (ctx.actor.kind !== "person") return [];
  const rows = await db().$queryRaw<{ permission: Permission }[]>`
    SELECT DISTINCT p.permission FROM role_bindings b
    JOIN roles r ON r.id = b.role_id AND r.enabled JOIN role_permissions p ON p.role_id = b.role_id
    WHERE b.user_id = ${ctx.actor.id} AND (b.expires_at IS NULL OR b.expires_at > now())
    ORDER BY p.permission`;
  const { token } = ctx.actor;
  return rows.map((row) => row.permission).filter((permission) => carries(token, permission));
}

/** Environments exist for everybody; what happens in them does not. */
export async function listEnvironments() {
  return db().environment.findMany({
    orderBy: [{ sortOrder: "asc" }, { name: "asc" }],
    select: { name: true, class: true, displayName: true },
  });
}

/** Whom to ask: people who hold a permission on a System and environment, before those who merely pass every check. */
export async function listHolders(
  permission: Permission,
  scope: { systemId: string; environment: string },
): Promise<{ id: string; username: string; displayName: string }[]> {
  return db().$queryRaw`
    SELECT u.id, u.username, u.display_name AS "displayName"
    FROM role_bindings b JOIN roles r ON r.id = b.role_id AND r.enabled
    JOIN role_permissions p ON p.role_id = b.role_id JOIN users u ON u.id = b.user_id AND u.enabled
    WHERE (b.expires_at IS NULL OR b.expires_at > now())
      AND ((p.permission = 'platform:admin' AND b.scope_id IS NULL) OR (p.permission = ${permission}
        AND (b.scope_id IS NULL OR b.scope_id = ${scope.systemId})
        AND ${scope.environment} = ANY(b.allowed_environments)))
    GROUP BY u.id ORDER BY bool_or(p.permission = ${permission}) DESC, u.username LIMIT 200`;
}

/** Who holds which platform role, where and from where: of a person, of a role, on a System or all; by user name. */
export async function listBindings(ctx: Context, filter: BindingFilter): Promise<Page<BindingRow>> {
  await authorize(db(), ctx, "rbac:read");
  const key = readCursor(filter.cursor);
  const rows = await db().$queryRaw<BindingRow[]>`
    SELECT b.id, u.id AS "userId", u.username, u.display_name AS "displayName", u.enabled AS "userEnabled",
      r.id AS "roleId", r.name AS "roleName", r.display_name AS "roleDisplayName", r.enabled AS "roleEnabled",
      s.id AS "systemId", s.name AS "systemName", b.allowed_environments AS environments, b.source,
      ARRAY(SELECT p.name || ': ' || coalesce(c.display_name, m.key)
        FROM external_cohort_grants o JOIN external_cohort_mappings m ON m.id = o.mapping_id
        JOIN auth_providers p ON p.id = m.provider_id
        LEFT JOIN external_cohorts c ON c.provider_id = m.provider_id AND c.kind = m.kind AND c.key = m.key
        WHERE o.binding_id = b.id ORDER BY 1) AS cohorts,
      coalesce(g.display_name, b.created_by) AS "grantedByName", b.created_at AS "createdAt",
      b.expires_at AS "expiresAt", coalesce(b.expires_at <= now(), FALSE) AS "isExpired"
    FROM role_bindings b JOIN users u ON u.id = b.user_id JOIN roles r ON r.id = b.role_id
    LEFT JOIN systems s ON s.id = b.scope_id LEFT JOIN users g ON g.id = b.created_by
    WHERE ${isAbout(Prisma.sql`b.user_id`, filter.userId)} AND ${isAbout(Prisma.sql`b.role_id`, filter.roleId)}
      AND ${isAbout(Prisma.sql`b.scope_id`, filter.systemId)}
      AND ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(u.username, b.id) > (${key[0]}, ${key[1]})`}
    ORDER BY u.username, b.id LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.username, row.id]);
}

function isAbout(column: Prisma.Sql, value: string | undefined): Prisma.Sql {
  return value === undefined ? Prisma.sql`TRUE` : Prisma.sql`${column} = ${value}`;
}
