import type { StoredCapabilities } from "@/lib/clusters/schema";
import type { Amounts, CapacityFilter, ClusterCapacity, NodeCapacity, NodeUsageFacts } from "./schema";

type StoredNode = StoredCapabilities["nodes"][number];

/** What the portal's machines were promised: by the node they run on, and null for those that run nowhere. */
export interface PromisedShare {
  node: string | null;
  cpuCores: number;
  memoryGi: number;
}

export interface CapacityInput {
  capabilities: Pick<StoredCapabilities, "nodes" | "gpuDevices"> | null;
  /** Null where the running machines were never read. */
  usage: NodeUsageFacts[] | null;
  usedAt: Date | null;
  promised: PromisedShare[];
}

const gibibyte = 1024 ** 3;

export type MigrationObstacle = "no_feature" | "one_node" | "no_shared_storage";

interface MigrationFacts {
  enabledFeatures: readonly string[];
  capabilities: Pick<StoredCapabilities, "nodes"> | null;
  storageClasses: readonly { accessModes?: string[] | undefined }[];
}

/** Why running machines could not move to another node; null where they can. */
export function explainMigration(facts: MigrationFacts): MigrationObstacle | null {
  if (!facts.enabledFeatures.includes("LiveMigration")) return "no_feature";
  const open = facts.capabilities?.nodes.filter(({ ready, schedulable }) => ready && schedulable) ?? [];
  if (open.length < 2) return "one_node";
  const isShared = facts.storageClasses.some(({ accessModes = [] }) => accessModes.includes("ReadWriteMany"));
  return isShared ? null : "no_shared_storage";
}

/** Totals count the nodes that take machines; the list shows all of them, the fullest first. */
export function planCapacity(input: CapacityInput, { q = "", perPage }: CapacityFilter): ClusterCapacity {
  const nodes = (input.capabilities?.nodes ?? []).map((node) => capacityOfNode(node, input));
  const open = nodes.filter(({ ready, schedulable }) => ready && schedulable);
  const idle = input.promised.find(({ node }) => node === null);
  const matching = nodes
    .filter(({ name }) => name.toLowerCase().includes(q.trim().toLowerCase()))
    .sort((a, b) => fullness(b) - fullness(a) || (a.name < b.name ? -1 : 1));
  return {
    cpuCores: addUp(
      open.map((node) => node.cpuCores),
      idle?.cpuCores ?? 0,
    ),
    memoryGi: addUp(
      open.map((node) => node.memoryGi),
      idle?.memoryGi ?? 0,
    ),
    devices: sumDevices(open),
    instances: input.usage === null ? null : sum(input.usage.map(({ instances }) => instances)),
    nodes: matching.slice(0, perPage),
    nodeCount: nodes.length,
    matchCount: matching.length,
    usedAt: input.usedAt,
  };
}

function capacityOfNode(node: StoredNode, { usage, promised, capabilities }: CapacityInput): NodeCapacity {
  const used = usage?.find((one) => one.node === node.name);
  const mine = promised.find((one) => one.node === node.name);
  const isKnown = usage !== null;
  return {
    name: node.name,
    ready: node.ready,
    schedulable: node.schedulable,
    cpuManager: node.cpuManager ?? null,
    instances: isKnown ? (used?.instances ?? 0) : null,
    cpuCores: amountsOf(node.cpuCores, isKnown ? (used?.cpuCores ?? 0) : null, mine?.cpuCores ?? 0),
    memoryGi: amountsOf(
      node.memoryBytes / gibibyte,
      isKnown ? (used?.memoryBytes ?? 0) / gibibyte : null,
      mine?.memoryGi ?? 0,
    ),
    devices: Object.entries(node.devices ?? {}).map(([resource, total]) => ({
      ...{ resource, total },
      used: isKnown ? (used?.devices[resource] ?? 0) : null,
      permitted: capabilities?.gpuDevices.find((one) => one.resource === resource)?.permitted ?? true,
    })),
    hugepages: Object.entries(node.hugepagesBytes ?? {}).map(([size, bytes]) => ({
      ...{ size, gibibytes: round(bytes / gibibyte) },
    })),
  };
}

function amountsOf(total: number, used: number | null, promised: number): Amounts {
  const free = Math.max(0, total - Math.max(used ?? 0, promised));
  return {
    total: round(total),
    used: used === null ? null : round(used),
    promised: round(promised),
    idle: 0,
    free: round(free),
  };
}

/** Machines that are switched off hold nothing now, and may come back any time. */
function addUp(nodes: Amounts[], idle: number): Amounts {
  const total = sum(nodes.map((node) => node.total));
  const used = nodes.every((node) => node.used !== null) ? sum(nodes.map((node) => node.used ?? 0)) : null;
  const running = sum(nodes.map((node) => node.promised));
  const taken = Math.max(used ?? 0, running) + idle;
  return {
    total: round(total),
    used: used === null ? null : round(used),
    promised: round(running + idle),
    idle: round(idle),
    free: round(Math.max(0, total - taken)),
  };
}

function sumDevices(nodes: NodeCapacity[]): ClusterCapacity["devices"] {
  const totals = new Map<string, ClusterCapacity["devices"][number]>();
  for (const device of nodes.flatMap((node) => node.devices)) {
    const { total = 0, used = 0 } = totals.get(device.resource) ?? {};
    totals.set(device.resource, {
      ...device,
      total: total + device.total,
      used: device.used === null || used === null ? null : used + device.used,
    });
  }
  return [...totals.values()].sort((a, b) => (a.resource < b.resource ? -1 : 1));
}

function fullness({ cpuCores, memoryGi }: NodeCapacity): number {
  const share = ({ used, promised, total }: Amounts) =>
    total === 0 ? 0 : Math.max(used ?? 0, promised) / total;
  return Math.max(share(cpuCores), share(memoryGi));
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
