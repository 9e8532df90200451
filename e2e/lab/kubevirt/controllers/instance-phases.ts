import { timestamp } from "../clock";
import type { Cluster } from "../cluster";
import { writeStatusAs } from "../commit";
import type { Json, JsonObject } from "../json";
import { objectsAt } from "../json";
import type { Condition, KubeObject } from "../objects";
import { conditionsOf, controllerName, withCondition } from "./machine-facts";

/** Writes a new phase with the moment it began and what else is true from then on. */
export function setPhase(
  cluster: Cluster,
  instance: KubeObject,
  phase: string,
  change: { conditions: Condition[]; [key: string]: Json | Condition[] | undefined },
): KubeObject {
  const { conditions, ...rest } = change;
  // The node's own part of KubeVirt is the first to know that the guest runs.
  const manager = phase === "Running" ? "virt-handler" : controllerName;
  const transitions = [
    ...objectsAt(instance.status, "phaseTransitionTimestamps"),
    { phase, phaseTransitionTimestamp: timestamp() },
  ];
  const others: JsonObject = Object.fromEntries(Object.entries(rest));
  const status: JsonObject = {
    ...instance.status,
    ...others,
    conditions: toJson(conditions),
    phase,
    phaseTransitionTimestamps: transitions,
  };
  return writeStatusAs(cluster, manager, instance, status);
}

export function toJson(conditions: Condition[]): Json[] {
  return conditions.map((condition) => ({ ...condition }));
}

/** Notes why an instance cannot go on. */
export function noteConditions(cluster: Cluster, instance: KubeObject, changes: Condition[]): void {
  const now = timestamp();
  const conditions = changes.reduce(
    (list, change) => withCondition(list, change, now),
    conditionsOf(instance),
  );
  writeStatusAs(cluster, controllerName, instance, {
    ...instance.status,
    conditions: toJson(conditions),
  });
}

export function notReady(
  instance: KubeObject,
  reason: string,
  message = readyMessages[reason] ?? reason,
): Condition[] {
  return withCondition(
    conditionsOf(instance),
    { type: "Ready", status: "False", reason, message },
    timestamp(),
  );
}

const readyMessages: Record<string, string> = {
  PodNotExists: "virt-launcher pod has not yet been scheduled",
  GuestNotRunning: "Guest VM is not reported as running",
};
