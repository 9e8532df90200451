import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { storedCapabilities } from "@/lib/clusters/schema";
import { planCapacity, type PromisedShare } from "./rules";
import { nodeUsage, type CapacityFilter, type ClusterCapacity } from "./schema";

/** Room by node and in total: what there is, what all running machines take, what the portal promised. */
export async function readClusterCapacity(
  ctx: Context,
  { clusterId, ...filter }: CapacityFilter & { clusterId: string },
): Promise<ClusterCapacity> {
  await authorize(db(), ctx, "cluster:read");
  const row = await db().cluster.findUnique({
    where: { id: clusterId },
    select: { detectedCapabilities: true, nodeUsage: true, nodeUsageAt: true },
  });
  if (row === null) throw new AppError("RESOURCE_NOT_FOUND");
  const promised = await db().$queryRaw<PromisedShare[]>`
    SELECT CASE WHEN status IN ('RUNNING', 'PAUSED', 'MIGRATING', 'STOPPING') THEN nullif(node, '') END AS node,
      sum(cpu_cores)::float8 AS "cpuCores", sum(memory_gi)::float8 AS "memoryGi"
    FROM vms WHERE cluster_id = ${clusterId} GROUP BY 1`;
  return planCapacity(
    {
      capabilities: storedCapabilities.nullable().catch(null).parse(row.detectedCapabilities),
      usage: nodeUsage.array().nullable().catch(null).parse(row.nodeUsage),
      usedAt: row.nodeUsageAt,
      promised,
    },
    filter,
  );
}
