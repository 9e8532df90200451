import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { UpdateService } from "./schema";
import { lockService } from "./store";

/** Editing the description takes service:create and the admin role (spec §3). */
export function updateService(ctx: Context, input: UpdateService): Promise<void> {
  return inTransaction(async (tx) => {
    const service = await lockService(tx, input.serviceId);
    await authorize(tx, ctx, "service:create", {
      systemId: service.systemId,
      serviceId: service.id,
      role: "admin",
    });
    await tx.service.update({
      where: { id: service.id },
      data: { description: input.description },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "service.update",
      resource: { type: "service", id: service.id, name: service.name },
      parent: { type: "system", id: service.systemId },
      details: { description: input.description },
    });
  });
}
