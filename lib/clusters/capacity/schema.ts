import { z } from "zod";

/** What is read of a cluster one by one, each with its own age. */
export const capabilityParts = [
  ...(["kubevirt", "nodes", "networks", "storage", "snapshots", "permissions"] as const),
] as const;
export const partsReadAt = z.partialRecord(z.enum(capabilityParts), z.coerce.date());

/** What running machines ask for of one node, as it is stored. */
export const nodeUsage = z.object({
  node: z.string(),
  instances: z.number(),
  cpuCores: z.number(),
  memoryBytes: z.number(),
  devices: z.record(z.string(), z.number()),
});

const nodesShown = 100;
export const capacityFilter = z.strictObject({
  q: z.string().max(253).optional(),
  perPage: z.number().int().min(1).max(nodesShown).default(nodesShown),
});

/** In one unit: the whole, what all running machines take, and what the portal's own were promised. */
export const amounts = z.object({
  total: z.number(),
  /** Null where the running machines were never read. */
  used: z.number().nullable(),
  promised: z.number(),
  /** Promised to machines of the portal that do not run now. */
  idle: z.number(),
  free: z.number(),
});

const device = z.object({
  resource: z.string(),
  total: z.number(),
  used: z.number().nullable(),
  permitted: z.boolean(),
});

export const nodeCapacity = z.object({
  name: z.string(),
  ready: z.boolean(),
  schedulable: z.boolean(),
  cpuManager: z.boolean().nullable(),
  instances: z.number().nullable(),
  cpuCores: amounts,
  memoryGi: amounts,
  devices: z.array(device),
  hugepages: z.array(z.object({ size: z.string(), gibibytes: z.number() })),
});

export const clusterCapacity = z.object({
  cpuCores: amounts,
  memoryGi: amounts,
  devices: z.array(device),
  instances: z.number().nullable(),
  nodes: z.array(nodeCapacity),
  /** How many there are, and how many match what was searched. */
  nodeCount: z.number(),
  matchCount: z.number(),
  usedAt: z.date().nullable(),
});

export type NodeUsageFacts = z.output<typeof nodeUsage>;
export type CapacityFilter = z.output<typeof capacityFilter>;
export type Amounts = z.output<typeof amounts>;
export type NodeCapacity = z.output<typeof nodeCapacity>;
export type ClusterCapacity = z.output<typeof clusterCapacity>;
