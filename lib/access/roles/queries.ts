import { Prisma } from "@/prisma/generated/client";
import { authorize, isAuthorized } from "@/lib/access/authorize";
import { listUngrantable } from "@/lib/access/require-grantable";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { permissionGroups } from "@/lib/vocabulary/permission-groups";
import { permissions, platformAdmin, type Permission } from "@/lib/vocabulary/permissions";
import type { RoleDetail, RoleRow } from "./schema";

const rolesMax = 500;

const live = Prisma.sql`(b.expires_at IS NULL OR b.expires_at > now())`;
const columns = Prisma.sql`r.id, r.name, r.display_name AS "displayName", r.description,
  r.is_builtin AS "isBuiltin", r.enabled, r.require_mfa AS "requireMfa",
  ARRAY(SELECT p.permission FROM role_permissions p WHERE p.role_id = r.id ORDER BY p.permission) AS permissions,
  (SELECT count(DISTINCT b.user_id)::int FROM role_bindings b JOIN users u ON u.id = b.user_id AND u.enabled
    WHERE b.role_id = r.id AND ${live}) AS "holderCount", r.updated_at AS "updatedAt"`;

/** Built-in roles first, then the others by name. */
export async function listRoles(ctx: Context): Promise<RoleRow[]> {
  await authorize(db(), ctx, "rbac:read");
  return db().$queryRaw<RoleRow[]>`
    SELECT ${columns} FROM roles r ORDER BY r.is_builtin DESC, r.display_name, r.id LIMIT ${rolesMax}`;
}

export async function readRole(ctx: Context, roleId: string): Promise<RoleDetail> {
  await authorize(db(), ctx, "rbac:read");
  const rows = await db().$queryRaw<Omit<RoleDetail, "canChange" | "canAssign">[]>`
    SELECT ${columns},
      (SELECT count(*)::int FROM role_bindings b WHERE b.role_id = r.id AND ${live}) AS "bindingCount",
      (SELECT count(*)::int FROM external_cohort_mappings m WHERE m.role_id = r.id) AS "mappingCount"
    FROM roles r WHERE r.id = ${roleId}`;
  const role = rows[0];
  if (role === undefined) throw new AppError("RESOURCE_NOT_FOUND", { type: "role" });
  const manages = await isAuthorized(db(), ctx, "rbac:manage");
  const missing = manages ? await listUngrantable(db(), ctx, { permissions: role.permissions }) : [];
  return {
    ...role,
    canChange: manages && !role.isBuiltin && !missing.includes(platformAdmin),
    canAssign: manages && role.enabled && missing.length === 0,
  };
}

export interface GroupedPermissions {
  group: string;
  permissions: { permission: Permission; canGrant: boolean }[];
}

/** Every permission there is, by what it is about, and whether the reader may put it into a role. */
export async function listPermissionGroups(ctx: Context): Promise<GroupedPermissions[]> {
  await authorize(db(), ctx, "rbac:read");
  const missing = await listUngrantable(db(), ctx, { permissions });
  return Object.entries(permissionGroups).map(([group, members]) => ({
    group,
    permissions: members.map((permission) => ({ permission, canGrant: !missing.includes(permission) })),
  }));
}
