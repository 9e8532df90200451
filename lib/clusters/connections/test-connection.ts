import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { sealFor } from "@/lib/core/keyring";
import { askWorker } from "@/lib/core/worker-questions";
import { testConnectionJob } from "@/lib/clusters/jobs";
import { readKubeconfig } from "./read-kubeconfig";
import { connectionTest, type ConnectionTest, type TestConnection } from "./schema";
import { questionBinding } from "./store";

/**
 * What a worker finds where a kubeconfig leads, before anything is saved. The question carries the connection sealed,
 * for the worker alone, which erases it as it reads it.
 * @throws KUBECONFIG_REFUSED {reason, path, line}, WORKER_SILENT
 */
export async function testConnection(ctx: Context, input: TestConnection): Promise<ConnectionTest> {
  await authorize(db(), ctx, "cluster:write");
  await requireStepUp(db(), ctx, "change_cluster_credentials");
  const connection = readKubeconfig(input.kubeconfig);
  if (input.clusterId !== undefined) await requireCluster(input.clusterId);
  const testId = newId();
  const envelope = await sealFor("cluster", JSON.stringify(connection), questionBinding(testId));
  const question = { testId, envelope, clusterId: input.clusterId ?? null };
  try {
    return await askWorker(ctx, testConnectionJob, question, connectionTest);
  } catch (error) {
    await forgetQuestion(testId);
    throw error;
  }
}

async function requireCluster(clusterId: string): Promise<void> {
  const found = await db().cluster.findUnique({ where: { id: clusterId }, select: { id: true } });
  if (found === null) throw new AppError("RESOURCE_NOT_FOUND");
}

/** Nobody waits for it any more, so no worker need find it. */
async function forgetQuestion(testId: string): Promise<void> {
  await db().workerQuestion.deleteMany({
    where: { kind: testConnectionJob.name, question: { path: ["testId"], equals: testId } },
  });
}
