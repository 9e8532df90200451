import { authorize } from "@/lib/access/authorize";
import { lockCluster } from "@/lib/clusters/store";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import type { OneMetricsSource } from "./schema";

/** The cluster's own metrics API is asked again from then on. */
export function removeMetricsSource(ctx: Context, { clusterId }: OneMetricsSource): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "cluster:write");
    const cluster = await lockCluster(tx, clusterId);
    const before = await tx.clusterMetricsSource.findUnique({
      where: { clusterId },
      select: { address: true, hasToken: true },
    });
    if (before === null) throw new AppError("RESOURCE_NOT_FOUND");
    await tx.$executeRaw`DELETE FROM cluster_metrics_sources WHERE cluster_id = ${clusterId}`;
    await recordAudit(tx, ctx, {
      action: "cluster.update",
      resource: { type: "cluster", id: cluster.id, name: cluster.name },
      environment: cluster.environment,
      details: { before: { metricsSource: before }, after: { metricsSource: null } },
    });
  });
}
