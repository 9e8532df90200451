import { authorize } from "@/lib/access/authorize";
import { confirmDeletion } from "@/lib/access/confirm-deletion";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { DeleteRole } from "./schema";
import { lockRole, requireOwnReach } from "./store";

/** @throws BUILT_IN_ROLE, DELETE_RESTRICTED while somebody holds it or a directory group gives it */
export function deleteRole(ctx: Context, input: DeleteRole): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "rbac:manage");
    const role = await lockRole(tx, input.roleId);
    if (role.isBuiltin) throw new AppError("BUILT_IN_ROLE", { name: role.displayName });
    await requireOwnReach(tx, ctx, role);
    await confirmDeletion(tx, ctx, {
      entity: { type: "role", id: role.id, name: role.name },
      provided: input.confirm,
    });
    await tx.roleBinding.deleteMany({ where: { roleId: role.id, expiresAt: { lte: ctx.now } } });
    await refuseInUse(tx, role.id);
    await tx.role.delete({ where: { id: role.id }, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "role.delete",
      resource: { type: "role", id: role.id, name: role.name },
      details: { permissions: role.permissions },
    });
  });
}

async function refuseInUse(tx: Tx, roleId: string): Promise<void> {
  const uses = {
    bindings: await tx.roleBinding.count({ where: { roleId } }),
    mappings: await tx.externalCohortMapping.count({ where: { roleId } }),
  };
  for (const [children, childCount] of Object.entries(uses)) {
    if (childCount > 0) throw new AppError("DELETE_RESTRICTED", { entity: "role", children, childCount });
  }
}
