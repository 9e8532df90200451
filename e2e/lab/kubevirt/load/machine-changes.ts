import type { Cluster } from "../cluster";
import type { Json, JsonObject } from "../json";
import { objectsAt, textAt } from "../json";
import { instanceKind, virtualMachineKind } from "../kinds";
import type { KubeObject } from "../objects";

/** `toggle` pauses what runs and lets run what is paused; `touch` writes what nobody needs to know. */
export type MachineChange = "toggle" | "touch";

/** One status write on a stored machine and its instance, past every controller. */
export function changeMachine(
  cluster: Cluster,
  namespace: string,
  name: string,
  change: MachineChange,
): void {
  const vm = cluster.store.get(virtualMachineKind, namespace, name);
  if (!vm) throw new Error(`no machine is called ${namespace}/${name}`);
  if (change === "touch") return touch(cluster, vm);
  const isPaused = textAt(vm.status, "printableStatus") === "Paused";
  const instance = cluster.store.get(instanceKind, namespace, name);
  if (instance) cluster.store.put(instanceKind, withPause(instance, !isPaused));
  const next = withPause(vm, !isPaused);
  const printableStatus = isPaused ? "Running" : "Paused";
  cluster.store.put(virtualMachineKind, { ...next, status: { ...next.status, printableStatus } });
}

function withPause(object: KubeObject, isPaused: boolean): KubeObject {
  const others = objectsAt(object.status, "conditions").filter((condition) => condition["type"] !== "Paused");
  const paused: JsonObject = { type: "Paused", status: "True", reason: "PausedByUser" };
  const conditions: Json[] = isPaused ? [...others, paused] : others;
  return { ...object, status: { ...object.status, conditions } };
}

function touch(cluster: Cluster, vm: KubeObject): void {
  const reason = `Snapshot is not supported, looked at ${new Date().toISOString()}`;
  const volumeSnapshotStatuses: Json[] = [{ name: "root", enabled: false, reason }];
  cluster.store.put(virtualMachineKind, { ...vm, status: { ...vm.status, volumeSnapshotStatuses } });
}

export interface Emission {
  perSecond: number;
  change: MachineChange;
  /** All machines of the cluster in turn when absent. */
  namespace?: string;
}

const tickMs = 20;

/** Changes machines in turn at a steady rate until it is stopped; answers how many there were. */
export function emitChanges(cluster: Cluster, emission: Emission): () => number {
  const machines = cluster.store.list(virtualMachineKind, emission.namespace).map((vm) => vm.metadata);
  const begun = performance.now();
  let done = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - begun) / 1000) * emission.perSecond);
    for (; done < due && machines.length > 0; done += 1) {
      const machine = machines[done % machines.length];
      if (machine) changeMachine(cluster, machine.namespace ?? "", machine.name, emission.change);
    }
  }, tickMs);
  return () => {
    clearInterval(timer);
    return done;
  };
}
