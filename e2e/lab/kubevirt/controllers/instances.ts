import { randomUUID } from "node:crypto";
import { timestamp } from "../clock";
import type { Cluster } from "../cluster";
import { writeAs, writeStatusAs } from "../commit";
import { objectAt, objectsAt, textAt } from "../json";
import { claimKind, instanceKind } from "../kinds";
import type { Condition, KubeObject } from "../objects";
import { recordEvent } from "./cluster-events";
import { runningStatus } from "./guest";
import { noteConditions, notReady, setPhase, toJson } from "./instance-phases";
import {
  conditionsOf,
  controllerName,
  graceOf,
  hasCondition,
  isFinal,
  missingClaims,
  phaseOf,
  withCondition,
  withoutCondition,
} from "./machine-facts";
import { isPodFailing, podOf } from "./launch-failures";
import { obstacleBeforePod } from "./launch-rules";
import { placeInstance } from "./scheduling";

const handler = "virt-handler";
const bootMs = {
  creation: 100,
  pending: 300,
  scheduling: 700,
  scheduled: 900,
  agent: 1500,
  shutdown: 1200,
  removal: 300,
};
const retryMs = 2000;

/** Takes instances from creation to running, and from deletion to gone. */
export function startInstances(cluster: Cluster): void {
  const find = (object: KubeObject) => {
    const found = cluster.store.get(instanceKind, object.metadata.namespace, object.metadata.name);
    return found?.metadata.uid === object.metadata.uid ? found : undefined;
  };
  const advance = (object: KubeObject) => {
    const instance = find(object);
    if (!instance || instance.metadata.deletionTimestamp !== undefined) return;
    const delayMs = takeStep(cluster, instance);
    if (delayMs !== undefined) cluster.clock.after(delayMs, () => advance(object));
  };
  const shutDown = (object: KubeObject) => {
    const instance = find(object);
    if (!instance) return;
    const delayMs = takeShutdownStep(cluster, instance);
    if (delayMs !== undefined) cluster.clock.after(delayMs, () => shutDown(object));
  };
  cluster.store.onEvent(({ type, kind, object, previous }) => {
    if (kind !== instanceKind || type === "DELETED") return;
    const isEnding =
      object.metadata.deletionTimestamp !== undefined && previous?.metadata.deletionTimestamp === undefined;
    if (isEnding) cluster.clock.after(0, () => shutDown(object));
    else if (type === "ADDED") cluster.clock.after(bootMs.creation, () => advance(object));
  });
  for (const instance of cluster.store.list(instanceKind)) {
    if (instance.metadata.deletionTimestamp === undefined)
      cluster.clock.after(bootMs.creation, () => advance(instance));
    else cluster.clock.after(0, () => shutDown(instance));
  }
}

/** One move towards running; answers after how long the next one is due. */
function takeStep(cluster: Cluster, instance: KubeObject): number | undefined {
  switch (phaseOf(instance)) {
    case "":
      setPhase(cluster, instance, "Pending", { conditions: notReady(instance, "PodNotExists") });
      return bootMs.pending;
    case "Pending":
      return createPod(cluster, instance);
    case "Scheduling":
      return schedule(cluster, instance);
    case "Scheduled":
      return boot(cluster, instance);
    case "Running":
      return connectAgent(cluster, instance);
    default:
      return undefined;
  }
}

function createPod(cluster: Cluster, instance: KubeObject): number {
  const [missing] = missingClaims(cluster, instance);
  if (missing !== undefined) {
    const message = `PVC ${instance.metadata.namespace}/${missing} does not exist, waiting for it to appear`;
    noteConditions(cluster, instance, [
      { type: "Synchronized", status: "False", reason: "FailedPvcNotFound", message },
      { type: "PodScheduled", status: "False", reason: "FailedPvcNotFound", message },
    ]);
    return retryMs;
  }
  if (hasUnboundClaim(cluster, instance)) return 300;
  const obstacle = obstacleBeforePod(cluster, instance);
  if (obstacle !== undefined) {
    recordEvent(cluster, instance, { type: "Warning", reason: "FailedCreate", message: obstacle });
    noteConditions(cluster, instance, [
      { type: "Synchronized", status: "False", reason: "FailedCreate", message: obstacle },
    ]);
    return retryMs;
  }
  const conditions = ["Synchronized", "PodScheduled"].reduce(
    withoutCondition,
    notReady(instance, "GuestNotRunning"),
  );
  setPhase(cluster, instance, "Scheduling", { conditions, activePods: { [randomUUID()]: "" } });
  recordEvent(cluster, instance, {
    reason: "SuccessfulCreate",
    message: `Created virtual machine pod virt-launcher-${instance.metadata.name}`,
  });
  return bootMs.scheduling;
}

