import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { readKubeconfig } from "./connections/read-kubeconfig";
import { checkClusterJob, readUsageJob } from "./jobs";
import { openPolicy } from "./policies/rules";
import type { ClusterPolicy, RegisterCluster } from "./schema";
import { sealConnection } from "./seal-connection";
import { insertCredential, requireEnvironment } from "./store";

/**
 * Takes a cluster in under the policy that was chosen; the first look at it is a job (spec §5.4).
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
      const connection = readKubeconfig(input.kubeconfig);
      await requireEnvironment(tx, input.environment);
      const sealed = await sealConnection(id, connection);

      const policy = policyOf(input);
      await insertCluster(tx, ctx, { ...input, id, apiServerUrl: connection.server, policy });
      await insertCredential(tx, id, sealed);
      await recordAudit(tx, ctx, {
        action: "cluster.register",
        resource: { type: "cluster", id, name: input.name },
        environment: input.environment,
        details: {
          ...{ connection: sealed.summary, schedulingWeight: input.schedulingWeight, policy },
          defaultStorageClass: input.defaultStorageClass ?? null,
        },
      });
      await enqueue(tx, checkClusterJob, { clusterId: id });
      await enqueue(tx, readUsageJob, { clusterId: id });
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "already_exists", { name: input.name });
    throw error;
  }
  return { id, name: input.name };
}

/** Null: no row, so that nothing is ever placed there. */
function policyOf({ placement = "open", policy }: RegisterCluster): ClusterPolicy | null {
  if (placement === "none") return null;
  if (placement === "open") return openPolicy;
  if (policy === undefined) throw fieldRefused("policy", "required");
  return policy;
}

async function insertCluster(
  tx: Tx,
  ctx: Context,
  cluster: Omit<RegisterCluster, "policy"> & {
    id: string;
    apiServerUrl: string;
    policy: ClusterPolicy | null;
  },
): Promise<void> {
  const createdBy = actorId(ctx.actor);
  const { id, name, displayName, environment, apiServerUrl, schedulingWeight, policy } = cluster;
  const defaultStorageClass = cluster.defaultStorageClass ?? null;
  await tx.cluster.create({
    data: {
      ...{ id, name, displayName, environment, apiServerUrl, schedulingWeight, defaultStorageClass },
      createdBy,
    },
    select: { id: true },
  });
  if (policy === null) return;
  await tx.clusterPolicy.create({
    data: { clusterId: id, ...policy, createdBy, updatedBy: createdBy },
    select: { clusterId: true },
  });
}
