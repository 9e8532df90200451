import { timestamp } from "../clock";
import type { Cluster } from "../cluster";
import { writeStatusAs } from "../commit";
import type { JsonObject } from "../json";
import { objectAt, objectsAt, textAt } from "../json";
import { instanceKind, migrationKind } from "../kinds";
import type { KubeObject } from "../objects";
import { recordEvent } from "./cluster-events";
import { controllerName, phaseOf } from "./machine-facts";
import { placeInstance } from "./scheduling";

const steps = [
  "Pending",
  "Scheduling",
  "Scheduled",
  "PreparingTarget",
  "TargetReady",
  "Running",
  "Succeeded",
];
const stepMs = 500;
const retryMs = 2000;

export function migrationsOf(cluster: Cluster, namespace: string, instanceName: string): KubeObject[] {
  const all = cluster.store.list(migrationKind, namespace);
  return all.filter((migration) => textAt(migration.spec, "vmiName") === instanceName);
}

export function isUnderWay(migration: KubeObject): boolean {
  return !["Succeeded", "Failed"].includes(phaseOf(migration));
}

/** Moves running instances to another node, step by step; deleting a migration aborts it. */
export function startMigrations(cluster: Cluster): void {
  const advance = (object: KubeObject) => {
    const { namespace, name, uid } = object.metadata;
    const migration = cluster.store.get(migrationKind, namespace, name);
    if (!migration || migration.metadata.uid !== uid || !isUnderWay(migration)) return;
    cluster.clock.after(takeStep(cluster, migration), () => advance(object));
  };
  const begin = (migration: KubeObject) => cluster.clock.after(stepMs, () => advance(migration));
  cluster.store.onEvent(({ type, kind, object }) => {
    if (kind !== migrationKind) return;
    if (type === "ADDED") begin(object);
    if (type === "DELETED" && isUnderWay(object))
      noteState(cluster, object, { completed: true, failed: true, abortStatus: "Succeeded" });
  });
  for (const migration of cluster.store.list(migrationKind)) if (isUnderWay(migration)) begin(migration);
}

function takeStep(cluster: Cluster, migration: KubeObject): number {
  const instance = instanceOf(cluster, migration);
  if (phaseOf(instance) !== "Running" || !instance) return fail(cluster, migration, "VMI is not running");
  const phase = phaseOf(migration);
  if (phase === "Scheduling") return schedule(cluster, migration, instance);
  const next = steps[steps.indexOf(phase) + 1] ?? "Pending";
  if (next === "Running") noteState(cluster, migration, { startTimestamp: timestamp() });
  if (next === "Succeeded") finish(cluster, migration, instance);
  setPhase(cluster, migration, next);
  return stepMs;
}

/** Looks for a node other than the present one. */
function schedule(cluster: Cluster, migration: KubeObject, instance: KubeObject): number {
  const source = textAt(instance.status, "nodeName") ?? "";
  const selector = {
    ...objectAt(instance.spec, "nodeSelector"),
    ...objectAt(migration.spec, "addedNodeSelector"),
  };
  const target = { ...instance, spec: { ...instance.spec, nodeSelector: selector } };
  const placement = placeInstance(cluster, target, source);
  if ("message" in placement) {
    recordEvent(cluster, migration, {
      type: "Warning",
      reason: "FailedScheduling",
      message: placement.message,
    });
    return retryMs;
  }
  noteState(cluster, migration, {
    sourceNode: source,
    targetNode: placement.node,
    migrationUid: migration.metadata.uid,
    sourcePod: `virt-launcher-${instance.metadata.name}-source`,
    targetPod: `virt-launcher-${instance.metadata.name}-target`,
    mode: "PreCopy",
  });
  setPhase(cluster, migration, "Scheduled");
  return stepMs;
}

function finish(cluster: Cluster, migration: KubeObject, instance: KubeObject): void {
  const node = textAt(instance.status, "migrationState", "targetNode");
  noteState(
    cluster,
    migration,
    { endTimestamp: timestamp(), completed: true },
    node === undefined ? {} : { nodeName: node },
  );
  recordEvent(cluster, instance, {
    reason: "Migrated",
    message: `The VirtualMachineInstance migrated to node ${node ?? "unknown"}.`,
    component: "virt-handler",
  });
}

function fail(cluster: Cluster, migration: KubeObject, reason: string): number {
  noteState(cluster, migration, {
    endTimestamp: timestamp(),
    completed: true,
    failed: true,
    failureReason: reason,
  });
  setPhase(cluster, migration, "Failed");
  return 0;
}

/** Writes the state of the migration into the instance and into the migration itself. */
function noteState(cluster: Cluster, migration: KubeObject, change: JsonObject, more: JsonObject = {}): void {
  const instance = instanceOf(cluster, migration);
  if (!instance) return;
  const isOther = textAt(instance.status, "migrationState", "migrationUid") !== migration.metadata.uid;
  const known = isOther ? {} : objectAt(instance.status, "migrationState");
  const migrationState = { ...known, ...change };
  writeStatusAs(cluster, controllerName, instance, {
    ...instance.status,
    ...more,
    migrationState,
  });
  const current = cluster.store.get(migrationKind, migration.metadata.namespace, migration.metadata.name);
  if (current) writeStatusAs(cluster, controllerName, current, { ...current.status, migrationState });
}

function setPhase(cluster: Cluster, migration: KubeObject, phase: string): void {
  const current =
    cluster.store.get(migrationKind, migration.metadata.namespace, migration.metadata.name) ?? migration;
  const phaseTransitionTimestamps = [
    ...objectsAt(current.status, "phaseTransitionTimestamps"),
    { phase, phaseTransitionTimestamp: timestamp() },
  ];
  writeStatusAs(cluster, controllerName, current, {
    ...current.status,
    phase,
    phaseTransitionTimestamps,
  });
}

function instanceOf(cluster: Cluster, migration: KubeObject): KubeObject | undefined {
  return cluster.store.get(
    instanceKind,
    migration.metadata.namespace,
    textAt(migration.spec, "vmiName") ?? "",
  );
}
