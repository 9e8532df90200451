import { z } from "zod";
import { readQuantity } from "./quantities";

const quantityMap = z.record(z.string().max(317), z.unknown()).default({}).catch({});

export const nodeSchema = z.object({
  metadata: z.object({
    name: z.string().max(253),
    labels: z.record(z.string(), z.string()).default({}).catch({}),
  }),
  spec: z
    .object({ unschedulable: z.boolean().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  status: z
    .object({
      capacity: quantityMap,
      allocatable: quantityMap,
      conditions: z
        .array(z.object({ type: z.string(), status: z.string() }))
        .default([])
        .catch([]),
    })
    .default({ capacity: {}, allocatable: {}, conditions: [] }),
});
export type ReadNode = z.output<typeof nodeSchema>;

export interface ClusterNode {
  name: string;
  ready: boolean;
  /** Neither cordoned nor refused by KubeVirt's own node check. */
  schedulable: boolean;
  cpuCores: number;
  memoryBytes: number;
  /** Extended resources by name that a machine may ask for, of what the node gives out. */
  devices: Record<string, number>;
  hugepagesBytes: Record<string, number>;
  /** Whether KubeVirt may pin cores here. */
  cpuManager: boolean;
  labels: { architecture?: string; zone?: string };
}

export interface DeviceCapacity {
  resource: string;
  capacity: number;
  allocatable: number;
  /** Named in the KubeVirt configuration: without it a VM that asks for the device never starts. */
  permitted: boolean;
}

export interface HugepageCapacity {
  size: string;
  capacityBytes: number;
  allocatableBytes: number;
}

export function describeNode(node: ReadNode): ClusterNode {
  const { labels, name } = node.metadata;
  const architecture = labels["kubernetes.io/arch"];
  const zone = labels["topology.kubernetes.io/zone"];
  return {
    name,
    ready: node.status.conditions.some((one) => one.type === "Ready" && one.status === "True"),
    schedulable: node.spec?.unschedulable !== true && labels["kubevirt.io/schedulable"] !== "false",
    cpuCores: readQuantity(node.status.allocatable["cpu"]),
    memoryBytes: readQuantity(node.status.allocatable["memory"]),
    devices: amountsOf(node, isDeviceName),
    hugepagesBytes: Object.fromEntries(
      Object.entries(amountsOf(node, isHugepages)).map(([name, bytes]) => [sizeOf(name), bytes]),
    ),
    cpuManager: labels["cpumanager"] === "true",
    labels: { ...(architecture ? { architecture } : {}), ...(zone ? { zone } : {}) },
  };
}

/** GPUs are known by their vendor's resource names, or by the KubeVirt configuration that lists mediated devices. */
export function sumGpuDevices(
  nodes: ReadNode[],
  permitted: { all: string[]; mediated: string[] },
): DeviceCapacity[] {
  const totals = sumResources(nodes, (name) => isGpuName(name) || permitted.mediated.includes(name));
  return totals.map((total) => ({ ...total, permitted: permitted.all.includes(total.resource) }));
}

export function sumHugepages(nodes: ReadNode[]): HugepageCapacity[] {
  return sumResources(nodes, isHugepages)
    .filter((total) => total.capacity > 0)
    .map((total) => ({
      size: sizeOf(total.resource),
      capacityBytes: total.capacity,
      allocatableBytes: total.allocatable,
    }));
}

function isGpuName(name: string): boolean {
  return /^(?:nvidia\.com|gpu\.intel\.com)\/|^amd\.com\/.*gpu/.test(name);
}

function isHugepages(name: string): boolean {
  return name.startsWith("hugepages-");
}

function sizeOf(hugepages: string): string {
  return hugepages.slice("hugepages-".length);
}

/** Kubernetes' own resources have no domain, and KubeVirt counts its own device nodes, which no machine asks for. */
function isDeviceName(name: string): boolean {
  return /^[a-z0-9.-]+\//.test(name) && !/^(?:devices\.kubevirt\.io|(?:.+\.)?kubernetes\.io)\//.test(name);
}

function amountsOf(node: ReadNode, isWanted: (name: string) => boolean): Record<string, number> {
  const amounts = Object.entries(node.status.allocatable)
    .filter(([name]) => isWanted(name))
    .map(([name, quantity]): [string, number] => [name, readQuantity(quantity)])
    .filter(([, amount]) => amount > 0);
  return Object.fromEntries(amounts);
}

function sumResources(nodes: ReadNode[], isWanted: (name: string) => boolean) {
  const totals = new Map<string, { resource: string; capacity: number; allocatable: number }>();
  for (const { status } of nodes) {
    for (const resource of Object.keys(status.capacity).filter(isWanted)) {
      const total = totals.get(resource) ?? { resource, capacity: 0, allocatable: 0 };
      total.capacity += readQuantity(status.capacity[resource]);
      total.allocatable += readQuantity(status.allocatable[resource]);
      totals.set(resource, total);
    }
  }
  return [...totals.values()].sort((a, b) => a.resource.localeCompare(b.resource));
}
