import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { clusterPolicy, type SetClusterPolicy } from "./schema";
import { lockCluster } from "./store";

/** What may be placed on the cluster from now on; machines that run there stay as they are. */
export function setClusterPolicy(ctx: Context, input: SetClusterPolicy): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "cluster:write");
    const cluster = await lockCluster(tx, input.clusterId);
    const { clusterId, ...after } = input;
    const before = await tx.clusterPolicy.findUnique({ where: { clusterId } });
    const by = actorId(ctx.actor);
    await tx.clusterPolicy.upsert({
      where: { clusterId },
      create: { clusterId, ...after, createdBy: by, updatedBy: by },
      update: { ...after, updatedBy: by },
      select: { clusterId: true },
    });
    // The version moves with the policy, so that pages hear of it.
    await tx.cluster.update({
      where: { id: clusterId },
      data: { version: { increment: 1 } },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "cluster.update",
      resource: { type: "cluster", id: cluster.id, name: cluster.name },
      environment: cluster.environment,
      details: { policy: { before: before === null ? null : clusterPolicy.strip().parse(before), after } },
    });
  });
}
