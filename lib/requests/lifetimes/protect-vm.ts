import { authorize } from "@/lib/access/authorize";
import { confirmDeletion } from "@/lib/access/confirm-deletion";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { ProtectVm } from "./schema";
import { lockLifetime } from "./store";

/** What is protected is not deleted; taking the protection off asks for the name, as deleting would. */
export function protectVm(ctx: Context, input: ProtectVm): Promise<void> {
  return inTransaction(async (tx) => {
    const life = await lockLifetime(tx, input.vmId);
    const { vmId, systemId, serviceId, environment } = life;
    await authorize(tx, ctx, "vm:delete", { systemId, serviceId, vmId, environment, role: "admin" });
    if (life.protected === input.protected) return;
    if (!input.protected) {
      const entity = { type: "vm", id: vmId, name: life.vmName };
      await confirmDeletion(tx, ctx, { entity, environment, provided: input.confirmName });
    }
    await tx.vmLifetime.upsert({
      where: { vmId },
      create: { vmId, protected: input.protected },
      update: { protected: input.protected },
      select: { vmId: true },
    });
    await recordAudit(tx, ctx, {
      action: "vm.protect",
      resource: { type: "vm", id: vmId, name: life.vmName },
      parent: { type: "system", id: systemId },
      environment,
      details: { protected: input.protected },
    });
  });
}
