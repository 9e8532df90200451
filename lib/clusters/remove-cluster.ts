import { authorize } from "@/lib/access/authorize";
import { confirmDeletion } from "@/lib/access/confirm-deletion";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import type { RemoveCluster } from "./schema";
import { lockCluster } from "./store";

/** Only a cluster that holds no machine goes, with its credential and its policy; the cluster itself is not touched. */
export function removeCluster(ctx: Context, input: RemoveCluster): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "cluster:write");
    const cluster = await lockCluster(tx, input.clusterId);
    await confirmDeletion(ctx, {
      entity: { type: "cluster", id: cluster.id, name: cluster.name },
      environment: cluster.environment,
      provided: input.confirmName,
    });
    const childCount = await tx.vm.count({ where: { clusterId: cluster.id } });
    if (childCount > 0)
      throw new AppError("DELETE_RESTRICTED", { entity: "cluster", children: "vms", childCount });
    await tx.cluster.delete({ where: { id: cluster.id }, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "cluster.delete",
      resource: { type: "cluster", id: cluster.id, name: cluster.name },
      environment: cluster.environment,
    });
  });
}
