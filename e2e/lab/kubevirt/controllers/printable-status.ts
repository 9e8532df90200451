import type { Cluster } from "../cluster";
import type { KubeObject } from "../objects";
import {
  conditionOf,
  dataVolumesOf,
  hasCondition,
  isFinal,
  isLive,
  missingClaims,
  phaseOf,
  runStrategyOf,
  stateRequestsOf,
} from "./machine-facts";

interface Facts {
  cluster: Cluster;
  vm: KubeObject;
  instance: KubeObject | undefined;
}

// The first that holds wins; the order is KubeVirt's.
const ladder: [string, (facts: Facts) => boolean][] = [
  ["Terminating", ({ vm }) => vm.metadata.deletionTimestamp !== undefined],
  ["Stopping", isStopping],
  ["Migrating", ({ instance }) => isMigrating(instance)],
  ["Paused", ({ instance }) => isLive(instance) && hasCondition(instance, "Paused")],
  ["Running", ({ instance }) => phaseOf(instance) === "Running"],
  [
    "ErrorPvcNotFound",
    ({ cluster, vm, instance }) => isLive(instance) && missingClaims(cluster, vm).length > 0,
  ],
  ["DataVolumeError", ({ cluster, vm }) => dataVolumesOf(cluster, vm).some(hasFailedImport)],
  ["ErrorUnschedulable", ({ instance }) => conditionOf(instance, "PodScheduled")?.reason === "Unschedulable"],
  ["Provisioning", ({ cluster, vm }) => dataVolumesOf(cluster, vm).some(isUnfinished)],
  ["WaitingForVolumeBinding", isWaitingForBinding],
  ["ErrImagePull", ({ instance }) => isPulling(instance, "ErrImagePull")],
  ["ImagePullBackOff", ({ instance }) => isPulling(instance, "ImagePullBackOff")],
  ["Starting", isStarting],
  ["CrashLoopBackOff", isCrashing],
  ["Stopped", ({ instance }) => instance === undefined || isFinal(instance)],
];

export function printableStatusOf(
  cluster: Cluster,
  vm: KubeObject,
  instance: KubeObject | undefined,
): string {
  const facts = { cluster, vm, instance };
  return ladder.find(([, holds]) => holds(facts))?.[0] ?? "Unknown";
}

function isPulling(instance: KubeObject | undefined, reason: string): boolean {
  const synchronized = conditionOf(instance, "Synchronized");
  return isLive(instance) && synchronized?.status === "False" && synchronized.reason === reason;
}

function isCrashing({ vm, instance }: Facts): boolean {
  return !isLive(instance) && vm.status?.["startFailure"] !== undefined && runStrategyOf(vm) !== "Halted";
}

function isStopping({ vm, instance }: Facts): boolean {
  if (!isLive(instance)) return false;
  if (instance.metadata.deletionTimestamp !== undefined) return true;
  const [request] = stateRequestsOf(vm);
  return (
    runStrategyOf(vm) === "Halted" || (request?.action === "Stop" && request.uid === instance.metadata.uid)
  );
}

function isMigrating(instance: KubeObject | undefined): boolean {
  const state = instance?.status?.["migrationState"];
  if (!isLive(instance) || typeof state !== "object" || state === null || Array.isArray(state)) return false;
  return state["startTimestamp"] !== undefined && state["endTimestamp"] === undefined;
}

function isStarting({ instance }: Facts): boolean {
  return isLive(instance) && ["", "Pending", "Scheduling", "Scheduled"].includes(phaseOf(instance));
}

function isWaitingForBinding({ cluster, vm, instance }: Facts): boolean {
  return (
    isLive(instance) &&
    dataVolumesOf(cluster, vm).some((volume) => phaseOf(volume) === "WaitForFirstConsumer")
  );
}

function hasFailedImport(volume: KubeObject): boolean {
  const running = conditionOf(volume, "Running");
  return phaseOf(volume) === "Failed" || (running?.status === "False" && running.reason === "Error");
}

export function isUnfinished(volume: KubeObject): boolean {
  return !["Succeeded", "WaitForFirstConsumer", "PendingPopulation"].includes(phaseOf(volume));
}
