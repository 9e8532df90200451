import { timestamp } from "../clock";
import type { Cluster } from "../cluster";
import { createAs, writeStatusAs } from "../commit";
import type { Json } from "../json";
import { objectAt, textAt } from "../json";
import { claimKind, dataVolumeKind, instanceKind } from "../kinds";
import type { Condition, KubeObject } from "../objects";
import { asJson, keyOf } from "../objects";
import { bindClaim, bindLoneClaim, claimFor, claimOf, importer, storageClassOf } from "./claims";
import { recordEvent } from "./cluster-events";
import { conditionsOf, phaseOf, volumesOf, withCondition } from "./machine-facts";

const stepMs = 300;
const progressMs = 200;
const progressStep = 12.5;

/** Fills data volumes: a claim first, then the import with its progress. */
export function startDataVolumes(cluster: Cluster): void {
  const advance = (namespace: string | undefined, name: string, uid: string) => {
    const volume = cluster.store.get(dataVolumeKind, namespace, name);
    if (!volume || volume.metadata.uid !== uid || volume.metadata.deletionTimestamp !== undefined) return;
    const delayMs = takeStep(cluster, volume);
    if (delayMs !== undefined) cluster.clock.after(delayMs, () => advance(namespace, name, uid));
  };
  const begin = (volume: KubeObject) => {
    const { namespace, name, uid } = volume.metadata;
    cluster.clock.after(stepMs, () => advance(namespace, name, uid));
  };
  cluster.store.onEvent((event) => {
    if (event.kind === dataVolumeKind && event.type === "ADDED") begin(event.object);
    if (event.kind === claimKind && event.type === "ADDED") bindLoneClaim(cluster, event.object);
  });
  for (const volume of cluster.store.list(dataVolumeKind)) if (phaseOf(volume) !== "Succeeded") begin(volume);
}

/** One move of a data volume; answers after how long the next one is due. */
function takeStep(cluster: Cluster, volume: KubeObject): number | undefined {
  const { active, scheduled } = phasesOf(volume);
  switch (phaseOf(volume)) {
    case "":
      return begin(cluster, volume);
    case "Pending":
      return leavePending(cluster, volume, scheduled);
    case "WaitForFirstConsumer":
      return hasConsumer(cluster, volume)
        ? move(cluster, volume, { phase: scheduled, delayMs: stepMs })
        : 500;
    case scheduled:
      return move(cluster, volume, { phase: active, delayMs: stepMs, progress: "0.00%" });
    case active:
      return fill(cluster, volume, active);
    default:
      return undefined;
  }
}

function phasesOf(volume: KubeObject): { scheduled: string; active: string } {
  const source = objectAt(volume.spec, "source");
  if (source["upload"] !== undefined) return { scheduled: "UploadScheduled", active: "UploadReady" };
  const isClone = source["pvc"] !== undefined || source["snapshot"] !== undefined;
  return isClone
    ? { scheduled: "CloneScheduled", active: "CloneInProgress" }
    : { scheduled: "ImportScheduled", active: "ImportInProgress" };
}

function begin(cluster: Cluster, volume: KubeObject): number | undefined {
  const { namespace, name } = volume.metadata;
  if (!cluster.store.get(claimKind, namespace, name)) createAs(cluster, importer, claimFor(cluster, volume));
  return move(cluster, volume, { phase: "Pending", delayMs: stepMs });
}

function leavePending(cluster: Cluster, volume: KubeObject, scheduled: string): number | undefined {
  const claim = claimOf(cluster, volume);
  const storageClass = claim && storageClassOf(cluster, textAt(claim.spec, "storageClassName"));
  if (!storageClass) {
    const className = claim && textAt(claim.spec, "storageClassName");
    const message =
      className === undefined
        ? "no storage class is set and no default one exists"
        : `storageclass.storage.k8s.io "${className}" not found`;
    setConditions(cluster, volume, [
      {
        type: "Bound",
        status: "False",
        reason: "Pending",
        message: `PVC ${volume.metadata.name} Pending: ${message}`,
      },
    ]);
    return 2000;
  }
  const waits = asJson(storageClass)["volumeBindingMode"] === "WaitForFirstConsumer";
  return move(cluster, volume, { phase: waits ? "WaitForFirstConsumer" : scheduled, delayMs: stepMs });
}

