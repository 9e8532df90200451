import type { z } from "zod";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { readInstanceUsage, type NodeUsage } from "@/lib/adapters/kubevirt/instance-usage";
import { db } from "@/lib/core/db";
import { logger } from "@/lib/core/logger";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import type { readUsageJob } from "@/lib/clusters/jobs";

const wholeMs = 120_000;
const nodesMax = 1000;

/** Reads what runs in the cluster, whoever made it, and keeps the sums by node. */
export async function readUsage({ clusterId }: z.output<typeof readUsageJob.payload>): Promise<void> {
  const cluster = await db().cluster.findUnique({ where: { id: clusterId }, select: { enabled: true } });
  if (cluster?.enabled !== true) return;
  const usage = await readPatiently(clusterId);
  if (usage === null) return;
  const text = JSON.stringify(usage.slice(0, nodesMax));
  await db().$executeRaw`
    UPDATE clusters SET node_usage = ${text}::jsonb, node_usage_at = now() WHERE id = ${clusterId}`;
}

/** Null where it could not be read: what was known before stays, with its age. */
async function readPatiently(clusterId: string): Promise<NodeUsage[] | null> {
  try {
    return await readInstanceUsage(await connectCluster(clusterId), AbortSignal.timeout(wholeMs));
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    logger("clusters").info({ clusterId, reason: error.reason, status: error.status }, "usage was not read");
    return null;
  }
}
