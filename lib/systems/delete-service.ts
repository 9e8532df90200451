import { authorize } from "@/lib/access/authorize";
import { confirmDeletion } from "@/lib/access/confirm-deletion";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { openEvent } from "@/lib/core/events";
import { inTransaction } from "@/lib/core/transaction";
import type { DeleteService } from "./schema";
import { lockService } from "./store";

/** Needs a plain yes and no virtual machines left (spec §5.15). */
export function deleteService(ctx: Context, input: DeleteService): Promise<void> {
  return inTransaction(async (tx) => {
    const service = await lockService(tx, input.serviceId);
    await authorize(tx, ctx, "service:delete", {
      systemId: service.systemId,
      serviceId: service.id,
      role: "admin",
    });
    await confirmDeletion(tx, ctx, {
      entity: { type: "service", id: service.id, name: service.name },
      provided: input.confirm,
    });
    const childCount = await tx.vm.count({ where: { serviceId: service.id } });
    if (childCount > 0) {
      throw new AppError("DELETE_RESTRICTED", { entity: "service", children: "vms", childCount });
    }
    await tx.resourceRoleBinding.deleteMany({ where: { resourceType: "service", resourceId: service.id } });
    await tx.service.delete({ where: { id: service.id }, select: { id: true } });
    await openEvent(tx, ctx, {
      type: "SERVICE_DELETED",
      aggregate: { type: "service", id: service.id },
      payload: { name: service.name, systemId: service.systemId },
      status: "COMPLETED",
    });
    await recordAudit(tx, ctx, {
      action: "service.delete_executed",
      resource: { type: "service", id: service.id, name: service.name },
      parent: { type: "system", id: service.systemId },
    });
  });
}
