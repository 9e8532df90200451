import { timestamp } from "../clock";
import type { Cluster } from "../cluster";
import { writeStatusAs } from "../commit";
import type { Json } from "../json";
import { objectAt, textAt } from "../json";
import type { Condition, KubeObject } from "../objects";
import { importer } from "./claims";
import { recordEvent } from "./cluster-events";
import { conditionsOf, withCondition } from "./machine-facts";

export type VolumeWork = "Import" | "Upload" | "Clone";

/** What CDI has to do to fill a data volume; its names for phases, events and conditions follow from it. */
export function workOf(volume: KubeObject): VolumeWork {
  const source = objectAt(volume.spec, "source");
  if (source["upload"] !== undefined) return "Upload";
  return source["pvc"] !== undefined || source["snapshot"] !== undefined ? "Clone" : "Import";
}

export function phasesOf(volume: KubeObject): { scheduled: string; active: string } {
  const work = workOf(volume);
  return { scheduled: `${work}Scheduled`, active: work === "Upload" ? "UploadReady" : `${work}InProgress` };
}

export interface Move {
  phase: string;
  progress?: string;
  delayMs: number;
}

/** Writes a phase with the conditions that go with it; answers the delay it was given. */
export function move(cluster: Cluster, volume: KubeObject, { phase, progress, delayMs }: Move): number {
  const isDone = phase === "Succeeded";
  const isActive = phase === phasesOf(volume).active;
  const { name } = volume.metadata;
  const bound = isActive || isDone ? "Bound" : "Pending";
  const conditions = [
    readyCondition(isDone, isActive),
    boundCondition(bound, `PVC ${name} ${bound}`),
    runningCondition(workOf(volume), isDone, isActive),
  ];
  const shown = progress ?? textAt(volume.status, "progress") ?? "N/A";
  writeVolumeStatus(cluster, volume, { conditions, phase, progress: shown, claimName: name });
  return delayMs;
}

export function boundCondition(reason: "Bound" | "Pending", message: string): Condition {
  return { type: "Bound", status: reason === "Bound" ? "True" : "False", reason, message };
}

function readyCondition(isDone: boolean, isActive: boolean): Condition {
  return {
    type: "Ready",
    status: isDone ? "True" : "False",
    ...(isActive && { reason: "TransferRunning" }),
  };
}

function runningCondition(work: VolumeWork, isDone: boolean, isActive: boolean): Condition {
  if (isDone) return { type: "Running", status: "False", reason: "Completed", message: `${work} Complete` };
  return {
    type: "Running",
    status: isActive ? "True" : "False",
    ...(isActive && { reason: "Pod is running" }),
  };
}

/** Sets these conditions and members of the status, and keeps the others. */
export function writeVolumeStatus(
  cluster: Cluster,
  volume: KubeObject,
  change: {
    conditions: Condition[];
    phase?: string;
    progress?: string;
    claimName?: string;
    restartCount?: number;
  },
): void {
  const { conditions: changes, ...members } = change;
  const now = timestamp();
  const conditions = changes.reduce((list, next) => withCondition(list, next, now), conditionsOf(volume));
  writeStatusAs(cluster, importer, volume, {
    ...volume.status,
    ...members,
    conditions: conditions.map((condition): Json => ({ ...condition })),
  });
}

/** The worker pod ended with an error and is started again, later each time. */
export function failWork(cluster: Cluster, volume: KubeObject, message: string): number {
  const restarts = Number(volume.status?.["restartCount"] ?? 0) + 1;
  const running: Condition = { type: "Running", status: "False", reason: "Error", message };
  writeVolumeStatus(cluster, volume, { conditions: [running], restartCount: restarts });
  recordEvent(cluster, volume, {
    type: "Warning",
    reason: "Error",
    message,
    component: componentOf(volume),
  });
  return Math.min(10_000 * restarts, 300_000);
}

const successes: Record<VolumeWork, [reason: string, message: string]> = {
  Import: ["ImportSucceeded", "Successfully imported into PVC"],
  Upload: ["UploadSucceeded", "Successfully uploaded into"],
  Clone: ["CloneSucceeded", "Successfully cloned into"],
};

export function succeed(cluster: Cluster, volume: KubeObject): void {
  const work = workOf(volume);
  // The upload controller never learns how far its upload server is.
  const progress = work === "Upload" ? {} : { progress: "100.0%" };
  move(cluster, volume, { phase: "Succeeded", delayMs: 0, ...progress });
  const [reason, message] = successes[work];
  recordEvent(cluster, volume, {
    reason,
    message: `${message} ${volume.metadata.name}`,
    component: componentOf(volume),
  });
}

function componentOf(volume: KubeObject): string {
  const controllers = { Import: "import", Upload: "upload", Clone: "pvc-clone" };
  return `datavolume-${controllers[workOf(volume)]}-controller`;
}
