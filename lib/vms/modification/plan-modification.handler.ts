import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { growVolumeClaim, patchVirtualMachine } from "@/lib/adapters/kubevirt/modify-machines";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { answerQuestion, readQuestion } from "@/lib/core/worker-questions";
import type { LiveMachine } from "./live/rules";
import { factsOf } from "./project-machine";
import { readMachine } from "./read-machine";
import { recordLive } from "./record-live";
import { placeRefusals, planChange, wishedFacts, type ModificationPlan } from "./rules";
import { planQuestion, type PlanCheck } from "./schema";
import { pathsOf } from "./settings/rules";
import { findModifiedVm, type ModifiedVm } from "./find-modified-vm";

const answerWithinMs = 8_000;

/** What a change would take, and what the cluster's own admission says of exactly that change. */
export async function planModification(payload: { questionId: string }): Promise<void> {
  const question = await readQuestion(payload.questionId);
  if (question === null) return;
  const { vmId, wish } = planQuestion.parse(question);
  const vm = await findModifiedVm(db(), vmId);
  try {
    const client = vm === null ? null : await connectCluster(vm.clusterId);
    const live = vm === null || client === null ? null : await readMachine(client, vm);
    if (vm === null || client === null || live === null) {
      await answerQuestion(payload.questionId, { failure: { code: "VM_NOT_FOUND", params: {} } });
      return;
    }
    const facts = factsOf(live, [...pathsOf(vm), ...Object.keys(wishedFacts(wish))]);
    await recordLive(db(), vm, { ...live, facts });
    const plan = planChange(live, wish);
    const check = await askAdmission(client, { vm, live, plan });
    const rows = placeRefusals(plan.rows, check.causes);
    const { resourceVersion } = live;
    const readAt = new Date().toISOString();
    await answerQuestion(payload.questionId, { answer: { rows, check, facts, resourceVersion, readAt } });
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    const params = { message: error.message };
    await answerQuestion(payload.questionId, { failure: { code: "CLUSTER_UNAVAILABLE", params } });
  }
}

interface Planned {
  vm: ModifiedVm;
  live: LiveMachine;
  plan: ModificationPlan;
}

async function askAdmission(client: ClusterClient, { vm, live, plan }: Planned): Promise<PlanCheck> {
  const options = { dryRun: true, signal: AbortSignal.timeout(answerWithinMs) };
  const { namespace, name } = vm;
  try {
    if (Object.keys(plan.spec).length > 0) {
      const { resourceVersion } = live;
      await patchVirtualMachine(client, { namespace, name, resourceVersion, spec: plan.spec }, options);
    }
    for (const { name: claim, resourceVersion, toGb } of plan.growths) {
      const grown = { namespace, name: claim, resourceVersion, sizeGb: toGb };
      await growVolumeClaim(client, grown, options);
    }
    return { result: "accepted", message: null, causes: [] };
  } catch (error) {
    return refusalOf(error, plan);
  }
}

/** Only a cluster's clear no is a refusal; everything else is "not checked, because …" (spec §0.4). */
function refusalOf(error: unknown, plan: ModificationPlan): PlanCheck {
  if (!(error instanceof ClusterFailure)) throw error;
  // A claim that may not grow is refused as forbidden, which elsewhere says that the account may not ask.
  const isForbiddenSize = error.status === 403 && plan.growths.length > 0 && error.message.includes("resize");
  const isRefused =
    isForbiddenSize || (error.kind === "rejected" && error.status !== 401 && error.status !== 403);
  const causes = error.causes.map(({ field, message }) => ({ field, message }));
  const own = isForbiddenSize
    ? [{ field: "spec.resources.requests.storage", message: error.message }]
    : causes;
  return { result: isRefused ? "refused" : "not_checked", message: error.message, causes: own };
}
