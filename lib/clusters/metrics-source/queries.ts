import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import type { MetricsSource } from "./schema";

/** Null where the cluster's measurements are asked of its own metrics API. */
export async function readMetricsSource(ctx: Context, clusterId: string): Promise<MetricsSource | null> {
  await authorize(db(), ctx, "cluster:read");
  return db().clusterMetricsSource.findUnique({
    where: { clusterId },
    select: { address: true, caCertificate: true, hasToken: true, updatedAt: true },
  });
}
