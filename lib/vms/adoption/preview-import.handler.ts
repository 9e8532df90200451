import { stringify } from "yaml";
import type { z } from "zod";
import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { answerQuestion, readQuestion } from "@/lib/core/worker-questions";
import { checkImport, fingerprintOf, type WantedImport } from "./check-import";
import { claimsOf, volumesOf } from "./rules";
import { judgeImportQuestion, type judgedImport } from "./schema";

const answerWithinMs = 8_000;
/** A page asks about a handful; the cluster is not asked about all of them at once. */
const atOnce = 5;

type Judged = z.output<typeof judgedImport>;

/** Tries each import over the wire without writing anything, for whoever waits for the answer. */
export async function previewImportHandler({ questionId }: { questionId: string }): Promise<void> {
  const asked = await readQuestion(questionId);
  if (asked === null) return;
  const { clusterId, machines } = judgeImportQuestion.parse(asked);
  const signal = AbortSignal.timeout(answerWithinMs);
  const judged: Judged[] = [];
  for (let from = 0; from < machines.length; from += atOnce) {
    const some = machines.slice(from, from + atOnce);
    judged.push(...(await Promise.all(some.map((wanted) => judge(clusterId, wanted, signal)))));
  }
  await answerQuestion(questionId, { answer: { machines: judged } });
}

async function judge(clusterId: string, wanted: WantedImport, signal: AbortSignal): Promise<Judged> {
  const { namespace, name } = wanted;
  try {
    return { namespace, name, ...(await ask(await connectCluster(clusterId), wanted, signal)) };
  } catch (error) {
    if (!(error instanceof ClusterFailure) && !signal.aborted) throw error;
    const message = error instanceof Error ? error.message : String(error);
    return {
      ...{
        namespace,
        name,
        uid: null,
        fingerprint: null,
        before: {},
        patch: null,
        claims: [],
        result: "not_checked",
      },
      refusals: [{ code: "unreachable", params: { message } }],
    };
  }
}

async function ask(
  client: ClusterClient,
  wanted: WantedImport,
  signal: AbortSignal,
): Promise<Omit<Judged, "namespace" | "name">> {
  const { found, patch, refusals } = await checkImport(client, wanted, signal);
  return {
    uid: found?.uid ?? null,
    fingerprint: found === null ? null : fingerprintOf(found),
    before: found?.labels ?? {},
    patch: patch === null ? null : stringify(patch),
    claims: found === null ? [] : claimsOf(volumesOf(found.spec)),
    result: refusals.length === 0 ? "accepted" : "refused",
    refusals,
  };
}
