import type { Cluster } from "../cluster";
import { writeStatusAs } from "../commit";
import type { JsonObject } from "../json";
import { objectsAt, textAt, valueAt } from "../json";
import { claimKind, instanceKind } from "../kinds";
import type { KubeObject } from "../objects";
import { keyOf } from "../objects";
import { phaseOf, volumesOf } from "./machine-facts";
import { createReconcileQueue } from "./reconcile-queue";

const handler = "virt-handler";
const stepMs = 400;
const phases = ["Bound", "AttachedToNode", "MountedToPod", "Ready"];
const reasons: Record<string, string> = {
  Bound: "PVC is in phase Bound",
  AttachedToNode: "Created hotplug attachment pod",
  MountedToPod: "Volume has been mounted in virt-launcher pod",
  Ready: "Successfully attach hotplugged volume to VM",
};

/** Carries a disk that was plugged in or out of a running instance through its phases. */
export function startHotplug(cluster: Cluster): void {
  const enqueue = createReconcileQueue((key) => {
    const [namespace = "", name = ""] = key.split("/");
    const instance = cluster.store.get(instanceKind, namespace, name);
    if (instance && phaseOf(instance) === "Running" && !waiting.has(key) && needsStep(instance)) {
      waiting.add(key);
      cluster.clock.after(stepMs, () => {
        waiting.delete(key);
        const current = cluster.store.get(instanceKind, namespace, name);
        if (current && phaseOf(current) === "Running" && needsStep(current)) takeStep(cluster, current);
        enqueue(key);
      });
    }
  });
  const waiting = new Set<string>();
  cluster.store.onEvent(({ type, kind, object }) => {
    if (kind === instanceKind && type !== "DELETED")
      enqueue(keyOf(object.metadata.namespace, object.metadata.name));
  });
}

function pluggedIn(instance: KubeObject): JsonObject[] {
  return volumesOf(instance).filter(
    (volume) =>
      valueAt(volume, "dataVolume", "hotpluggable") === true ||
      valueAt(volume, "persistentVolumeClaim", "hotpluggable") === true,
  );
}

function statusesOf(instance: KubeObject): JsonObject[] {
  return objectsAt(instance.status, "volumeStatus");
}

function isGone(instance: KubeObject, status: JsonObject): boolean {
  const isPlugged = status["hotplugVolume"] !== undefined;
  return isPlugged && !volumesOf(instance).some((volume) => volume["name"] === status["name"]);
}

function needsStep(instance: KubeObject): boolean {
  const statuses = statusesOf(instance);
  const isUnready = pluggedIn(instance).some(
    (volume) => statuses.find((status) => status["name"] === volume["name"])?.["phase"] !== "Ready",
  );
  return isUnready || statuses.some((status) => isGone(instance, status));
}

function takeStep(cluster: Cluster, instance: KubeObject): void {
  const kept = statusesOf(instance).flatMap((status) => {
    if (!isGone(instance, status)) return [status];
    return status["phase"] === "UnMountedFromPod"
      ? []
      : [{ ...status, phase: status["phase"] === "Detaching" ? "UnMountedFromPod" : "Detaching" }];
  });
  const volumeStatus = [...kept];
  for (const volume of pluggedIn(instance)) {
    const at = volumeStatus.findIndex((status) => status["name"] === volume["name"]);
    const next = nextStatus(cluster, instance, volume, {
      before: volumeStatus[at],
      position: volumeStatus.length,
    });
    if (at === -1) volumeStatus.push(next);
    else volumeStatus[at] = next;
  }
  writeStatusAs(cluster, handler, instance, { ...instance.status, volumeStatus });
}

function nextStatus(
  cluster: Cluster,
  instance: KubeObject,
  volume: JsonObject,
  { before, position }: { before: JsonObject | undefined; position: number },
): JsonObject {
  const claimName =
    textAt(volume, "dataVolume", "name") ?? textAt(volume, "persistentVolumeClaim", "claimName") ?? "";
  const name = textAt(volume, "name") ?? "";
  const claim = cluster.store.get(claimKind, instance.metadata.namespace, claimName);
  if (before?.["phase"] === "Ready") return before;
  if (!claim) {
    const message = `PVC ${claimName} not found`;
    return { name, target: "", phase: "Pending", reason: "FailedPvcNotFound", message, hotplugVolume: {} };
  }
  const phase = phases[phases.indexOf(textAt(before, "phase") ?? "") + 1] ?? "Ready";
  return {
    name,
    target: phase === "Ready" ? `sd${String.fromCharCode(96 + position)}` : "",
    phase,
    reason: phase === "Ready" ? "VolumeReady" : phase,
    message: `${reasons[phase] ?? ""} ${name}`.trim(),
    hotplugVolume: {
      attachPodName: `hp-volume-${instance.metadata.uid.slice(0, 5)}`,
      attachPodUID: instance.metadata.uid,
    },
    persistentVolumeClaimInfo: { claimName },
  };
}
