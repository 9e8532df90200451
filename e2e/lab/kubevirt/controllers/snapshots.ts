import { timestamp } from "../clock";
import type { Cluster } from "../cluster";
import { createAs, writeStatusAs } from "../commit";
import type { Json, JsonObject } from "../json";
import { textAt } from "../json";
import { claimKind, machineSnapshotKind, virtualMachineKind } from "../kinds";
import type { Condition, KubeObject } from "../objects";
import { ownerReferenceTo } from "../objects";
import {
  conditionsOf,
  controllerName,
  hasCondition,
  instanceOf,
  isLive,
  volumesOf,
  withCondition,
} from "./machine-facts";

const lookMs = 500;
const savingMs = 3_000;
const deadlineMs = 300_000;

/** Saves machines as they are; a machine that is being saved says so, and what was saved goes with its snapshot. */
export function startSnapshots(cluster: Cluster): void {
  const later = (ms: number, snapshot: KubeObject, run: (live: KubeObject) => void) =>
    cluster.clock.after(ms, () => {
      const { namespace, name, uid } = snapshot.metadata;
      const live = cluster.store.get(machineSnapshotKind, namespace, name);
      if (live?.metadata.uid === uid && live.metadata.deletionTimestamp === undefined) run(live);
    });
  const look = (snapshot: KubeObject, waitedMs: number) => {
    if (waitedMs >= deadlineMs) return fail(cluster, snapshot, "snapshot deadline exceeded");
    const vm = sourceOf(cluster, snapshot);
    if (!vm) {
      progress(cluster, snapshot, { reason: "Source does not exist", isMoving: false });
      return later(lookMs, snapshot, (live) => look(live, waitedMs + lookMs));
    }
    progress(cluster, snapshot, { reason: "Source locked and operation in progress", isMoving: true, vm });
    holdMachine(cluster, vm, "snapshotInProgress", snapshot.metadata.name);
    later(savingMs, snapshot, (live) => save(cluster, live));
  };
  const begin = (snapshot: KubeObject) => later(lookMs, snapshot, (live) => look(live, 0));
  cluster.store.onEvent((event) => {
    if (event.kind !== machineSnapshotKind) return;
    if (event.type === "ADDED") begin(event.object);
    if (event.type === "DELETED") release(cluster, event.object);
  });
  for (const one of cluster.store.list(machineSnapshotKind)) if (!isOver(one)) begin(one);
}

export function sourceOf(cluster: Cluster, snapshot: KubeObject): KubeObject | undefined {
  const name = textAt(snapshot.spec, "source", "name") ?? "";
  return cluster.store.get(virtualMachineKind, snapshot.metadata.namespace, name);
}

/** Writes, or takes away, what keeps everybody else off the machine. */
export function holdMachine(
  cluster: Cluster,
  vm: KubeObject,
  field: "snapshotInProgress" | "restoreInProgress",
  holder: string | undefined,
): void {
  const { [field]: _, ...rest } = vm.status ?? {};
  writeStatusAs(cluster, controllerName, vm, holder === undefined ? rest : { ...rest, [field]: holder });
}

/** The two conditions of snapshots and restores; the sentence is their reason. */
export function conditionsWith(object: KubeObject, written: Condition[]): Json[] {
  const now = timestamp();
  return written
    .reduce((list, condition) => withCondition(list, condition, now), conditionsOf(object))
    .map((condition) => ({ ...condition }));
}

function isOver(snapshot: KubeObject): boolean {
  return ["Succeeded", "Failed"].includes(textAt(snapshot.status, "phase") ?? "");
}

function progress(
  cluster: Cluster,
  snapshot: KubeObject,
  { reason, isMoving, vm }: { reason: string; isMoving: boolean; vm?: KubeObject },
): void {
  writeStatusAs(cluster, controllerName, snapshot, {
    ...snapshot.status,
    phase: "InProgress",
    readyToUse: false,
    ...(vm && { sourceUID: vm.metadata.uid }),
    conditions: conditionsWith(snapshot, [
      { type: "Progressing", status: isMoving ? "True" : "False", reason },
      { type: "Ready", status: "False", reason: "Not ready" },
    ]),
  });
}

