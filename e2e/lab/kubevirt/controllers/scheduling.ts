import type { Cluster } from "../cluster";
import type { JsonObject } from "../json";
import { objectAt, objectsAt, textAt, valueAt } from "../json";
import { instanceKind, nodeKind } from "../kinds";
import type { KubeObject } from "../objects";
import { asJson } from "../objects";
import { parseQuantity, quantityOr } from "../quantities";
import { interfaceResourcesOf } from "../networks";
import { domainOf, isLive } from "./machine-facts";

export type Resources = Map<string, number>;

// What the launcher pod needs beside the guest's own memory.
const memoryOverheadBytes = 268 * 2 ** 20;
// KubeVirt requests a tenth of a core for a virtual one unless told otherwise.
const cpuAllocationRatio = 10;

export type Placement = { node: string } | { message: string };

/** Picks the emptiest node that fits, or says why none does in the scheduler's words. */
export function placeInstance(cluster: Cluster, instance: KubeObject, exceptNode?: string): Placement {
  const wanted = resourcesOf(cluster, instance);
  const nodes = cluster.store.list(nodeKind);
  const used = usedByNode(cluster);
  const reasons = new Map<string, number>();
  const fitting: { node: string; freeMemory: number }[] = [];
  for (const node of nodes) {
    const taken = used.get(node.metadata.name) ?? new Map<string, number>();
    const obstacles =
      node.metadata.name === exceptNode
        ? ["node(s) didn't match pod anti-affinity rules"]
        : obstaclesOn(node, instance, wanted, taken);
    for (const reason of obstacles) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    const freeMemory = allocatable(node, "memory") - (taken.get("memory") ?? 0);
    if (obstacles.length === 0) fitting.push({ node: node.metadata.name, freeMemory });
  }
  const [best] = fitting.sort((left, right) => right.freeMemory - left.freeMemory);
  if (best) return { node: best.node };
  const list = [...reasons]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(", ");
  return {
    message: `0/${nodes.length} nodes are available: ${list}. preemption: 0/${nodes.length} nodes are available: ${nodes.length} Preemption is not helpful for scheduling.`,
  };
}

function obstaclesOn(node: KubeObject, instance: KubeObject, wanted: Resources, taken: Resources): string[] {
  if (valueAt(node.spec, "unschedulable") === true) return ["node(s) were unschedulable"];
  const selector = objectAt(instance.spec, "nodeSelector");
  const labels = node.metadata.labels ?? {};
  if (Object.entries(selector).some(([key, value]) => labels[key] !== value)) {
    return ["node(s) didn't match Pod's node affinity/selector"];
  }
  const isDedicated = valueAt(domainOf(instance), "cpu", "dedicatedCpuPlacement") === true;
  if (isDedicated && labels["cpumanager"] !== "true")
    return ["node(s) didn't match Pod's node affinity/selector"];
  return [...wanted]
    .filter(([resource, amount]) => (taken.get(resource) ?? 0) + amount > allocatable(node, resource))
    .map(([resource]) => (resource === "pods" ? "Too many pods" : `Insufficient ${resource}`));
}

function allocatable(node: KubeObject, resource: string): number {
  return quantityOr(valueAt(asJson(node), "status", "allocatable", resource), 0);
}

function usedByNode(cluster: Cluster): Map<string, Resources> {
  const used = new Map<string, Resources>();
  for (const instance of cluster.store.list(instanceKind)) {
    const node = textAt(asJson(instance), "status", "nodeName");
    if (node === undefined || !isLive(instance)) continue;
    const taken = used.get(node) ?? new Map<string, number>();
    for (const [resource, amount] of resourcesOf(cluster, instance))
      taken.set(resource, (taken.get(resource) ?? 0) + amount);
    used.set(node, taken);
  }
  return used;
}

const known = new WeakMap<JsonObject, Resources>();

/** What the launcher pod of an instance asks of its node. */
export function resourcesOf(cluster: Cluster, instance: KubeObject): Resources {
  const taken = interfaceResourcesOf(cluster, instance);
  if (taken.length === 0) return ownResourcesOf(instance);
  const resources = new Map(ownResourcesOf(instance));
  for (const name of taken) resources.set(name, (resources.get(name) ?? 0) + 1);
  return resources;
}

function ownResourcesOf(instance: KubeObject): Resources {
  const spec = instance.spec ?? {};
  const cached = known.get(spec);
  if (cached) return cached;
  const domain = domainOf(instance);
  const resources: Resources = new Map([
    ["pods", 1],
    ["devices.kubevirt.io/kvm", 1],
  ]);
  resources.set("cpu", requestedCpu(domain));
  const guest = guestMemoryOf(domain);
  const page = textAt(domain, "memory", "hugepages", "pageSize");
  const requested = parseQuantity(valueAt(domain, "resources", "requests", "memory")) ?? guest;
  resources.set("memory", (page === undefined ? requested : 0) + memoryOverheadBytes);
  if (page !== undefined) resources.set(`hugepages-${page}`, guest);
  for (const device of [
    ...objectsAt(domain, "devices", "gpus"),
    ...objectsAt(domain, "devices", "hostDevices"),
  ]) {
    const name = textAt(device, "deviceName");
    if (name !== undefined) resources.set(name, (resources.get(name) ?? 0) + 1);
  }
  known.set(spec, resources);
  return resources;
}

export function guestMemoryOf(domain: JsonObject): number {
  const guest = valueAt(domain, "memory", "guest") ?? valueAt(domain, "resources", "requests", "memory");
  return quantityOr(guest, 2 ** 30);
}

export function virtualCpusOf(domain: JsonObject): number {
  const count = (member: string) => Math.max(1, quantityOr(valueAt(domain, "cpu", member), 1));
  return count("cores") * count("sockets") * count("threads");
}

function requestedCpu(domain: JsonObject): number {
  const requested = parseQuantity(valueAt(domain, "resources", "requests", "cpu"));
  if (requested !== undefined) return requested;
  const isDedicated = valueAt(domain, "cpu", "dedicatedCpuPlacement") === true;
  return isDedicated ? virtualCpusOf(domain) : virtualCpusOf(domain) / cpuAllocationRatio;
}
