import { z } from "zod";
import type { ClusterConnection } from "@/lib/adapters/kubevirt/kubeconfig";
import { db } from "@/lib/core/db";
import { openFor } from "@/lib/core/keyring";
import { envelope } from "@/lib/core/secrets";
import { readQuestion } from "@/lib/core/worker-questions";
import { storedConnection } from "@/lib/clusters/connect-cluster";

/** Bound to its question, so that an envelope moved to a cluster's row or from one does not open. */
export function questionBinding(testId: string): string {
  return `cluster-test:${testId}`;
}

const asked = z.object({ testId: z.string(), envelope, clusterId: z.string().nullable() });

/** The connection of a question, which leaves the database here; null when nobody awaits the answer. */
export async function takeConnection(
  questionId: string,
): Promise<{ connection: ClusterConnection; clusterId: string | null } | null> {
  const question = await readQuestion(questionId);
  if (question === null) return null;
  await db().workerQuestion.updateMany({ where: { id: questionId }, data: { question: {} } });
  const sealed = asked.parse(question);
  const text = await openFor("cluster", sealed.envelope, questionBinding(sealed.testId));
  return { connection: storedConnection.parse(JSON.parse(text)), clusterId: sealed.clusterId };
}
