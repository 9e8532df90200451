import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction } from "@/lib/core/transaction";
import { checkClusterJob, readUsageJob } from "./jobs";
import { checkUploadProxy } from "./check-upload-proxy";
import type { UpdateCluster } from "./schema";
import { lockCluster, type LockedCluster } from "./store";

const changeable = [
  ...(["displayName", "schedulingWeight", "enabled", "maintenance"] as const),
  ...(["uploadProxyUrl", "uploadProxyCa"] as const),
];

/** Maintenance stops everybody's changes on the cluster, so it takes a platform administrator. */
export function updateCluster(ctx: Context, input: UpdateCluster): Promise<{ version: number }> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "cluster:write");
    const cluster = await lockCluster(tx, input.clusterId);
    const changes = changesOf(cluster, { ...input, ...checkUploadProxy(input) });
    if (changes["maintenance"] !== undefined) await authorize(tx, ctx, "platform:admin");
    if (cluster.version !== input.version) throw new AppError("CONFLICT", { object: "cluster" });
    if (Object.keys(changes).length === 0) return { version: cluster.version };

    const updated = await tx.cluster.update({
      where: { id: cluster.id },
      data: { ...changes, version: { increment: 1 } },
      select: { version: true },
    });
    if (changes["enabled"] === true) {
      await enqueue(tx, checkClusterJob, { clusterId: cluster.id });
      await enqueue(tx, readUsageJob, { clusterId: cluster.id });
    }
    await recordAudit(tx, ctx, {
      action: "cluster.update",
      resource: { type: "cluster", id: cluster.id, name: cluster.name },
      environment: cluster.environment,
      details: { before: valuesOf(cluster, Object.keys(changes)), after: changes },
    });
    return updated;
  });
}

function changesOf(
  cluster: LockedCluster,
  input: UpdateCluster,
): Record<string, string | number | boolean | null> {
  return Object.fromEntries(
    changeable.flatMap((key) => {
      const wanted = input[key];
      return wanted === undefined || wanted === cluster[key] ? [] : [[key, wanted]];
    }),
  );
}

function valuesOf(cluster: LockedCluster, keys: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(cluster).filter(([key]) => keys.includes(key)));
}
