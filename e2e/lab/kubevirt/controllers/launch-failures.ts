import { timestamp } from "../clock";
import type { Cluster } from "../cluster";
import { writeStatusAs } from "../commit";
import type { Json } from "../json";
import { numberAt, objectAt } from "../json";
import { virtualMachineKind } from "../kinds";
import type { Condition, KubeObject } from "../objects";
import { recordEvent } from "./cluster-events";
import { noteConditions } from "./instance-phases";
import { conditionOf, conditionsOf, controllerName, withCondition } from "./machine-facts";

const refusal =
  'admission webhook "machines.policy.example.com" denied the request: the machine names no owner';
const pullFailure =
  'Failed to pull image "registry.lab/kubevirt/virt-launcher:v1.9.0": rpc error: code = NotFound desc = failed to pull and unpack image: not found';
const mountFailure =
  'MountVolume.MountDevice failed for volume "pvc-0f3c": rpc error: code = Internal desc = rbd: map failed with error exit status 110';

/** The pod that runs an instance, as events name it. */
export function podOf(instance: KubeObject): KubeObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = instance.metadata;
  const [pod = uid] = Object.keys(objectAt(instance.status, "activePods"));
  return {
    ...{ apiVersion: "v1", kind: "Pod" },
    metadata: {
      ...{ name: `virt-launcher-${name}-${uid.slice(0, 5)}`, uid: pod, resourceVersion, creationTimestamp },
      ...(namespace !== undefined && { namespace }),
    },
  };
}

/** A webhook of somebody else's refuses the instance; answers whether one does. */
export function isInstanceRefused(cluster: Cluster, vm: KubeObject): boolean {
  const failure = cluster.launches.take(vm.metadata.name, "refused");
  if (!failure) return false;
  const words = failure.message ?? refusal;
  recordEvent(cluster, vm, {
    type: "Warning",
    reason: "FailedCreate",
    message: `Error creating virtual machine instance: ${words}`,
  });
  const condition: Condition = {
    type: "Failure",
    status: "True",
    reason: "FailedCreate",
    message: `Failure while starting VMI: ${words}`,
  };
  const conditions: Json[] = withCondition(conditionsOf(vm), condition, timestamp()).map((one) => ({
    ...one,
  }));
  writeStatusAs(cluster, controllerName, vm, { ...vm.status, conditions });
  return true;
}

/** The pod has its node and still does not come up; answers whether that is so. */
export function isPodFailing(cluster: Cluster, instance: KubeObject): boolean {
  const { name } = instance.metadata;
  const pull = cluster.launches.take(name, "image");
  if (pull) {
    notePull(cluster, instance, pull.message ?? pullFailure);
    return true;
  }
  const mount = cluster.launches.take(name, "mount");
  if (!mount) return false;
  recordEvent(cluster, podOf(instance), {
    ...{ type: "Warning", reason: "FailedMount", message: mount.message ?? mountFailure },
    component: "kubelet",
  });
  return true;
}

/** First the error, from then on the wait between attempts. */
function notePull(cluster: Cluster, instance: KubeObject, message: string): void {
  const isFirst = conditionOf(instance, "Synchronized")?.reason === undefined;
  const reason = isFirst ? "ErrImagePull" : "ImagePullBackOff";
  recordEvent(cluster, podOf(instance), {
    ...{ type: "Warning", reason: "Failed", message },
    component: "kubelet",
  });
  noteConditions(cluster, instance, [{ type: "Synchronized", status: "False", reason, message }]);
}

/** An instance that ended by itself counts; answers how long its machine waits before the next. */
export function noteStartFailure(cluster: Cluster, instance: KubeObject): number {
  const { namespace, name, uid } = instance.metadata;
  const vm = cluster.store.get(virtualMachineKind, namespace, name);
  if (!vm) return 0;
  const count = (numberAt(objectAt(vm.status, "startFailure"), "consecutiveFailCount") ?? 0) + 1;
  const waitMs = Math.min(300_000, 10_000 * count ** 2);
  const startFailure = {
    consecutiveFailCount: count,
    lastFailedVMIUID: uid,
    retryAfterTimestamp: timestamp(new Date(Date.now() + waitMs)),
  };
  writeStatusAs(cluster, controllerName, vm, { ...vm.status, startFailure });
  return waitMs;
}
