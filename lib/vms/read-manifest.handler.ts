import { z } from "zod";
import { stringify } from "yaml";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { readWholeMachine } from "@/lib/adapters/kubevirt/machine-devices";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { answerQuestion, readQuestion } from "@/lib/core/worker-questions";
import { findRendered } from "./manifest/find-rendered";
import { compareManifests } from "./manifest/rules";
import type { VmManifest } from "./schema";

const question = z.strictObject({
  vmId: z.string(),
  clusterId: z.string(),
  namespace: z.string(),
  name: z.string(),
});
type Question = z.output<typeof question>;

/** The live object as YAML, for those who may read it, and where it is not what the portal would write. */
export async function readManifest(payload: { questionId: string }): Promise<void> {
  const asked = await readQuestion(payload.questionId);
  if (asked === null) return;
  const vm = question.parse(asked);
  try {
    const answer = await readWhole(vm);
    await answerQuestion(
      payload.questionId,
      answer === null ? { failure: { code: "VM_NOT_FOUND", params: { name: vm.name } } } : { answer },
    );
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    const params = { message: error.message };
    await answerQuestion(payload.questionId, { failure: { code: "CLUSTER_UNAVAILABLE", params } });
  }
}

const metadataShape = z.looseObject({ managedFields: z.unknown().optional() }).catch({});

async function readWhole({ vmId, clusterId, namespace, name }: Question): Promise<VmManifest | null> {
  const whole = await readWholeMachine(await connectCluster(clusterId), namespace, name);
  if (whole === null) return null;
  const { managedFields, ...metadata } = metadataShape.parse(whole.object["metadata"]);
  const rendered = await findRendered(db(), vmId);
  const object = { apiVersion: "kubevirt.io/v1", kind: "VirtualMachine", ...whole.object, metadata };
  return {
    yaml: stringify(object),
    managedFields: managedFields === undefined ? null : stringify({ managedFields }),
    resourceVersion: whole.machine.metadata.resourceVersion,
    differences: rendered === null ? null : compareManifests({ ...rendered }, whole.object),
  };
}
