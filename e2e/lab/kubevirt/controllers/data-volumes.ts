import type { Cluster } from "../cluster";
import { createAs } from "../commit";
import { objectAt, textAt } from "../json";
import { claimKind, dataVolumeKind, instanceKind } from "../kinds";
import type { KubeObject } from "../objects";
import { asJson, keyOf } from "../objects";
import { bindClaim, bindLoneClaim, claimFor, claimOf, growClaim, importer, storageClassOf } from "./claims";
import { isSourceWhole, requireCloneSource, sourceClaimOf } from "./clone-source";
import { phaseOf, volumesOf } from "./machine-facts";
import { noteUploadPod } from "./upload-volumes";
import {
  boundCondition,
  failWork,
  move,
  phasesOf,
  succeed,
  workOf,
  writeVolumeStatus,
} from "./volume-status";

const stepMs = 300;
const lookAgainMs = 500;
const bindNow = "cdi.kubevirt.io/storage.bind.immediate.requested";

/** Fills data volumes: a claim first, then the import, the clone or the wait for an upload. */
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
    if (event.kind === claimKind && event.type === "MODIFIED") growClaim(cluster, event.object);
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
      return claimOf(cluster, volume) ? leavePending(cluster, volume, scheduled) : begin(cluster, volume);
    case "WaitForFirstConsumer":
      return hasConsumer(cluster, volume)
        ? move(cluster, volume, { phase: scheduled, delayMs: stepMs })
        : lookAgainMs;
    case scheduled:
      return activate(cluster, volume, active);
    case active:
      return fill(cluster, volume, active);
    default:
      return undefined;
  }
}

function begin(cluster: Cluster, volume: KubeObject): number {
  if (!requireCloneSource(cluster, volume)) return lookAgainMs;
  const { namespace, name } = volume.metadata;
  const source = sourceClaimOf(cluster, volume);
  if (!cluster.store.get(claimKind, namespace, name))
    createAs(cluster, importer, claimFor(cluster, volume, source));
  return move(cluster, volume, { phase: "Pending", delayMs: stepMs });
}

function leavePending(cluster: Cluster, volume: KubeObject, scheduled: string): number {
  const claim = claimOf(cluster, volume);
  const storageClass = claim && storageClassOf(cluster, textAt(claim.spec, "storageClassName"));
  if (!storageClass) {
    const className = claim && textAt(claim.spec, "storageClassName");
    const message =
      className === undefined
        ? "no storage class is set and no default one exists"
        : `storageclass.storage.k8s.io "${className}" not found`;
    const about = `PVC ${volume.metadata.name} Pending: ${message}`;
    writeVolumeStatus(cluster, volume, { conditions: [boundCondition("Pending", about)] });
    return 2000;
  }
  const isLate = asJson(storageClass)["volumeBindingMode"] === "WaitForFirstConsumer";
  const waits = isLate && !(bindNow in (volume.metadata.annotations ?? {}));
  return move(cluster, volume, { phase: waits ? "WaitForFirstConsumer" : scheduled, delayMs: stepMs });
}

function activate(cluster: Cluster, volume: KubeObject, active: string): number {
  const work = workOf(volume);
  if (work === "Clone" && !isSourceWhole(cluster, volume)) return lookAgainMs;
  return move(cluster, volume, {
    phase: active,
    delayMs: stepMs,
    ...(work !== "Upload" && { progress: "0.00%" }),
  });
}

function fill(cluster: Cluster, volume: KubeObject, active: string): number | undefined {
  const claim = claimOf(cluster, volume);
  const bound = claim && bindClaim(cluster, claim);
  // An upload waits for somebody to send the image.
  if (workOf(volume) === "Upload") {
    if (bound) noteUploadPod(cluster, bound, "Running");
    return undefined;
  }
  const failure = importFailure(cluster, volume);
  if (failure !== undefined) return failWork(cluster, volume, failure);
  const done = Number.parseFloat(textAt(volume.status, "progress") ?? "0") + cluster.imports.stepPercent;
  const progress = `${done.toFixed(2)}%`;
  if (done < 100) return move(cluster, volume, { phase: active, delayMs: cluster.imports.stepMs, progress });
  succeed(cluster, volume);
  return undefined;
}

function importFailure(cluster: Cluster, volume: KubeObject): string | undefined {
  const source = objectAt(volume.spec, "source");
  const address = textAt(source, "http", "url") ?? textAt(source, "registry", "url");
  if (address === undefined) return undefined;
  const failure = cluster.imports.take(address);
  if (failure?.message !== undefined) return failure.message;
  if (!failure && !address.includes("broken")) return undefined;
  return source["http"] === undefined
    ? `Unable to connect to registry data source: reading manifest in ${address}: manifest unknown`
    : "Unable to connect to http data source: expected status code 200, got 404. Status: 404 Not Found";
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
