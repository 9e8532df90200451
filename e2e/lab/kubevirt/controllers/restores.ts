import { timestamp } from "../clock";
import type { Cluster } from "../cluster";
import { createAs, deleteObject, writeAs, writeStatusAs } from "../commit";
import type { Json, JsonObject } from "../json";
import { objectAt, objectsAt, textAt, valueAt } from "../json";
import {
  dataVolumeKind,
  machineRestoreKind,
  machineSnapshotKind,
  snapshotContentKind,
  virtualMachineKind,
} from "../kinds";
import type { KubeObject } from "../objects";
import { ownerReferenceTo } from "../objects";
import { bindClaim, claimFor, importer } from "./claims";
import { conditionOf, controllerName, instanceOf, runStrategyOf } from "./machine-facts";
import { conditionsWith, holdMachine } from "./snapshots";

const lookMs = 500;
const stepMs = 1_500;
const graceMs = 300_000;
const waiting =
  "Waiting for target VM to be powered off. Please stop the restore target to proceed with restore, or the operation will fail after 5m0s";

/** Takes stopped machines back to what was saved: new volumes first, then the machine that names them. */
export function startRestores(cluster: Cluster): void {
  const later = (ms: number, restore: KubeObject, run: (live: KubeObject) => void) =>
    cluster.clock.after(ms, () => {
      const { namespace, name, uid } = restore.metadata;
      const live = cluster.store.get(machineRestoreKind, namespace, name);
      if (live?.metadata.uid === uid && live.metadata.deletionTimestamp === undefined) run(live);
    });
  const look = (restore: KubeObject, waitedMs: number) => {
    const vm = targetOf(cluster, restore);
    if (waitedMs >= graceMs) return fail(cluster, restore, "Operation failed: target VM is not powered off");
    if (!vm || !savedMachine(cluster, restore) || isPowered(cluster, vm)) {
      report(
        cluster,
        restore,
        vm && isPowered(cluster, vm) ? waiting : "VirtualMachineSnapshot not ready",
        false,
      );
      return later(lookMs, restore, (live) => look(live, waitedMs + lookMs));
    }
    holdMachine(cluster, vm, "restoreInProgress", restore.metadata.name);
    report(cluster, restore, "Creating new PVCs", true);
    later(stepMs, restore, (live) => bringBack(cluster, live));
  };
  const begin = (restore: KubeObject) => later(lookMs, restore, (live) => look(live, 0));
  cluster.store.onEvent((event) => {
    if (event.kind !== machineRestoreKind) return;
    if (event.type === "ADDED") begin(event.object);
    if (event.type === "DELETED") release(cluster, event.object);
  });
  for (const one of cluster.store.list(machineRestoreKind)) if (!isOver(one)) begin(one);
}

function targetOf(cluster: Cluster, restore: KubeObject): KubeObject | undefined {
  const name = textAt(restore.spec, "target", "name") ?? "";
  return cluster.store.get(virtualMachineKind, restore.metadata.namespace, name);
}

function isOver(restore: KubeObject): boolean {
  return valueAt(restore.status, "complete") === true || conditionOf(restore, "Failure")?.status === "True";
}

function isPowered(cluster: Cluster, vm: KubeObject): boolean {
  return instanceOf(cluster, vm) !== undefined || runStrategyOf(vm) === "Always";
}

function savedMachine(cluster: Cluster, restore: KubeObject): KubeObject | undefined {
  const { namespace } = restore.metadata;
  const name = textAt(restore.spec, "virtualMachineSnapshotName") ?? "";
  const snapshot = cluster.store.get(machineSnapshotKind, namespace, name);
  if (!snapshot || valueAt(snapshot.status, "readyToUse") !== true) return undefined;
  const content = textAt(snapshot.status, "virtualMachineSnapshotContentName") ?? "";
  return cluster.store.get(snapshotContentKind, namespace, content);
}

function report(cluster: Cluster, restore: KubeObject, reason: string, isMoving: boolean): void {
  writeStatusAs(cluster, controllerName, restore, {
    ...restore.status,
    complete: false,
    conditions: conditionsWith(restore, [
      { type: "Progressing", status: isMoving ? "True" : "False", reason },
      { type: "Ready", status: "False", reason },
    ]),
  });
}

function fail(cluster: Cluster, restore: KubeObject, reason: string): void {
  release(cluster, restore);
  writeStatusAs(cluster, controllerName, restore, {
    ...restore.status,
    complete: false,
    conditions: conditionsWith(restore, [
      { type: "Failure", status: "True", reason },
      { type: "Progressing", status: "False", reason },
    ]),
  });
}

export interface NewVolume {
  volumeName: string;
  before: string;
  after: string;
}

