import type { Cluster } from "../cluster";
import { writeAs } from "../commit";
import { objectAt, valueAt } from "../json";
import { claimKind, dataVolumeKind } from "../kinds";
import type { KubeObject } from "../objects";
import { parseQuantity } from "../quantities";
import { importer, uploadTarget } from "./claims";
import { phaseOf } from "./machine-facts";
import { failWork, move, phasesOf, succeed, workOf } from "./volume-status";

const podPhase = "cdi.kubevirt.io/storage.pod.phase";
const podReady = "cdi.kubevirt.io/storage.pod.ready";

const podRestartMs = 1500;

interface ClaimName {
  namespace: string;
  name: string;
}

export type UploadState = "absent" | "no-target" | "starting" | "ready" | "done";

/** What the upload proxy reads off the claim before it lets a sender through. */
export function uploadState(cluster: Cluster, namespace: string, name: string): UploadState {
  const claim = cluster.store.get(claimKind, namespace, name);
  const annotations = claim?.metadata.annotations ?? {};
  if (!claim) return "absent";
  if (!(uploadTarget in annotations)) return "no-target";
  if (annotations[podPhase] === "Succeeded") return "done";
  return annotations[podReady] === "true" ? "ready" : "starting";
}

/** What of the claim an image may take up. */
export function availableBytes(cluster: Cluster, namespace: string, name: string): number {
  const claim = cluster.store.get(claimKind, namespace, name);
  const requests = objectAt(claim?.spec, "resources", "requests");
  return parseQuantity(valueAt(requests, "storage")) ?? Number.MAX_SAFE_INTEGER;
}

/** Keeps the upload server's state on the claim, where CDI keeps it. */
export function noteUploadPod(cluster: Cluster, claim: KubeObject, phase: string): void {
  const annotations = {
    ...claim.metadata.annotations,
    [uploadTarget]: "",
    [podPhase]: phase,
    [podReady]: String(phase === "Running"),
  };
  writeAs(cluster, importer, claim, { ...claim, metadata: { ...claim.metadata, annotations } });
}

export function finishUpload(cluster: Cluster, name: ClaimName): void {
  const volume = waitingVolume(cluster, name);
  const claim = cluster.store.get(claimKind, name.namespace, name.name);
  if (claim) noteUploadPod(cluster, claim, "Succeeded");
  if (volume) succeed(cluster, volume);
}

/** The upload server ends with an error, and another takes its place and waits for the image again. */
export function failUpload(cluster: Cluster, name: ClaimName, reason: string): void {
  const volume = waitingVolume(cluster, name);
  const claim = cluster.store.get(claimKind, name.namespace, name.name);
  if (!volume || !claim) return;
  noteUploadPod(cluster, claim, "Pending");
  failWork(cluster, volume, reason);
  cluster.clock.after(podRestartMs, () => {
    const current = waitingVolume(cluster, name);
    const target = cluster.store.get(claimKind, name.namespace, name.name);
    if (!current || !target) return;
    noteUploadPod(cluster, target, "Running");
    move(cluster, current, { phase: phasesOf(current).active, delayMs: 0, progress: "N/A" });
  });
}

export function noteUploadProgress(cluster: Cluster, name: ClaimName, percent: number): void {
  const volume = waitingVolume(cluster, name);
  if (volume)
    move(cluster, volume, { phase: phaseOf(volume), delayMs: 0, progress: `${percent.toFixed(2)}%` });
}

function waitingVolume(cluster: Cluster, { namespace, name }: ClaimName): KubeObject | undefined {
  const volume = cluster.store.get(dataVolumeKind, namespace, name);
  const isWaiting = volume && workOf(volume) === "Upload" && phaseOf(volume) !== "Succeeded";
  return isWaiting && volume.metadata.deletionTimestamp === undefined ? volume : undefined;
}
