import type { Cluster } from "../cluster";
import type { JsonObject } from "../json";
import { objectAt, textAt } from "../json";
import { findKindByName } from "../kinds";
import type { KubeObject, ObjectDraft } from "../objects";
import { ownerReferenceTo } from "../objects";
import { withRoomToGrow } from "./live-update";
import { instanceFinalizers } from "./machine-facts";

/** The instance that a virtual machine's template describes. */
export function draftInstance(cluster: Cluster, vm: KubeObject, isPaused: boolean): ObjectDraft {
  const template = objectAt(vm.spec, "template");
  const spec = withRoomToGrow(cluster, expandInstanceType(cluster, vm, objectAt(template, "spec")));
  return {
    apiVersion: vm.apiVersion,
    kind: "VirtualMachineInstance",
    metadata: {
      name: vm.metadata.name,
      namespace: vm.metadata.namespace ?? "default",
      labels: { ...texts(objectAt(template, "metadata", "labels")), "vm.kubevirt.io/name": vm.metadata.name },
      annotations: {
        ...texts(objectAt(template, "metadata", "annotations")),
        "kubevirt.io/vm-generation": String(vm.metadata.generation ?? 1),
      },
      finalizers: instanceFinalizers,
      ownerReferences: [ownerReferenceTo(vm)],
    },
    spec: isPaused ? { ...spec, startStrategy: "Paused" } : spec,
  };
}

function texts(map: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, String(value)]));
}

/** Fills in the processors and memory that an instance type stands for. */
export function expandInstanceType(cluster: Cluster, vm: KubeObject, spec: JsonObject): JsonObject {
  const name = textAt(vm.spec, "instancetype", "name");
  if (name === undefined) return spec;
  const kindName = textAt(vm.spec, "instancetype", "kind") ?? "VirtualMachineClusterInstancetype";
  const kind = findKindByName("instancetype.kubevirt.io/v1beta1", canonicalKind(kindName));
  const found = kind && cluster.store.get(kind, kind.namespaced ? vm.metadata.namespace : undefined, name);
  if (!found) return spec;
  const domain = objectAt(spec, "domain");
  return { ...spec, domain: { ...domain, ...sizesOf(found.spec ?? {}, domain) } };
}

function sizesOf(type: JsonObject, domain: JsonObject): JsonObject {
  const { guest: cpus, dedicatedCPUPlacement, isolateEmulatorThread, numa } = objectAt(type, "cpu");
  const { guest: memory, hugepages } = objectAt(type, "memory");
  const { gpus } = type;
  return {
    cpu: {
      ...objectAt(domain, "cpu"),
      ...(cpus !== undefined && { sockets: cpus, cores: 1, threads: 1 }),
      ...(dedicatedCPUPlacement === true && { dedicatedCpuPlacement: true }),
      ...(isolateEmulatorThread === true && { isolateEmulatorThread }),
      ...(numa !== undefined && { numa }),
    },
    memory: {
      ...objectAt(domain, "memory"),
      ...(memory !== undefined && { guest: memory }),
      ...(hugepages !== undefined && { hugepages }),
    },
    ...(gpus !== undefined && { devices: { ...objectAt(domain, "devices"), gpus } }),
  };
}

function canonicalKind(name: string): string {
  return name.toLowerCase().includes("cluster")
    ? "VirtualMachineClusterInstancetype"
    : "VirtualMachineInstancetype";
}