function fail(cluster: Cluster, snapshot: KubeObject, message: string): void {
  const vm = sourceOf(cluster, snapshot);
  if (vm) release(cluster, snapshot);
  writeStatusAs(cluster, controllerName, snapshot, {
    ...snapshot.status,
    phase: "Failed",
    readyToUse: false,
    error: { message, time: timestamp() },
    conditions: conditionsWith(snapshot, [
      { type: "Failure", status: "True", reason: message },
      { type: "Progressing", status: "False", reason: message },
    ]),
  });
}

function save(cluster: Cluster, snapshot: KubeObject): void {
  const vm = sourceOf(cluster, snapshot);
  if (!vm) return fail(cluster, snapshot, "Source does not exist");
  const content = createAs(cluster, controllerName, contentOf(cluster, snapshot, vm));
  const indications = indicationsOf(cluster, vm);
  writeStatusAs(cluster, controllerName, snapshot, {
    ...snapshot.status,
    phase: "Succeeded",
    readyToUse: true,
    creationTime: timestamp(),
    virtualMachineSnapshotContentName: content.metadata.name,
    indications,
    sourceIndications: indications.map((indication) => ({ indication, message: indication })),
    snapshotVolumes: { includedVolumes: savedVolumesOf(vm) },
    conditions: conditionsWith(snapshot, [
      { type: "Progressing", status: "False", reason: "Operation complete" },
      { type: "Ready", status: "True", reason: "Ready" },
    ]),
  });
  release(cluster, snapshot);
}

function savedVolumesOf(vm: KubeObject): string[] {
  const saved = volumesOf(vm).filter((volume) => savedClaim(volume) !== undefined);
  return saved.map((volume) => textAt(volume, "name") ?? "");
}

function indicationsOf(cluster: Cluster, vm: KubeObject): string[] {
  const instance = instanceOf(cluster, vm);
  if (!isLive(instance)) return [];
  return ["Online", hasCondition(instance, "AgentConnected") ? "GuestAgent" : "NoGuestAgent"];
}

function contentOf(cluster: Cluster, snapshot: KubeObject, vm: KubeObject) {
  const { namespace = "default", name, uid } = snapshot.metadata;
  const { labels, annotations } = vm.metadata;
  const saved = { metadata: { name: vm.metadata.name, labels, annotations }, spec: vm.spec };
  const volumeBackups: JsonObject[] = volumesOf(vm).flatMap((volume) => {
    const claim = cluster.store.get(claimKind, namespace, savedClaim(volume) ?? "");
    if (!claim) return [];
    const volumeName = textAt(volume, "name") ?? "";
    return {
      volumeName,
      persistentVolumeClaim: { metadata: { name: claim.metadata.name }, spec: claim.spec ?? {} },
      volumeSnapshotName: `vmsnapshot-${uid}-volume-${volumeName}`,
    };
  });
  return {
    apiVersion: "snapshot.kubevirt.io/v1beta1",
    kind: "VirtualMachineSnapshotContent",
    metadata: { name: `vmsnapshot-content-${uid}`, namespace, ownerReferences: [ownerReferenceTo(snapshot)] },
    // A copy without undefined members.
    spec: {
      source: { virtualMachine: JSON.parse(JSON.stringify(saved)) },
      virtualMachineSnapshotName: name,
      volumeBackups,
    },
  };
}

/** The claim behind a volume that can be saved. */
export function savedClaim(volume: JsonObject): string | undefined {
  return textAt(volume, "dataVolume", "name") ?? textAt(volume, "persistentVolumeClaim", "claimName");
}

function release(cluster: Cluster, snapshot: KubeObject): void {
  const vm = sourceOf(cluster, snapshot);
  if (vm && textAt(vm.status, "snapshotInProgress") === snapshot.metadata.name)
    holdMachine(cluster, vm, "snapshotInProgress", undefined);
}
