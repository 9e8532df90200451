import { randomUUID } from "node:crypto";
import { timestamp } from "../clock";
import type { Cluster } from "../cluster";
import { newObject } from "../commit";
import { draftInstance } from "../controllers/draft-instance";
import { runningStatus } from "../controllers/guest";
import { machineFinalizer, withCondition } from "../controllers/machine-facts";
import { statusOfMachine } from "../controllers/machine-status";
import type { Json, JsonObject } from "../json";
import { objectsAt } from "../json";
import { instanceKind, namespaceKind, nodeKind, virtualMachineKind } from "../kinds";
import { ownersAfterUpdate } from "../managed-fields";
import type { Condition, KubeObject, ManagedFieldsEntry, OwnerReference } from "../objects";

export interface ManyMachines {
  count: number;
  namespace: string;
  /** Machines are called `prefix-0`, `prefix-1` and so on. */
  prefix: string;
  /** For every machine; `{name}` stands for its name. */
  labels?: Record<string, string>;
}

export interface LoadedMachine {
  namespace: string;
  name: string;
  uid: string;
}

/**
 * Puts running machines with their instances straight into the store. Nobody is told: it is for a cluster that
 * nobody reads yet, and a watch from before answers that its revision is too old.
 */
export function addManyMachines(cluster: Cluster, many: ManyMachines): LoadedMachine[] {
  requireNamespaceOf(cluster, many.namespace);
  const nodes = cluster.store.list(nodeKind).map((node) => node.metadata.name);
  const pattern = makePattern(cluster, many);
  const made = Array.from({ length: many.count }, (_, index) =>
    stampPair(pattern, many, { index, node: nodes[index % nodes.length] ?? "node" }),
  );
  cluster.store.seed([
    ...made.map(({ vm }) => ({ kind: virtualMachineKind, object: vm })),
    ...made.map(({ instance }) => ({ kind: instanceKind, object: instance })),
  ]);
  return made.map(({ vm }) => ({ namespace: many.namespace, name: vm.metadata.name, uid: vm.metadata.uid }));
}

function requireNamespaceOf(cluster: Cluster, name: string): void {
  if (cluster.store.get(namespaceKind, undefined, name)) return;
  const draft = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
  const namespace = newObject(namespaceKind, draft, undefined);
  cluster.store.seed([{ kind: namespaceKind, object: { ...namespace, status: { phase: "Active" } } }]);
}

interface Pair {
  vm: KubeObject;
  instance: KubeObject;
}

/** One machine made with all care; the others are the same but for what must differ. */
function makePattern(cluster: Cluster, many: ManyMachines): Pair {
  const { namespace, labels } = many;
  const draft = {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name: "pattern", finalizers: [machineFinalizer], ...(labels && { labels }) },
    spec: machineSpec(),
  };
  const vm = newObject(virtualMachineKind, draft, namespace);
  const bare = newObject(instanceKind, draftInstance(cluster, vm, false), namespace);
  const scheduled = { ...bare, status: { phase: "Scheduled", nodeName: "" } };
  const { conditions, ...facts } = runningStatus(cluster, scheduled);
  const agent: Condition = { type: "AgentConnected", status: "True" };
  const status = {
    ...facts,
    conditions: withCondition(conditions, agent, timestamp()).map((condition): Json => ({ ...condition })),
    phase: "Running",
    nodeName: "",
  };
  // Conditions are the only member of these facts that is no plain JSON, and they have just been replaced.
  const instance: KubeObject = { ...bare, status: status as JsonObject };
  const complete = { ...vm, status: statusOfMachine(cluster, vm, instance) };
  return { vm: owned(cluster, complete, "shepherd"), instance: owned(cluster, instance, "virt-handler") };
}

function owned(cluster: Cluster, object: KubeObject, name: string): KubeObject {
  const kind = object.kind === "VirtualMachine" ? virtualMachineKind : instanceKind;
  const typing = { schemas: cluster.schemas, schema: cluster.schemas.of(kind) };
  const managedFields: ManagedFieldsEntry[] = ownersAfterUpdate(typing, undefined, object, {
    name,
    operation: "Update",
  });
  return { ...object, metadata: { ...object.metadata, managedFields } };
}

function stampPair(pattern: Pair, many: ManyMachines, place: { index: number; node: string }): Pair {
  const name = `${many.prefix}-${place.index}`;
  const written = Object.entries(many.labels ?? {});
  const labels = Object.fromEntries(written.map(([key, value]) => [key, value.replace("{name}", name)]));
  const uid = randomUUID();
  const vm = {
    ...pattern.vm,
    metadata: { ...pattern.vm.metadata, name, uid, ...(written.length > 0 && { labels }) },
  };
  const owner = pattern.instance.metadata.ownerReferences?.[0];
  const ownerReferences: OwnerReference[] = owner ? [{ ...owner, name, uid }] : [];
  const metadata = { ...pattern.instance.metadata, name, uid: randomUUID(), ownerReferences };
  const address = `10.${64 + (place.index >> 16)}.${(place.index >> 8) & 255}.${place.index & 255}`;
  const [device] = objectsAt(pattern.instance.status, "interfaces");
  const interfaces: Json[] = [{ ...device, ipAddress: address, ipAddresses: [address] }];
  const status = { ...pattern.instance.status, nodeName: place.node, interfaces };
  return { vm, instance: { ...pattern.instance, metadata, status } };
}

function machineSpec(): JsonObject {
  const devices = {
    disks: [{ name: "root", disk: { bus: "virtio" } }],
    interfaces: [{ name: "default", masquerade: {} }],
    rng: {},
  };
  const domain = {
    cpu: { cores: 2, sockets: 1, threads: 1 },
    memory: { guest: "4Gi" },
    devices,
    machine: { type: "q35" },
    resources: {},
  };
  const volumes = [{ name: "root", containerDisk: { image: "quay.io/containerdisks/debian:13" } }];
  const networks = [{ name: "default", pod: {} }];
  return {
    runStrategy: "Always",
    template: { metadata: {}, spec: { architecture: "amd64", domain, networks, volumes } },
  };
}
