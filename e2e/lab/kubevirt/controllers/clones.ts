import { randomUUID } from "node:crypto";
import type { Cluster } from "../cluster";
import { createAs, deleteObject, writeStatusAs } from "../commit";
import type { Json, JsonObject } from "../json";
import { objectAt, objectsAt, textAt, valueAt } from "../json";
import { machineCloneKind, machineSnapshotKind, snapshotContentKind, virtualMachineKind } from "../kinds";
import type { KubeObject } from "../objects";
import { ownerReferenceTo } from "../objects";
import { jsonPatch } from "../patch";
import { controllerName } from "./machine-facts";
import { makeVolume, withVolumes, type NewVolume } from "./restores";
import { conditionsWith } from "./snapshots";

const lookMs = 500;
const stepMs = 1_500;

/** Copies machines: what is saved of one becomes another, which rests under a name of its own. */
export function startClones(cluster: Cluster): void {
  const later = (ms: number, clone: KubeObject, run: (live: KubeObject) => void) =>
    cluster.clock.after(ms, () => {
      const { namespace, name, uid } = clone.metadata;
      const live = cluster.store.get(machineCloneKind, namespace, name);
      if (live?.metadata.uid === uid && live.metadata.deletionTimestamp === undefined) run(live);
    });
  const look = (clone: KubeObject) => {
    const snapshot = snapshotOf(cluster, clone) ?? saveSource(cluster, clone);
    if (textAt(snapshot.status, "phase") === "Failed") return fail(cluster, clone, "Snapshot failed");
    if (valueAt(snapshot.status, "readyToUse") !== true) {
      report(cluster, clone, "SnapshotInProgress", { snapshotName: snapshot.metadata.name });
      return later(lookMs, clone, look);
    }
    report(cluster, clone, "RestoreInProgress", { snapshotName: snapshot.metadata.name });
    later(stepMs, clone, (live) => makeCopy(cluster, live, snapshot));
  };
  const begin = (clone: KubeObject) => later(lookMs, clone, look);
  cluster.store.onEvent((event) => {
    if (event.kind === machineCloneKind && event.type === "ADDED") begin(event.object);
  });
  for (const one of cluster.store.list(machineCloneKind)) if (!isOver(one)) begin(one);
}

function isOver(clone: KubeObject): boolean {
  return ["Succeeded", "Failed"].includes(textAt(clone.status, "phase") ?? "");
}

function snapshotName({ metadata }: KubeObject): string {
  return `tmp-snapshot-${metadata.uid}`;
}

function snapshotOf(cluster: Cluster, clone: KubeObject): KubeObject | undefined {
  return cluster.store.get(machineSnapshotKind, clone.metadata.namespace, snapshotName(clone));
}

function saveSource(cluster: Cluster, clone: KubeObject): KubeObject {
  const { namespace = "default" } = clone.metadata;
  return createAs(cluster, controllerName, {
    apiVersion: "snapshot.kubevirt.io/v1beta1",
    kind: "VirtualMachineSnapshot",
    metadata: { name: snapshotName(clone), namespace, ownerReferences: [ownerReferenceTo(clone)] },
    spec: { source: objectAt(clone.spec, "source") },
  });
}

function report(cluster: Cluster, clone: KubeObject, phase: string, more: JsonObject): void {
  const isMoving = phase !== "Succeeded" && phase !== "Failed";
  const reason = isMoving ? "Still processing" : "Ready";
  writeStatusAs(cluster, controllerName, clone, {
    ...clone.status,
    ...more,
    phase,
    conditions: conditionsWith(clone, [
      { type: "Progressing", status: isMoving ? "True" : "False", reason },
      { type: "Ready", status: phase === "Succeeded" ? "True" : "False", reason },
    ]),
  });
}

function fail(cluster: Cluster, clone: KubeObject, reason: string): void {
  writeStatusAs(cluster, controllerName, clone, {
    ...clone.status,
    phase: "Failed",
    conditions: conditionsWith(clone, [
      { type: "Progressing", status: "False", reason },
      { type: "Ready", status: "False", reason },
    ]),
  });
}

