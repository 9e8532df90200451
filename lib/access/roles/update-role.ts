import { authorize } from "@/lib/access/authorize";
import { requireAdministratorLeft } from "@/lib/access/require-administrator-left";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { platformAdmin, type Permission } from "@/lib/vocabulary/permissions";
import type { UpdateRole } from "./schema";
import { lockRole, requireHeld, requireOwnReach, requirePermissions, type LockedRole } from "./store";

/**
 * A change reaches everybody who holds the role, so what widens it takes what giving it takes.
 * @throws BUILT_IN_ROLE for anything but the second factor of a built-in role, LAST_ADMINISTRATOR
 */
export function updateRole(ctx: Context, input: UpdateRole): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "rbac:manage");
    const role = await lockRole(tx, input.roleId);
    refuseBuiltIn(role, input);
    await requireOwnReach(tx, ctx, role);
    const permissions =
      input.permissions === undefined ? role.permissions : requirePermissions(input.permissions);
    const after = {
      displayName: input.displayName ?? role.displayName,
      description: input.description ?? role.description,
      requireMfa: input.requireMfa ?? role.requireMfa,
      enabled: input.enabled ?? role.enabled,
    };
    await requireWidening(tx, ctx, role, { ...after, permissions });
    await tx.role.update({ where: { id: role.id }, data: after, select: { id: true } });
    await writePermissions(tx, role, permissions);
    if (role.permissions.includes(platformAdmin)) await requireAdministratorLeft(tx);
    await recordAudit(tx, ctx, {
      action: "role.update",
      resource: { type: "role", id: role.id, name: role.name },
      details: { before: describe(role), after: { ...after, permissions } },
    });
  });
}

function refuseBuiltIn(
  role: LockedRole,
  { roleId: _roleId, requireMfa: _requireMfa, ...rest }: UpdateRole,
): void {
  const changesMore = Object.values(rest).some((value) => value !== undefined);
  if (role.isBuiltin && changesMore) throw new AppError("BUILT_IN_ROLE", { name: role.displayName });
}

interface Wider {
  requireMfa: boolean;
  enabled: boolean;
  permissions: Permission[];
}

async function requireWidening(tx: Tx, ctx: Context, role: LockedRole, after: Wider): Promise<void> {
  const isEnabling = after.enabled && !role.enabled;
  const added = isEnabling
    ? after.permissions
    : after.permissions.filter((permission) => !role.permissions.includes(permission));
  await requireHeld(tx, ctx, { added, names: after.permissions });
  if (added.length > 0) await requireStepUp(tx, ctx, "grant_role");
  if (role.requireMfa && !after.requireMfa) await requireStepUp(tx, ctx, "change_sign_in");
}

async function writePermissions(tx: Tx, role: LockedRole, permissions: Permission[]): Promise<void> {
  await tx.rolePermission.deleteMany({ where: { roleId: role.id, permission: { notIn: permissions } } });
  await tx.rolePermission.createMany({
    data: permissions.map((permission) => ({ roleId: role.id, permission })),
    skipDuplicates: true,
  });
}

function describe({ displayName, description, requireMfa, enabled, permissions }: LockedRole) {
  return { displayName, description, requireMfa, enabled, permissions };
}
