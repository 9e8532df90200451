import type { z } from "zod";
import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { readNamespace } from "@/lib/adapters/kubevirt/namespaces";
import { applyVirtualMachine } from "@/lib/adapters/kubevirt/virtual-machines";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { newId } from "@/lib/core/ids";
import { answerQuestion, readQuestion } from "@/lib/core/worker-questions";
import { renderVm } from "./render-vm";
import { dryRunQuestion, type DryRunVerdict } from "./schema";

const answerWithinMs = 8_000;
/** Every cluster has it; used where the wanted namespace will only be made at execution. */
const fallbackNamespace = "default";

/** Asks each cluster's real admission chain about the exact manifest; each verdict says what was checked. */
export async function dryRunVm(payload: { questionId: string }): Promise<void> {
  const question = await readQuestion(payload.questionId);
  if (question === null) return;
  const { targets, identity, blueprint } = dryRunQuestion.parse(question);
  const signal = AbortSignal.timeout(answerWithinMs);
  const verdicts = await Promise.all(
    targets.map(({ clusterId, ...volume }) =>
      judge(clusterId, { identity, blueprint: { ...blueprint, ...volume } }, signal),
    ),
  );
  await answerQuestion(payload.questionId, { answer: { verdicts } });
}

type Wanted = Pick<z.output<typeof dryRunQuestion>, "identity" | "blueprint">;

async function judge(clusterId: string, wanted: Wanted, signal: AbortSignal): Promise<DryRunVerdict> {
  try {
    const client = await connectCluster(clusterId);
    const { namespace, exists } = await chooseNamespace(client, wanted.identity.namespace);
    const warnings = await admit(client, { ...wanted, identity: { ...wanted.identity, namespace } }, signal);
    return { clusterId, result: "accepted", namespaceExists: exists, warnings, causes: [], message: null };
  } catch (error) {
    return refusal(clusterId, error);
  }
}

/** A name that somebody has taken says nothing of the manifest: that is asked under a free one, with a warning. */
async function admit(client: ClusterClient, wanted: Wanted, signal: AbortSignal): Promise<string[]> {
  const { identity, blueprint } = wanted;
  const ask = (name: string) =>
    applyVirtualMachine(client, renderVm({ ...identity, name }, blueprint), { dryRun: true, signal });
  try {
    return (await ask(identity.name)).warnings;
  } catch (error) {
    if (!(error instanceof ClusterFailure) || error.kind !== "conflict") throw error;
    const { warnings } = await ask(`${identity.name}-${newId().slice(-4)}`);
    return [`${identity.name} is taken in the cluster: ${error.message}`, ...warnings];
  }
}

async function chooseNamespace(client: ClusterClient, wanted: string) {
  const exists = (await readNamespace(client, wanted)) !== null;
  return { namespace: exists ? wanted : fallbackNamespace, exists };
}

/** Only a cluster's clear no is a refusal; everything else is "not checked, because …" (spec §0.4). */
function refusal(clusterId: string, error: unknown): DryRunVerdict {
  const failure = error instanceof ClusterFailure ? error : null;
  const refused = failure?.kind === "rejected" && failure.status !== 401 && failure.status !== 403;
  return {
    clusterId,
    result: refused ? "refused" : "not_checked",
    namespaceExists: null,
    warnings: [],
    causes: failure?.causes.map(({ field, message }) => ({ field, message })) ?? [],
    message: error instanceof Error ? error.message : String(error),
  };
}
