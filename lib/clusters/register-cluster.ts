import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { parseKubeconfig } from "@/lib/adapters/kubevirt/kubeconfig";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { checkClusterJob } from "./jobs";
import type { RegisterCluster } from "./schema";
import { sealConnection } from "./seal-connection";
import { insertCredential, requireEnvironment } from "./store";

/**
 * Takes a cluster in under an open policy; the first look at it is a job (spec §5.4).
 * @throws KUBECONFIG_REFUSED {reason, path}; nothing is written and no connection is made
 */
export async function registerCluster(
  ctx: Context,
  input: RegisterCluster,
): Promise<{ id: string; name: string }> {
  const id = newId();
  try {
    await inTransaction(async (tx) => {
      await authorize(tx, ctx, "cluster:write");
      await requireStepUp(tx, ctx, "change_cluster_credentials");
      const connection = parseKubeconfig(input.kubeconfig);
      await requireEnvironment(tx, input.environment);
      const sealed = await sealConnection(id, connection);

      await insertCluster(tx, ctx, { ...input, id, apiServerUrl: connection.server });
      await insertCredential(tx, id, sealed);
      await recordAudit(tx, ctx, {
        action: "cluster.register",
        resource: { type: "cluster", id, name: input.name },
        environment: input.environment,
        details: { connection: sealed.summary, schedulingWeight: input.schedulingWeight },
      });
      await enqueue(tx, checkClusterJob, { clusterId: id });
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "already_exists", { name: input.name });
    throw error;
  }
  return { id, name: input.name };
}

async function insertCluster(
  tx: Tx,
  ctx: Context,
  cluster: RegisterCluster & { id: string; apiServerUrl: string },
): Promise<void> {
  const createdBy = actorId(ctx.actor);
  const { kubeconfig: _sealedElsewhere, ...row } = cluster;
  await tx.cluster.create({ data: { ...row, createdBy }, select: { id: true } });
  await tx.clusterPolicy.create({
    data: { clusterId: cluster.id, createdBy, updatedBy: createdBy },
    select: { clusterId: true },
  });
}