function fill(cluster: Cluster, volume: KubeObject, active: string): number | undefined {
  const claim = claimOf(cluster, volume);
  if (claim) bindClaim(cluster, claim);
  const failure = importFailure(volume);
  if (failure !== undefined) return failImport(cluster, volume, failure);
  // An upload waits for somebody to send the image.
  if (active === "UploadReady") return undefined;
  const done = Number.parseFloat(textAt(volume.status, "progress") ?? "0") + progressStep;
  const progress = `${done.toFixed(2)}%`;
  if (done < 100) return move(cluster, volume, { phase: active, delayMs: progressMs, progress });
  move(cluster, volume, { phase: "Succeeded", delayMs: 0, progress: "100.0%" });
  recordEvent(cluster, volume, {
    reason: "ImportSucceeded",
    message: `Successfully imported into PVC ${volume.metadata.name}`,
    component: "datavolume-import-controller",
  });
  return undefined;
}

function importFailure(volume: KubeObject): string | undefined {
  const source = objectAt(volume.spec, "source");
  const address = textAt(source, "http", "url") ?? textAt(source, "registry", "url") ?? "";
  if (!address.includes("broken")) return undefined;
  return source["http"] === undefined
    ? `Unable to connect to registry data source: reading manifest in ${address}: manifest unknown`
    : "Unable to connect to http data source: expected status code 200, got 404. Status: 404 Not Found";
}

function failImport(cluster: Cluster, volume: KubeObject, message: string): number {
  const restarts = Number(volume.status?.["restartCount"] ?? 0) + 1;
  const status = { ...volume.status, restartCount: restarts };
  const changed = writeStatusAs(cluster, importer, volume, status);
  setConditions(cluster, changed, [{ type: "Running", status: "False", reason: "Error", message }]);
  recordEvent(cluster, volume, {
    type: "Warning",
    reason: "Error",
    message,
    component: "datavolume-import-controller",
  });
  return Math.min(10_000 * restarts, 300_000);
}

interface Move {
  phase: string;
  progress?: string;
  delayMs: number;
}

function move(cluster: Cluster, volume: KubeObject, { phase, progress, delayMs }: Move): number {
  const isDone = phase === "Succeeded";
  const isActive = phase.endsWith("InProgress");
  const now = timestamp();
  let conditions = withCondition(
    conditionsOf(volume),
    { type: "Ready", status: isDone ? "True" : "False" },
    now,
  );
  const bound: Condition = {
    type: "Bound",
    status: isActive || isDone ? "True" : "False",
    reason: isActive || isDone ? "Bound" : "Pending",
  };
  conditions = withCondition(
    conditions,
    { ...bound, message: `PVC ${volume.metadata.name} ${bound.reason ?? ""}` },
    now,
  );
  const running: Condition = isDone
    ? { type: "Running", status: "False", reason: "Completed", message: "Import Complete" }
    : { type: "Running", status: isActive ? "True" : "False", ...(isActive && { reason: "Pod is running" }) };
  conditions = withCondition(conditions, running, now);
  writeStatusAs(cluster, importer, volume, {
    ...volume.status,
    phase,
    progress: progress ?? textAt(volume.status, "progress") ?? "N/A",
    claimName: volume.metadata.name,
    conditions: conditions.map((condition): Json => ({ ...condition })),
  });
  return delayMs;
}

function setConditions(cluster: Cluster, volume: KubeObject, changes: Condition[]): void {
  const now = timestamp();
  const conditions = changes.reduce((list, change) => withCondition(list, change, now), conditionsOf(volume));
  writeStatusAs(cluster, importer, volume, {
    ...volume.status,
    conditions: conditions.map((condition): Json => ({ ...condition })),
  });
}

function hasConsumer(cluster: Cluster, volume: KubeObject): boolean {
  const { namespace, name } = volume.metadata;
  return cluster.store
    .list(instanceKind, namespace)
    .some((instance) =>
      volumesOf(instance).some(
        (one) => keyOf(namespace, textAt(one, "dataVolume", "name") ?? "") === keyOf(namespace, name),
      ),
    );
}
