import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction } from "@/lib/core/transaction";
import { checkClusterJob, readUsageJob } from "./jobs";
import type { DetectCluster } from "./schema";
import { lockCluster } from "./store";

/** Asks a worker to look at the cluster now instead of at the next minute. */
export function detectCluster(ctx: Context, input: DetectCluster): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "cluster:write");
    const cluster = await lockCluster(tx, input.clusterId);
    await enqueue(tx, checkClusterJob, { clusterId: cluster.id });
    await enqueue(tx, readUsageJob, { clusterId: cluster.id });
    await recordAudit(tx, ctx, {
      action: "cluster.detect",
      resource: { type: "cluster", id: cluster.id, name: cluster.name },
      environment: cluster.environment,
    });
  });
}
