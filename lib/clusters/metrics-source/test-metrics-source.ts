import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { askWorker } from "@/lib/core/worker-questions";
import { testMetricsSourceJob } from "./jobs";
import { metricsSourceTest, type MetricsSourceTest, type OneMetricsSource } from "./schema";

/** What a worker finds at the saved address; the token is the worker's alone. */
export async function testMetricsSource(
  ctx: Context,
  { clusterId }: OneMetricsSource,
): Promise<MetricsSourceTest> {
  await authorize(db(), ctx, "cluster:write");
  const saved = await db().clusterMetricsSource.findUnique({
    where: { clusterId },
    select: { clusterId: true },
  });
  if (saved === null) throw new AppError("RESOURCE_NOT_FOUND");
  return askWorker(ctx, testMetricsSourceJob, { clusterId }, metricsSourceTest);
}
