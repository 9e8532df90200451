import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { listInstancetypes } from "@/lib/adapters/kubevirt/instancetypes";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { AppError } from "@/lib/core/errors";
import { answerQuestion, readQuestion } from "@/lib/core/worker-questions";
import { clusterInstancetypesInput, instancetypeAnswer } from "./schema";

const answerWithinMs = 8_000;

/** Reads a cluster's instance types for whoever waits for them. */
export async function readInstancetypes({ questionId }: { questionId: string }): Promise<void> {
  const asked = await readQuestion(questionId);
  if (asked === null) return;
  const { clusterId } = clusterInstancetypesInput.parse(asked);
  try {
    const client = await connectCluster(clusterId);
    const answer = await listInstancetypes(client, AbortSignal.timeout(answerWithinMs));
    await answerQuestion(questionId, { answer: instancetypeAnswer.parse(answer) });
  } catch (error) {
    const known = error instanceof ClusterFailure || error instanceof AppError;
    if (!known) throw error;
    // A cluster without a credential is one that cannot be asked.
    await answerQuestion(questionId, {
      failure: { code: "CLUSTER_UNAVAILABLE", params: { message: error.message } },
    });
  }
}
