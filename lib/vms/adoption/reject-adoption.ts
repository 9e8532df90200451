import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { RejectAdoption } from "./schema";
import { lockAdoption, requireStatus } from "./store";

/** The machine stays in its cluster, untouched and not listed here. */
export function rejectAdoption(ctx: Context, input: RejectAdoption): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const adoption = await lockAdoption(tx, input.adoptionId);
    requireStatus(adoption, "PENDING", "reject");
    await tx.pendingAdoption.update({
      where: { id: adoption.id },
      data: { status: "REJECTED", reason: input.reason, decidedBy: actorId(ctx.actor), decidedAt: ctx.now },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "vm.adoption_reject",
      resource: { type: "adoption", id: adoption.id, name: adoption.resourceName },
      parent: { type: "cluster", id: adoption.clusterId },
      details: { reason: input.reason, namespace: adoption.namespace, uid: adoption.k8sUid },
    });
  });
}
