import { z } from "zod";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { readNamespace } from "@/lib/adapters/kubevirt/namespaces";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { answerQuestion, readQuestion } from "@/lib/core/worker-questions";
import type { RecheckedNamespace } from "./schema";
import { recordNamespace } from "./store";

/** Whoever asks gives up after ten seconds; a cluster that takes longer than this is silent. */
const answerMs = 7_000;
const clustersMax = 200;

const asked = z.object({ name: z.string(), environment: z.string() });

/** Asks all clusters at once; what a cluster does not say leaves its row as it was. */
export async function recheckNamespace({ questionId }: { questionId: string }): Promise<void> {
  const question = await readQuestion(questionId);
  if (question === null) return;
  const { name, environment } = asked.parse(question);
  const clusters = await db().cluster.findMany({
    where: { environment, enabled: true },
    select: { id: true, name: true },
    take: clustersMax,
  });
  const silent = await Promise.all(
    clusters.map(async (cluster) => {
      const words = await lookFor(cluster.id, name);
      return words === null ? [] : [{ cluster: cluster.name, words }];
    }),
  );
  const answer: RecheckedNamespace = {
    answered: clusters.length - silent.flat().length,
    silent: silent.flat(),
  };
  await answerQuestion(questionId, { answer });
}

/** Null once the row says what the cluster said; else why it said nothing. */
async function lookFor(clusterId: string, name: string): Promise<string | null> {
  try {
    const found = await Promise.race([readNamespace(await connectCluster(clusterId), name), silence()]);
    const state = found === null ? "absent" : found.isTerminating ? "terminating" : "present";
    await recordNamespace({ clusterId, name, state });
    return null;
  } catch (error) {
    if (error instanceof ClusterFailure) return error.message;
    throw error;
  }
}

function silence(): Promise<never> {
  return new Promise((_resolve, reject) => {
    const late = new ClusterFailure("unavailable", "no answer in time", { reason: "Timeout" });
    setTimeout(() => reject(late), answerMs).unref();
  });
}