function bringBack(cluster: Cluster, restore: KubeObject): void {
  const vm = targetOf(cluster, restore);
  const content = savedMachine(cluster, restore);
  if (!vm || !content) return fail(cluster, restore, "VirtualMachineSnapshot not ready");
  const spec = objectAt(content.spec, "source", "virtualMachine", "spec");
  const volumes = objectsAt(content.spec, "volumeBackups").map((backup): NewVolume => {
    const volumeName = textAt(backup, "volumeName") ?? "";
    const before = textAt(backup, "persistentVolumeClaim", "metadata", "name") ?? "";
    return { volumeName, before, after: `restore-${restore.metadata.uid}-${volumeName}` };
  });
  report(cluster, restore, "Updating target spec", true);
  const used = objectsAt(vm.spec, "dataVolumeTemplates").map((one) => textAt(one, "metadata", "name") ?? "");
  for (const volume of volumes) makeVolume(cluster, { vm, content, volume });
  const live = cluster.store.get(virtualMachineKind, vm.metadata.namespace, vm.metadata.name) ?? vm;
  const annotations = {
    ...live.metadata.annotations,
    "restore.kubevirt.io/lastRestoreUID": `${restore.metadata.name}-${restore.metadata.uid}`,
  };
  const next = { ...withVolumes(spec, volumes), runStrategy: live.spec?.["runStrategy"] ?? "Halted" };
  writeAs(cluster, controllerName, live, {
    ...live,
    metadata: { ...live.metadata, annotations },
    spec: next,
  });
  const gone = used.filter((name) => removeVolume(cluster, vm.metadata.namespace, name));
  complete(cluster, restore, volumes, gone);
}

export function makeVolume(
  cluster: Cluster,
  { vm, content, volume }: { vm: KubeObject; content: KubeObject; volume: NewVolume },
): void {
  const { namespace = "default" } = vm.metadata;
  const templates = objectsAt(content.spec, "source", "virtualMachine", "spec", "dataVolumeTemplates");
  const template = templates.find((one) => textAt(one, "metadata", "name") === volume.before);
  const saved = objectsAt(content.spec, "volumeBackups").find(
    (one) => textAt(one, "volumeName") === volume.volumeName,
  );
  const claimed = objectAt(saved, "persistentVolumeClaim", "spec");
  const draft = createAs(cluster, controllerName, {
    apiVersion: "cdi.kubevirt.io/v1beta1",
    kind: "DataVolume",
    metadata: {
      name: volume.after,
      namespace,
      annotations: { "cdi.kubevirt.io/storage.prePopulated": volume.after },
      ownerReferences: [ownerReferenceTo(vm)],
    },
    spec: template ? objectAt(template, "spec") : { source: { blank: {} }, storage: {} },
  });
  const { accessModes, volumeMode, resources, storageClassName } = claimed;
  const claim = claimFor(cluster, draft);
  const spec = { ...(claim["spec"] as JsonObject), accessModes, volumeMode, resources, storageClassName };
  bindClaim(cluster, createAs(cluster, importer, { ...claim, spec }));
  writeStatusAs(cluster, importer, draft, {
    phase: "Succeeded",
    progress: "100.0%",
    claimName: volume.after,
  });
}

export function withVolumes(spec: JsonObject, volumes: NewVolume[]): JsonObject {
  const afterOf = (name: string | undefined) => volumes.find(({ before }) => before === name)?.after;
  const dataVolumeTemplates = objectsAt(spec, "dataVolumeTemplates").map((one): Json => {
    const name = afterOf(textAt(one, "metadata", "name"));
    return name === undefined ? one : { ...one, metadata: { ...objectAt(one, "metadata"), name } };
  });
  const template = objectAt(spec, "template");
  const inner = objectAt(template, "spec");
  const renamed = objectsAt(inner, "volumes").map((one): Json => {
    const name = afterOf(textAt(one, "dataVolume", "name"));
    return name === undefined ? one : { ...one, dataVolume: { ...objectAt(one, "dataVolume"), name } };
  });
  return {
    ...spec,
    ...(dataVolumeTemplates.length > 0 && { dataVolumeTemplates }),
    template: { ...template, spec: { ...inner, volumes: renamed } },
  };
}

function removeVolume(cluster: Cluster, namespace: string | undefined, name: string): boolean {
  const found = cluster.store.get(dataVolumeKind, namespace, name);
  if (found) deleteObject(cluster, dataVolumeKind, found);
  return found !== undefined;
}

function complete(cluster: Cluster, restore: KubeObject, volumes: NewVolume[], gone: string[]): void {
  const live = cluster.store.get(machineRestoreKind, restore.metadata.namespace, restore.metadata.name);
  if (!live) return;
  release(cluster, live);
  writeStatusAs(cluster, controllerName, live, {
    ...live.status,
    complete: true,
    restoreTime: timestamp(),
    restores: volumes.map(({ volumeName, after }) => ({
      volumeName,
      persistentVolumeClaim: after,
      dataVolumeName: after,
    })),
    deletedDataVolumes: gone,
    conditions: conditionsWith(live, [
      { type: "Progressing", status: "False", reason: "Operation complete" },
      { type: "Ready", status: "True", reason: "Operation complete" },
    ]),
  });
}

function release(cluster: Cluster, restore: KubeObject): void {
  const vm = targetOf(cluster, restore);
  if (vm && textAt(vm.status, "restoreInProgress") === restore.metadata.name)
    holdMachine(cluster, vm, "restoreInProgress", undefined);
}
