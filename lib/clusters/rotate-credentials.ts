import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction } from "@/lib/core/transaction";
import { readKubeconfig } from "./connections/read-kubeconfig";
import { checkClusterJob } from "./jobs";
import type { RotateCredentials } from "./schema";
import { sealConnection } from "./seal-connection";
import { lockCluster, replaceCredential } from "./store";

/** Workers notice the new credential by themselves; whatever they followed is listed anew. */
export function rotateCredentials(ctx: Context, input: RotateCredentials): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "cluster:write");
    await requireStepUp(tx, ctx, "change_cluster_credentials");
    const connection = readKubeconfig(input.kubeconfig);
    const cluster = await lockCluster(tx, input.clusterId);
    const sealed = await sealConnection(cluster.id, connection);

    await replaceCredential(tx, cluster.id, sealed);
    // The address may lead to a cluster restored from a backup, whose versions start elsewhere.
    await tx.clusterReflector.updateMany({
      where: { clusterId: cluster.id },
      data: { resourceVersion: null },
    });
    await tx.cluster.update({
      where: { id: cluster.id },
      data: { apiServerUrl: connection.server, version: { increment: 1 } },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "cluster.credential_rotate",
      resource: { type: "cluster", id: cluster.id, name: cluster.name },
      environment: cluster.environment,
      details: { connection: sealed.summary },
    });
    await enqueue(tx, checkClusterJob, { clusterId: cluster.id });
  });
}
