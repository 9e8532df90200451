import type { Cluster } from "../cluster";
import { createAs, deleteObject, writeAs, writeStatusAs } from "../commit";
import type { JsonObject } from "../json";
import { objectAt, objectsAt, textAt, valueAt } from "../json";
import { dataVolumeKind, instanceKind, virtualMachineKind } from "../kinds";
import type { KubeObject } from "../objects";
import { keyOf, ownerReferenceTo } from "../objects";
import { recordEvent } from "./cluster-events";
import { draftInstance } from "./draft-instance";
import { isInstanceRefused, noteStartFailure } from "./launch-failures";
import type { StateRequest } from "./machine-facts";
import {
  controllerName,
  dataVolumesOf,
  instanceOf,
  isFinal,
  machineFinalizer,
  phaseOf,
  runStrategyOf,
  stateRequestsOf,
} from "./machine-facts";
import { plugIn } from "./live-update";
import { statusOfMachine } from "./machine-status";
import { isUnfinished } from "./printable-status";
import { createReconcileQueue } from "./reconcile-queue";

const firstLookMs = 250;
const betweenStopAndStartMs = 400;
const betweenRefusalsMs = 2_000;

/** The controller of virtual machines: data volumes, the instance, and the status. */
export function startVirtualMachines(cluster: Cluster): void {
  const resting = new Set<string>();
  const enqueue = createReconcileQueue((key) => {
    const [namespace = "", name = ""] = key.split("/");
    const vm = cluster.store.get(virtualMachineKind, namespace, name);
    if (!vm) return;
    const isRefused = reconcile(cluster, vm, !resting.has(key));
    if (isRefused) rest(key, betweenRefusalsMs);
  });
  const rest = (key: string, delayMs: number) => {
    resting.add(key);
    later(key, delayMs, () => resting.delete(key));
  };
  const later = (key: string, delayMs: number, first: () => void = () => undefined) =>
    cluster.clock.after(delayMs, () => {
      first();
      enqueue(key);
    });
  const restAfterCrash = (key: string, instance: KubeObject) => {
    resting.add(key);
    cluster.clock.after(0, () => rest(key, noteStartFailure(cluster, instance)));
  };
  cluster.store.onEvent(({ type, kind, object }) => {
    const key = keyOf(object.metadata.namespace, object.metadata.name);
    if (kind === virtualMachineKind) {
      if (type === "ADDED") later(key, firstLookMs);
      else enqueue(key);
    }
    if (kind === instanceKind) {
      // The rest makes the moment between two instances of a restarted machine visible, as it is in a cluster.
      if (type === "DELETED") {
        if (phaseOf(object) === "Failed") restAfterCrash(key, object);
        else rest(key, betweenStopAndStartMs);
      }
      enqueue(key);
    }
    if (kind === dataVolumeKind) for (const owner of machinesUsing(cluster, object)) enqueue(owner);
  });
  for (const vm of cluster.store.list(virtualMachineKind))
    enqueue(keyOf(vm.metadata.namespace, vm.metadata.name));
}

function machinesUsing(cluster: Cluster, volume: KubeObject): string[] {
  const owner = (volume.metadata.ownerReferences ?? []).find((one) => one.kind === "VirtualMachine");
  if (owner) return [keyOf(volume.metadata.namespace, owner.name)];
  return cluster.store
    .list(virtualMachineKind, volume.metadata.namespace)
    .filter((vm) => dataVolumesOf(cluster, vm).includes(volume))
    .map((vm) => keyOf(vm.metadata.namespace, vm.metadata.name));
}

/** Answers whether an instance was to be made and was refused. */
function reconcile(cluster: Cluster, observed: KubeObject, mayStart: boolean): boolean {
  if (observed.metadata.deletionTimestamp !== undefined) {
    finishDeletion(cluster, observed);
    return false;
  }
  const vm = withFinalizer(cluster, observed);
  createDataVolumes(cluster, vm);
  if (mayStart && isToStart(cluster, vm) && isInstanceRefused(cluster, vm)) return true;
  const requests = syncInstance(cluster, vm, mayStart);
  const current = cluster.store.get(virtualMachineKind, vm.metadata.namespace, vm.metadata.name) ?? vm;
  const status = statusOfMachine(cluster, current, instanceOf(cluster, current), requests);
  writeStatusAs(cluster, controllerName, current, status);
  return false;
}

function isToStart(cluster: Cluster, vm: KubeObject): boolean {
  const [request] = stateRequestsOf(vm);
  return !instanceOf(cluster, vm) && request?.action !== "Stop" && mustStart(cluster, vm, request);
}

