import { timestamp } from "../clock";
import type { Cluster } from "../cluster";
import type { Json, JsonObject } from "../json";
import { textAt } from "../json";
import type { Condition, KubeObject } from "../objects";
import { restartCondition } from "./live-update";
import type { StateRequest } from "./machine-facts";
import {
  conditionsOf,
  hasCondition,
  isFinal,
  isLive,
  phaseOf,
  runStrategyOf,
  stateRequestsOf,
  volumesOf,
  withCondition,
} from "./machine-facts";
import { printableStatusOf } from "./printable-status";

/** The whole status of a virtual machine, from what is true of it and its instance now. */
export function statusOfMachine(
  cluster: Cluster,
  vm: KubeObject,
  instance: KubeObject | undefined,
  requests: StateRequest[] = stateRequestsOf(vm),
): JsonObject {
  const hasInstance = instance !== undefined;
  const isReady = hasCondition(instance, "Ready");
  const { startFailure, ...kept } = keptFields(vm);
  // A machine that runs, or is to stand still, has not failed to start.
  const isForgiven = phaseOf(instance) === "Running" || runStrategyOf(vm) === "Halted";
  const conditions: Json[] = machineConditions(cluster, vm, instance).map((condition) => ({ ...condition }));
  const current: KubeObject = { ...vm, status: { ...vm.status, stateChangeRequests: requests.map(toJson) } };
  return {
    ...kept,
    ...(startFailure !== undefined && !isForgiven && { startFailure }),
    conditions,
    ...(hasInstance && { created: true }),
    ...(isReady && { ready: true }),
    printableStatus: printableStatusOf(cluster, current, instance),
    runStrategy: runStrategyOf(vm),
    observedGeneration: vm.metadata.generation ?? 1,
    desiredGeneration: vm.metadata.generation ?? 1,
    ...(requests.length > 0 && { stateChangeRequests: requests.map(toJson) }),
    volumeSnapshotStatuses: volumesOf(vm).map((volume) => snapshotStatusOf(volume)),
  };
}

function toJson(request: StateRequest): JsonObject {
  return { ...request };
}

// Fields that other actions write and that a look at the instance does not decide.
function keptFields(vm: KubeObject): JsonObject {
  const kept: JsonObject = {};
  for (const name of [
    "snapshotInProgress",
    "restoreInProgress",
    "volumeRequests",
    "memoryDumpRequest",
    "startFailure",
  ]) {
    const value = vm.status?.[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

function snapshotStatusOf(volume: JsonObject): JsonObject {
  const name = textAt(volume, "name") ?? "";
  const isStored = volume["dataVolume"] !== undefined || volume["persistentVolumeClaim"] !== undefined;
  if (isStored) return { name, enabled: true };
  const type = Object.keys(volume).find((member) => member !== "name") ?? "";
  return { name, enabled: false, reason: `Snapshot is not supported for this volumeSource type [${type}]` };
}

function machineConditions(cluster: Cluster, vm: KubeObject, instance: KubeObject | undefined): Condition[] {
  const now = timestamp();
  const before = conditionsOf(vm);
  const copied = conditionsOf(instance).filter((condition) => condition.type !== "Ready");
  const failure = instance ? [] : before.filter((condition) => condition.type === "Failure");
  const required = isLive(instance) ? restartCondition(cluster, vm, instance) : undefined;
  const restart = required === undefined ? [] : [required];
  const next = [readyCondition(instance), ...failure, ...copied, ...restart];
  return next
    .reduce((list, condition) => withCondition(list, condition, now), before)
    .filter((condition) => next.some((kept) => kept.type === condition.type));
}

function readyCondition(instance: KubeObject | undefined): Condition {
  if (!instance)
    return { type: "Ready", status: "False", reason: "VMINotExists", message: "VMI does not exist" };
  const own = conditionsOf(instance).find((condition) => condition.type === "Ready");
  if (own) return own;
  if (isFinal(instance))
    return {
      type: "Ready",
      status: "False",
      reason: "PodNotExists",
      message: "virt-launcher pod does not exist",
    };
  const message = `VMI is missing the Ready condition (phase ${phaseOf(instance)})`;
  return { type: "Ready", status: "False", reason: "VMIConditionMissing", message };
}
