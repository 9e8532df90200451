import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { platformAdmin } from "@/lib/vocabulary/permissions";
import { authorize } from "./authorize";
import { requireAdministratorLeft } from "./require-administrator-left";
import type { RevokeRole } from "./schema";
import { endSessions, lockBinding, refuseDirectoryBinding } from "./store";

/** @throws VALIDATION_FAILED on bindingId where a directory gave the role, LAST_ADMINISTRATOR */
export function revokeRole(ctx: Context, input: RevokeRole): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "rbac:manage");
    const binding = await lockBinding(tx, input);
    refuseDirectoryBinding(binding);
    if (binding.isAdministration) await authorize(tx, ctx, platformAdmin);
    await tx.roleBinding.delete({ where: { id: binding.id }, select: { id: true } });
    if (binding.isAdministration) await requireAdministratorLeft(tx);
    await endSessions(tx, binding.userId);
    await recordAudit(tx, ctx, {
      action: "role.revoke",
      resource: { type: "user", id: binding.userId, name: binding.username },
      ...(binding.systemId === null ? {} : { parent: { type: "system", id: binding.systemId } }),
      details: {
        roleId: binding.roleId,
        systemId: binding.systemId,
        environments: binding.environments,
        source: binding.source,
      },
    });
  });
}
