import { authorize } from "@/lib/access/authorize";
import { listUngrantable } from "@/lib/access/require-grantable";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { platformAdmin, type Permission } from "@/lib/vocabulary/permissions";
import { readPermissions } from "./rules";

export interface LockedRole {
  id: string;
  name: string;
  displayName: string;
  description: string;
  isBuiltin: boolean;
  enabled: boolean;
  requireMfa: boolean;
  permissions: Permission[];
}

export async function lockRole(tx: Tx, roleId: string): Promise<LockedRole> {
  const rows = await tx.$queryRaw<LockedRole[]>`
    SELECT r.id, r.name, r.display_name AS "displayName", r.description, r.is_builtin AS "isBuiltin", r.enabled,
      r.require_mfa AS "requireMfa",
      ARRAY(SELECT p.permission FROM role_permissions p WHERE p.role_id = r.id ORDER BY p.permission) AS permissions
    FROM roles r WHERE r.id = ${roleId} FOR UPDATE`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND", { type: "role" });
  return rows[0];
}

/** Who does not pass every check themselves leaves roles alone that do. */
export async function requireOwnReach(tx: Tx, ctx: Context, role: LockedRole): Promise<void> {
  if (role.permissions.includes(platformAdmin)) await authorize(tx, ctx, platformAdmin);
}

/** The permissions named; each of them exists. */
export function requirePermissions(names: readonly string[]): Permission[] {
  const read = readPermissions(names);
  if (read.refused.length > 0) throw new AppError("VALIDATION_FAILED", {}, read.refused);
  return read.permissions;
}

/** @throws VALIDATION_FAILED at each permission that the actor does not hold everywhere */
export async function requireHeld(
  tx: Tx,
  ctx: Context,
  { added, names }: { added: readonly Permission[]; names: readonly string[] },
): Promise<void> {
  const missing = await listUngrantable(tx, ctx, { permissions: added });
  if (missing.length === 0) return;
  const fields = missing.map((permission) => ({
    field: `permissions.${names.indexOf(permission)}`,
    code: "not_permitted",
    params: { permission },
  }));
  throw new AppError("VALIDATION_FAILED", {}, fields);
}
