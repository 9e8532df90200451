import type { Cluster } from "../cluster";
import type { JsonObject } from "../json";
import { objectAt, objectsAt, textAt, valueAt } from "../json";
import { claimKind, dataVolumeKind, instanceKind } from "../kinds";
import type { Condition, KubeObject } from "../objects";
import { asJson } from "../objects";

export const controllerName = "virt-controller";
export const machineFinalizer = "kubevirt.io/virtualMachineControllerFinalize";
export const instanceFinalizers = [machineFinalizer, "kubevirt.io/foregroundDeleteVirtualMachine"];

export type RunStrategy = "Always" | "Halted" | "Manual" | "RerunOnFailure" | "Once";

export function runStrategyOf(vm: KubeObject): RunStrategy {
  const written = textAt(vm.spec, "runStrategy");
  if (written === "Always" || written === "Manual" || written === "RerunOnFailure" || written === "Once")
    return written;
  return valueAt(vm.spec, "running") === true ? "Always" : "Halted";
}

export interface StateRequest {
  action: "Start" | "Stop";
  uid?: string;
  data?: Record<string, string>;
}

export function stateRequestsOf(vm: KubeObject): StateRequest[] {
  return objectsAt(asJson(vm), "status", "stateChangeRequests").map((request) => {
    const uid = textAt(request, "uid");
    const isPaused = textAt(request, "data", "paused") === "true";
    return {
      action: textAt(request, "action") === "Start" ? "Start" : "Stop",
      ...(uid !== undefined && { uid }),
      ...(isPaused && { data: { paused: "true" } }),
    };
  });
}

export function instanceOf(cluster: Cluster, vm: KubeObject): KubeObject | undefined {
  return cluster.store.get(instanceKind, vm.metadata.namespace, vm.metadata.name);
}

/** How long the guest may take to shut down, in seconds; without a wish it is KubeVirt's own. */
export function graceOf(instance: KubeObject | undefined): number {
  const wished = instance && valueAt(instance.spec, "terminationGracePeriodSeconds");
  return typeof wished === "number" ? wished : 30;
}

export function phaseOf(object: KubeObject | undefined): string {
  return textAt(object && asJson(object), "status", "phase") ?? "";
}

export function isFinal(instance: KubeObject): boolean {
  return ["Succeeded", "Failed"].includes(phaseOf(instance));
}

export function isLive(instance: KubeObject | undefined): instance is KubeObject {
  return instance !== undefined && !isFinal(instance);
}

export function conditionsOf(object: KubeObject | undefined): Condition[] {
  return objectsAt(object && asJson(object), "status", "conditions").map(toCondition);
}

function toCondition(written: JsonObject): Condition {
  const { type, status, reason, message, lastTransitionTime } = written;
  return {
    type: String(type),
    lastProbeTime: null,
    status: status === "True" || status === "False" ? status : "Unknown",
    ...(typeof reason === "string" && { reason }),
    ...(typeof message === "string" && { message }),
    ...(typeof lastTransitionTime === "string" && { lastTransitionTime }),
  };
}

export function conditionOf(object: KubeObject | undefined, type: string): Condition | undefined {
  return conditionsOf(object).find((condition) => condition.type === type);
}

export function hasCondition(object: KubeObject | undefined, type: string): boolean {
  return conditionOf(object, type)?.status === "True";
}

/** The list with one condition set; the time of the last transition stays when the status does. */
export function withCondition(conditions: Condition[], next: Condition, now: string): Condition[] {
  const known = conditions.find((condition) => condition.type === next.type);
  const lastTransitionTime = known?.status === next.status ? (known.lastTransitionTime ?? now) : now;
  const others = conditions.filter((condition) => condition.type !== next.type);
  return [...others, { lastProbeTime: null, ...next, lastTransitionTime }];
}

export function withoutCondition(conditions: Condition[], type: string): Condition[] {
  return conditions.filter((condition) => condition.type !== type);
}

export function volumesOf(object: KubeObject): JsonObject[] {
  const isMachine = object.kind === "VirtualMachine";
  return objectsAt(object.spec, ...(isMachine ? ["template", "spec"] : []), "volumes");
}

export function dataVolumesOf(cluster: Cluster, object: KubeObject): KubeObject[] {
  const names = volumesOf(object).map((volume) => textAt(volume, "dataVolume", "name"));
  return names.flatMap(
    (name) => cluster.store.get(dataVolumeKind, object.metadata.namespace, name ?? "") ?? [],
  );
}

/** Claims that a volume names and nobody has made; a data volume that exists makes its own. */
export function missingClaims(cluster: Cluster, object: KubeObject): string[] {
  const { namespace } = object.metadata;
  return volumesOf(object).flatMap((volume) => {
    const name = textAt(volume, "persistentVolumeClaim", "claimName") ?? textAt(volume, "dataVolume", "name");
    if (name === undefined || cluster.store.get(claimKind, namespace, name)) return [];
    return cluster.store.get(dataVolumeKind, namespace, name) ? [] : [name];
  });
}

export function domainOf(instance: KubeObject): JsonObject {
  return objectAt(instance.spec, "domain");
}
