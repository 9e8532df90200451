import type { Cluster } from "../cluster";
import { objectAt, textAt } from "../json";
import { claimKind, dataVolumeKind } from "../kinds";
import type { Condition, KubeObject } from "../objects";
import { recordEvent } from "./cluster-events";
import { phaseOf } from "./machine-facts";
import { writeVolumeStatus } from "./volume-status";

/** Where a data volume copies its content from. */
export function cloneSourceOf(volume: Pick<KubeObject, "spec" | "metadata">) {
  const source = objectAt(volume.spec, "source", "pvc");
  const name = textAt(source, "name");
  if (name === undefined) return undefined;
  return { name, namespace: textAt(source, "namespace") || (volume.metadata.namespace ?? "default") };
}

export function sourceClaimOf(cluster: Cluster, volume: KubeObject): KubeObject | undefined {
  const source = cloneSourceOf(volume);
  return source && cluster.store.get(claimKind, source.namespace, source.name);
}

/** Whether the source is there; where it is not, the data volume says so and waits. */
export function requireCloneSource(cluster: Cluster, volume: KubeObject): boolean {
  const source = cloneSourceOf(volume);
  if (!source || sourceClaimOf(cluster, volume)) return true;
  const reason = "CloneWithoutSource";
  const message = `The source pvc ${source.name} doesn't exist`;
  const conditions: Condition[] = [
    { type: "Bound", status: "Unknown", reason, message },
    { type: "Ready", status: "False", reason },
    { type: "Running", status: "False" },
  ];
  writeVolumeStatus(cluster, volume, { conditions, phase: "Pending", progress: "N/A" });
  recordEvent(cluster, volume, {
    type: "Warning",
    reason,
    message,
    component: "datavolume-pvc-clone-controller",
  });
  return false;
}

/** A source that is itself being filled is copied once it is whole. */
export function isSourceWhole(cluster: Cluster, volume: KubeObject): boolean {
  const claim = sourceClaimOf(cluster, volume);
  if (!claim) return false;
  const filling = cluster.store.get(dataVolumeKind, claim.metadata.namespace, claim.metadata.name);
  return phaseOf(claim) === "Bound" && (filling === undefined || phaseOf(filling) === "Succeeded");
}
