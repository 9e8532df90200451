import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { readNamespace } from "@/lib/adapters/kubevirt/namespaces";
import { answerQuestion, readQuestion } from "@/lib/core/worker-questions";
import { connectCluster } from "./connect-cluster";
import { locateNamespaceInput } from "./namespaces/schema";

/** Looks the namespace up in the cluster for whoever waits for the answer. */
export async function locateNamespace({ questionId }: { questionId: string }): Promise<void> {
  const asked = await readQuestion(questionId);
  if (asked === null) return;
  const { clusterId, name } = locateNamespaceInput.parse(asked);
  try {
    const found = await readNamespace(await connectCluster(clusterId), name);
    await answerQuestion(questionId, {
      answer: { exists: found !== null, terminating: found?.isTerminating ?? false },
    });
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    await answerQuestion(questionId, {
      failure: { code: "CLUSTER_UNAVAILABLE", params: { message: error.message } },
    });
  }
}
