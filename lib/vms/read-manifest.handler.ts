import { z } from "zod";
import { stringify } from "yaml";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { readVirtualMachine } from "@/lib/adapters/kubevirt/virtual-machines";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { answerQuestion, readQuestion } from "@/lib/core/worker-questions";

const question = z.strictObject({ clusterId: z.string(), namespace: z.string(), name: z.string() });

/** The live object as YAML, for those who may read it. */
export async function readManifest(payload: { questionId: string }): Promise<void> {
  const asked = await readQuestion(payload.questionId);
  if (asked === null) return;
  const { clusterId, namespace, name } = question.parse(asked);
  try {
    const vm = await readVirtualMachine(await connectCluster(clusterId), namespace, name);
    if (vm === null) {
      await answerQuestion(payload.questionId, { failure: { code: "VM_NOT_FOUND", params: { name } } });
      return;
    }
    const { metadata, spec, status } = vm;
    const yaml = stringify({ apiVersion: "kubevirt.io/v1", kind: "VirtualMachine", metadata, spec, status });
    await answerQuestion(payload.questionId, { answer: { yaml, resourceVersion: metadata.resourceVersion } });
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    const params = { message: error.message };
    await answerQuestion(payload.questionId, { failure: { code: "CLUSTER_UNAVAILABLE", params } });
  }
}
