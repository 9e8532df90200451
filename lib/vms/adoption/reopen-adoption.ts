import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { lockAdoption, requireStatus } from "./store";

/** A rejected machine waits for a decision again. */
export function reopenAdoption(ctx: Context, input: { adoptionId: string }): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const adoption = await lockAdoption(tx, input.adoptionId);
    requireStatus(adoption, "REJECTED", "reopen");
    await tx.pendingAdoption.update({
      where: { id: adoption.id },
      data: { status: "PENDING", reason: null, decidedBy: null, decidedAt: null },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "vm.adoption_reopen",
      resource: { type: "adoption", id: adoption.id, name: adoption.resourceName },
      parent: { type: "cluster", id: adoption.clusterId },
      details: { namespace: adoption.namespace, uid: adoption.k8sUid },
    });
  });
}
