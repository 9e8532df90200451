import { authorize } from "@/lib/access/authorize";
import { confirmDeletion } from "@/lib/access/confirm-deletion";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { RemoveCluster } from "./schema";
import { lockCluster } from "./store";

/** Only a cluster that holds no machine and no uploaded image goes, with its credential and its policy; the cluster itself is not touched. */
export function removeCluster(ctx: Context, input: RemoveCluster): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "cluster:write");
    const cluster = await lockCluster(tx, input.clusterId);
    await confirmDeletion(tx, ctx, {
      entity: { type: "cluster", id: cluster.id, name: cluster.name },
      environment: cluster.environment,
      provided: input.confirmName,
    });
    await refuseInUse(tx, cluster.id);
    await tx.cluster.delete({ where: { id: cluster.id }, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "cluster.delete",
      resource: { type: "cluster", id: cluster.id, name: cluster.name },
      environment: cluster.environment,
    });
  });
}

async function refuseInUse(tx: Tx, clusterId: string): Promise<void> {
  const vms = await tx.vm.count({ where: { clusterId } });
  if (vms > 0) {
    throw new AppError("DELETE_RESTRICTED", { entity: "cluster", children: "vms", childCount: vms });
  }
  const uploads = await tx.imageUpload.count({ where: { clusterId } });
  if (uploads > 0) {
    throw new AppError("DELETE_RESTRICTED", { entity: "cluster", children: "uploads", childCount: uploads });
  }
}
