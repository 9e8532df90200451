import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { platformContext } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { inTransaction } from "@/lib/core/transaction";
import type { checkClusterJob } from "./jobs";
import { lookAtCluster } from "./look-at-cluster";
import { recordFindings } from "./record-findings";

/** Looks at the cluster, then records in one short transaction what has changed (spec §5.4). */
export async function checkCluster({ clusterId }: z.output<typeof checkClusterJob.payload>): Promise<void> {
  const cluster = await db().cluster.findUnique({ where: { id: clusterId }, select: { enabled: true } });
  if (cluster?.enabled !== true) return;
  const findings = await lookAtCluster(clusterId);
  const ctx = platformContext("worker", randomUUID());
  await inTransaction((tx) => recordFindings(tx, ctx, { clusterId, findings }));
}