function hasUnboundClaim(cluster: Cluster, instance: KubeObject): boolean {
  return objectsAt(instance.spec, "volumes").some((volume) => {
    const name = textAt(volume, "persistentVolumeClaim", "claimName") ?? textAt(volume, "dataVolume", "name");
    const claim =
      name === undefined ? undefined : cluster.store.get(claimKind, instance.metadata.namespace, name);
    return name !== undefined && phaseOf(claim) !== "Bound";
  });
}

function schedule(cluster: Cluster, instance: KubeObject): number {
  const placement = placeInstance(cluster, instance);
  if ("message" in placement) {
    const condition: Condition = {
      type: "PodScheduled",
      status: "False",
      reason: "Unschedulable",
      message: placement.message,
    };
    recordEvent(cluster, podOf(instance), {
      type: "Warning",
      reason: "FailedScheduling",
      message: placement.message,
      component: "default-scheduler",
    });
    noteConditions(cluster, instance, [condition]);
    return retryMs;
  }
  if (isPodFailing(cluster, instance)) return retryMs;
  const conditions = ["Synchronized", "PodScheduled"].reduce(withoutCondition, conditionsOf(instance));
  const [pod = instance.metadata.uid] = Object.keys(objectAt(instance.status, "activePods"));
  const { node } = placement;
  setPhase(cluster, instance, "Scheduled", { conditions, nodeName: node, activePods: { [pod]: node } });
  return bootMs.scheduled;
}

function boot(cluster: Cluster, instance: KubeObject): number | undefined {
  if (cluster.launches.take(instance.metadata.name, "crash")) {
    setPhase(cluster, instance, "Failed", { conditions: notReady(instance, "PodTerminating") });
    return undefined;
  }
  const running = setPhase(cluster, instance, "Running", runningStatus(cluster, instance));
  recordEvent(cluster, running, {
    reason: "Started",
    message: "VirtualMachineInstance started.",
    component: "virt-handler",
  });
  return bootMs.agent;
}

function connectAgent(cluster: Cluster, instance: KubeObject): undefined {
  if (hasCondition(instance, "AgentConnected") || hasCondition(instance, "Paused")) return undefined;
  const conditions = withCondition(
    conditionsOf(instance),
    { type: "AgentConnected", status: "True" },
    timestamp(),
  );
  writeStatusAs(cluster, handler, instance, {
    ...instance.status,
    conditions: toJson(conditions),
    guestOSInfo: {
      name: "Debian GNU/Linux",
      id: "debian",
      prettyName: "Debian GNU/Linux 13 (trixie)",
      version: "13 (trixie)",
      versionId: "13",
      kernelRelease: "6.12.41-amd64",
      kernelVersion: "#1 SMP Debian 6.12.41-1",
      machine: "x86_64",
    },
  });
  return undefined;
}

function takeShutdownStep(cluster: Cluster, instance: KubeObject): number | undefined {
  const hasStarted = ["Scheduled", "Running"].includes(phaseOf(instance));
  if (hasStarted && !hasReason(instance, "PodTerminating")) {
    const conditions = notReady(instance, "PodTerminating", "virt-launcher pod is terminating");
    writeStatusAs(cluster, controllerName, instance, {
      ...instance.status,
      conditions: toJson(conditions),
    });
    return graceOf(instance) === 0 ? bootMs.removal : bootMs.shutdown;
  }
  if (hasStarted && hangs(instance)) return bootMs.shutdown;
  if (!isFinal(instance)) {
    const conditions = withoutCondition(notReady(instance, "PodNotExists"), "Paused");
    setPhase(cluster, instance, "Succeeded", { conditions });
    return bootMs.removal;
  }
  writeAs(cluster, controllerName, instance, {
    ...instance,
    metadata: { ...instance.metadata, finalizers: [] },
  });
  return undefined;
}

/** A guest that a test has told to ignore the power button goes only when its power is cut. */
function hangs(instance: KubeObject): boolean {
  return instance.metadata.annotations?.["lab/hangs"] === "true" && graceOf(instance) > 0;
}

function hasReason(instance: KubeObject, reason: string): boolean {
  return conditionsOf(instance).some(
    (condition) => condition.type === "Ready" && condition.reason === reason,
  );
}