function makeCopy(cluster: Cluster, clone: KubeObject, snapshot: KubeObject): void {
  const { namespace = "default" } = clone.metadata;
  const name = textAt(clone.spec, "target", "name") ?? `clone-${clone.metadata.uid}`;
  const contentName = textAt(snapshot.status, "virtualMachineSnapshotContentName") ?? "";
  const content = cluster.store.get(snapshotContentKind, namespace, contentName);
  if (!content) return fail(cluster, clone, "VirtualMachineSnapshot not ready");
  if (cluster.store.get(virtualMachineKind, namespace, name))
    return fail(cluster, clone, `VirtualMachine "${name}" already exists`);
  const volumes = objectsAt(content.spec, "volumeBackups").map((backup): NewVolume => {
    const volumeName = textAt(backup, "volumeName") ?? "";
    const before = textAt(backup, "persistentVolumeClaim", "metadata", "name") ?? "";
    return { volumeName, before, after: `restore-${clone.metadata.uid}-${volumeName}` };
  });
  const saved = objectAt(content.spec, "source", "virtualMachine");
  const vm = createAs(cluster, controllerName, draftOf(clone, saved, { name, namespace, volumes }));
  for (const volume of volumes) makeVolume(cluster, { vm, content, volume });
  deleteObject(cluster, machineSnapshotKind, snapshot);
  const { snapshotName: _, ...status } = clone.status ?? {};
  report(cluster, { ...clone, status }, "Succeeded", { targetName: name });
}

interface Copy {
  name: string;
  namespace: string;
  volumes: NewVolume[];
}

function draftOf(clone: KubeObject, saved: JsonObject, { name, namespace, volumes }: Copy) {
  const source = objectAt(saved, "metadata");
  const spec = { ...withVolumes(objectAt(saved, "spec"), volumes), runStrategy: "Halted" };
  const template = objectAt(spec, "template");
  const filters = (...path: string[]) => filtersAt(clone, ...path);
  const templateMetadata = objectAt(template, "metadata");
  const metadata = {
    ...templateMetadata,
    labels: filtered(objectAt(templateMetadata, "labels"), filters("template", "labelFilters")),
    annotations: filtered(
      objectAt(templateMetadata, "annotations"),
      filters("template", "annotationFilters"),
    ),
  };
  const inner = withOwnIdentity(objectAt(template, "spec"));
  const draft: JsonObject = {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: {
      name,
      namespace,
      labels: filtered(objectAt(source, "labels"), filters("labelFilters")),
      annotations: filtered(objectAt(source, "annotations"), filters("annotationFilters")),
    },
    spec: { ...spec, template: { ...template, metadata, spec: inner } },
  };
  const patches = listAt(clone, "patches").map((patch): Json => JSON.parse(patch));
  // A patch of a machine leaves a machine.
  return jsonPatch(draft, patches) as unknown as Parameters<typeof createAs>[2];
}

/** Addresses and serials are the copy's own. */
function withOwnIdentity(spec: JsonObject): JsonObject {
  const domain = objectAt(spec, "domain");
  const devices = objectAt(domain, "devices");
  const interfaces = objectsAt(devices, "interfaces").map(({ macAddress: _, ...rest }): Json => rest);
  const firmware = { ...objectAt(domain, "firmware"), uuid: randomUUID(), serial: randomUUID() };
  return { ...spec, domain: { ...domain, firmware, devices: { ...devices, interfaces } } };
}

function listAt(clone: KubeObject, ...path: string[]): string[] {
  const list = valueAt(clone.spec, ...path);
  return Array.isArray(list) ? list.filter((one) => typeof one === "string") : [];
}

function filtersAt(clone: KubeObject, ...path: string[]): string[] {
  const list = listAt(clone, ...path);
  return list.length === 0 ? ["*"] : list;
}

/** The last filter that speaks of a key decides about it; "!" keeps it out. */
function filtered(members: JsonObject, filters: string[]): JsonObject {
  const passes = (key: string) =>
    filters.reduce((isIn, filter) => {
      const isOut = filter.startsWith("!");
      const pattern = isOut ? filter.slice(1) : filter;
      const speaks = pattern.endsWith("*") ? key.startsWith(pattern.slice(0, -1)) : key === pattern;
      return speaks ? !isOut : isIn;
    }, false);
  return Object.fromEntries(Object.entries(members).filter(([key]) => passes(key)));
}
