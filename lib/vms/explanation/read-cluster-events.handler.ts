import { z } from "zod";
import { readClusterEvents as readEvents } from "@/lib/adapters/kubevirt/cluster-events";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { answerQuestion, readQuestion } from "@/lib/core/worker-questions";
import { keepEvents } from "./store";

const answerWithinMs = 8_000;
const question = z.strictObject({
  vmId: z.string(),
  clusterId: z.string(),
  namespace: z.string(),
  name: z.string(),
});

/** What the cluster reported of a machine; its warnings are kept, so that the next look can explain them. */
export async function readClusterEvents({ questionId }: { questionId: string }): Promise<void> {
  const asked = await readQuestion(questionId);
  if (asked === null) return;
  const { vmId, clusterId, namespace, name } = question.parse(asked);
  try {
    const client = await connectCluster(clusterId);
    const events = await readEvents(client, { namespace, name, signal: AbortSignal.timeout(answerWithinMs) });
    const warnings = events.filter(({ type }) => type === "Warning");
    const kept = await keepEvents(db(), { vmId, events: warnings });
    const shown = events.map((event) => ({
      ...event,
      firstAt: event.firstAt.toISOString(),
      lastAt: event.lastAt.toISOString(),
    }));
    await answerQuestion(questionId, { answer: { events: shown, kept } });
  } catch (error) {
    await answerFailure(questionId, error);
  }
}

/** An account that may not look takes the events away and nothing else. */
async function answerFailure(questionId: string, error: unknown): Promise<void> {
  if (!(error instanceof ClusterFailure)) throw error;
  if (error.status === 403) {
    await answerQuestion(questionId, { answer: { events: null, kept: 0 } });
    return;
  }
  const params = { message: error.message };
  await answerQuestion(questionId, { failure: { code: "CLUSTER_UNAVAILABLE", params } });
}
