import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { answerQuestion, readQuestion } from "@/lib/core/worker-questions";
import { findModifiedVm } from "../modification/find-modified-vm";
import { readMachine } from "../modification/read-machine";
import { ownFactsOf, recordLive } from "../modification/record-live";
import { hardwareInput } from "./schema";

/** Reads one machine because somebody looks at it, and keeps what was read for all others. */
export async function readHardware(payload: { questionId: string }): Promise<void> {
  const question = await readQuestion(payload.questionId);
  if (question === null) return;
  const { vmId } = hardwareInput.parse(question);
  const vm = await findModifiedVm(db(), vmId);
  try {
    const live = vm === null ? null : await readMachine(await connectCluster(vm.clusterId), vm);
    if (vm === null || live === null) {
      await answerQuestion(payload.questionId, { failure: { code: "VM_NOT_FOUND", params: {} } });
      return;
    }
    await recordLive(db(), vm, { ...live, facts: ownFactsOf(vm, live) });
    await answerQuestion(payload.questionId, { answer: { readAt: new Date().toISOString() } });
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    const params = { message: error.message };
    await answerQuestion(payload.questionId, { failure: { code: "CLUSTER_UNAVAILABLE", params } });
  }
}
