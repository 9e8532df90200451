import { authorize } from "@/lib/access/authorize";
import { confirmDeletion } from "@/lib/access/confirm-deletion";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { openEvent } from "@/lib/core/events";
import { inTransaction } from "@/lib/core/transaction";
import type { DeleteSystem } from "./schema";
import { lockSystem } from "./store";

/** Needs the typed name and no services left (spec §5.15). */
export function deleteSystem(ctx: Context, input: DeleteSystem): Promise<void> {
  return inTransaction(async (tx) => {
    const system = await lockSystem(tx, input.systemId);
    await authorize(tx, ctx, "system:delete", { systemId: system.id, role: "owner" });
    await confirmDeletion(tx, ctx, {
      entity: { type: "system", id: system.id, name: system.name },
      provided: input.confirmName,
    });
    const childCount = await tx.service.count({ where: { systemId: system.id } });
    if (childCount > 0) {
      throw new AppError("DELETE_RESTRICTED", { entity: "system", children: "services", childCount });
    }
    await tx.resourceRoleBinding.deleteMany({ where: { resourceType: "system", resourceId: system.id } });
    await tx.system.delete({ where: { id: system.id }, select: { id: true } });
    await openEvent(tx, ctx, {
      type: "SYSTEM_DELETED",
      aggregate: { type: "system", id: system.id },
      payload: { name: system.name },
      status: "COMPLETED",
    });
    await recordAudit(tx, ctx, {
      action: "system.delete_executed",
      resource: { type: "system", id: system.id, name: system.name },
    });
  });
}