function finishDeletion(cluster: Cluster, vm: KubeObject): void {
  const instance = instanceOf(cluster, vm);
  if (instance) {
    deleteObject(cluster, instanceKind, instance);
    writeStatusAs(cluster, controllerName, vm, statusOfMachine(cluster, vm, instanceOf(cluster, vm)));
    return;
  }
  const finalizers = (vm.metadata.finalizers ?? []).filter((finalizer) => finalizer !== machineFinalizer);
  writeAs(cluster, controllerName, vm, {
    ...vm,
    metadata: { ...vm.metadata, finalizers },
  });
}

function withFinalizer(cluster: Cluster, vm: KubeObject): KubeObject {
  const finalizers = vm.metadata.finalizers ?? [];
  if (finalizers.includes(machineFinalizer)) return vm;
  const metadata = { ...vm.metadata, finalizers: [...finalizers, machineFinalizer] };
  return writeAs(cluster, controllerName, vm, { ...vm, metadata });
}

function createDataVolumes(cluster: Cluster, vm: KubeObject): void {
  for (const template of objectsAt(vm.spec, "dataVolumeTemplates")) {
    const name = textAt(template, "metadata", "name");
    const namespace = vm.metadata.namespace ?? "default";
    if (name === undefined || cluster.store.get(dataVolumeKind, namespace, name)) continue;
    const labels = { ...labelsAt(template), "kubevirt.io/created-by": vm.metadata.uid };
    const metadata = { name, namespace, labels, ownerReferences: [ownerReferenceTo(vm)] };
    const spec = valueAt(template, "spec") ?? {};
    createAs(cluster, controllerName, {
      apiVersion: "cdi.kubevirt.io/v1beta1",
      kind: "DataVolume",
      metadata,
      spec,
    });
    recordEvent(cluster, vm, { reason: "SuccessfulDataVolumeCreate", message: `Created DataVolume ${name}` });
  }
}

function labelsAt(template: JsonObject): Record<string, string> {
  const labels = Object.entries(objectAt(template, "metadata", "labels"));
  return Object.fromEntries(labels.map(([key, value]) => [key, String(value)]));
}

/** Starts or stops the instance as the strategy and the open requests say; answers the requests that remain. */
function syncInstance(cluster: Cluster, vm: KubeObject, mayStart: boolean): StateRequest[] {
  const requests = stateRequestsOf(vm);
  const instance = instanceOf(cluster, vm);
  if (instance) {
    if (mustStop(vm, instance, requests[0])) stopInstance(cluster, vm, instance);
    else plugIn(cluster, vm, instance);
    return requests;
  }
  // A stop whose instance is gone is done, and the machine is seen stopped before the start that follows.
  if (requests[0]?.action === "Stop") return requests.slice(1);
  if (!mayStart || !mustStart(cluster, vm, requests[0])) return requests;
  return startInstance(cluster, vm, requests);
}

function mustStop(vm: KubeObject, instance: KubeObject, request: StateRequest | undefined): boolean {
  if (instance.metadata.deletionTimestamp !== undefined) return false;
  if (request?.action === "Stop" && request.uid === instance.metadata.uid) return true;
  const strategy = runStrategyOf(vm);
  if (strategy === "Halted") return true;
  if (!isFinal(instance)) return false;
  return strategy === "Always" || strategy === "RerunOnFailure";
}

function mustStart(cluster: Cluster, vm: KubeObject, request: StateRequest | undefined): boolean {
  if (dataVolumesOf(cluster, vm).some(isUnfinished)) return false;
  if (request?.action === "Start") return true;
  const strategy = runStrategyOf(vm);
  if (strategy === "Always") return true;
  const isNewStrategy = textAt(vm.status, "runStrategy") !== strategy;
  return (strategy === "Once" || strategy === "RerunOnFailure") && isNewStrategy;
}

function startInstance(cluster: Cluster, vm: KubeObject, requests: StateRequest[]): StateRequest[] {
  const [request, ...others] = requests;
  const isPaused = request?.action === "Start" && request.data?.["paused"] === "true";
  let current = vm;
  if (isPaused && runStrategyOf(vm) === "Halted") {
    const spec: JsonObject = { ...vm.spec, runStrategy: "Always" };
    current = writeAs(cluster, controllerName, vm, { ...vm, spec });
  }
  createAs(cluster, controllerName, draftInstance(cluster, current, isPaused));
  recordEvent(cluster, vm, {
    reason: "SuccessfulCreate",
    message: `Started the virtual machine by creating the new virtual machine instance ${vm.metadata.name}`,
  });
  return request?.action === "Start" ? others : requests;
}

function stopInstance(cluster: Cluster, vm: KubeObject, instance: KubeObject): void {
  deleteObject(cluster, instanceKind, instance);
  const name = instance.metadata.name;
  const verb = phaseOf(instance) === "Running" ? "Stopped" : "Removed";
  recordEvent(cluster, vm, {
    reason: "SuccessfulDelete",
    message: `${verb} the virtual machine by deleting the virtual machine instance ${name}`,
  });
}
