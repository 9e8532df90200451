import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { askWorker } from "@/lib/core/worker-questions";
import { dryRunVmJob } from "../jobs";
import { dryRunAnswer, type DryRunVerdict, type VmBlueprint } from "../schema";
import { sampleIdentity } from "./read-sample";
import type { SizePreview } from "./schema";

interface Asked {
  clusterId: string;
  storageClass: string | null;
  blueprint: VmBlueprint;
}

/** The cluster's real admission about the sample; a worker that is silent is said, not hidden. */
export async function askCluster(
  ctx: Context,
  { clusterId, storageClass, blueprint }: Asked,
): Promise<NonNullable<SizePreview["clusterValidation"]>> {
  const cluster = await db().cluster.findUnique({
    where: { id: clusterId },
    select: { kubevirtVersion: true },
  });
  const kubevirtVersion = cluster?.kubevirtVersion ?? null;
  try {
    const question = { targets: [{ clusterId, storageClass }], identity: sampleIdentity, blueprint };
    const { verdicts } = await askWorker(ctx, dryRunVmJob, question, dryRunAnswer);
    return { ...(verdicts[0] ?? silence(clusterId)), kubevirtVersion, notChecked: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "WORKER_SILENT") throw error;
    return { ...silence(clusterId), kubevirtVersion, notChecked: error.code };
  }
}

function silence(clusterId: string): DryRunVerdict {
  return {
    clusterId,
    result: "not_checked",
    namespaceExists: null,
    warnings: [],
    causes: [],
    message: null,
  };
}
