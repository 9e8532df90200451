import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import type { Permission } from "@/lib/vocabulary/permissions";

/** What the signed-in person may do anywhere: for navigation and buttons, never for a decision. */
export async function listOwnPermissions(ctx: Context): Promise<Permission[]> {
  if (ctx.actor.kind !== "person") return [];
  const rows = await db().$queryRaw<{ permission: Permission }[]>`
    SELECT DISTINCT p.permission FROM role_bindings b
    JOIN roles r ON r.id = b.role_id AND r.enabled JOIN role_permissions p ON p.role_id = b.role_id
    WHERE b.user_id = ${ctx.actor.id} AND (b.expires_at IS NULL OR b.expires_at > now())
    ORDER BY p.permission`;
  return rows.map((row) => row.permission);
}

/** Environments exist for everybody; what happens in them does not. */
export async function listEnvironments() {
  return db().environment.findMany({
    orderBy: [{ sortOrder: "asc" }, { name: "asc" }],
    select: { name: true, class: true, displayName: true },
  });
}

/** People who hold a permission on a System and environment: whom to ask, whom to notify. */
export async function listHolders(
  permission: Permission,
  scope: { systemId: string; environment: string },
): Promise<{ id: string; username: string; displayName: string }[]> {
  return db().$queryRaw`
    SELECT DISTINCT u.id, u.username, u.display_name AS "displayName"
    FROM role_bindings b JOIN roles r ON r.id = b.role_id AND r.enabled
    JOIN role_permissions p ON p.role_id = b.role_id JOIN users u ON u.id = b.user_id AND u.enabled
    WHERE p.permission IN (${permission}, 'platform:admin') AND (b.expires_at IS NULL OR b.expires_at > now())
      AND (p.permission = 'platform:admin' OR ((b.scope_id IS NULL OR b.scope_id = ${scope.systemId})
        AND ${scope.environment} = ANY(b.allowed_environments)))
    ORDER BY u.username LIMIT 200`;
}
