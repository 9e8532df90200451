import { z } from "zod";
import type { ClusterClient } from "./client";
import { listAllPages } from "./list-pages";
import { readQuantity } from "./quantities";

/** What running machines ask for of one node, whoever made them. */
export interface NodeUsage {
  node: string;
  instances: number;
  cpuCores: number;
  /** The guests' memory and what KubeVirt needs around it. */
  memoryBytes: number;
  devices: Record<string, number>;
}

const pageSize = 250;
const name = z.string().max(253).optional().catch(undefined);
const amount = z.number().int().min(0).max(10_000).optional().catch(undefined);
const quantity = z
  .union([z.string().max(64), z.number()])
  .optional()
  .catch(undefined);
const topology = z.object({ cores: amount, sockets: amount, threads: amount }).optional().catch(undefined);
const devices = z
  .array(z.object({ deviceName: z.string().max(317) }))
  .max(64)
  .default([])
  .catch([]);

const instanceSchema = z.object({
  spec: z.object({
    domain: z.object({
      cpu: topology,
      memory: z.object({ guest: quantity }).optional().catch(undefined),
      resources: z
        .object({ requests: z.object({ cpu: quantity, memory: quantity }).optional().catch(undefined) })
        .optional()
        .catch(undefined),
      devices: z.object({ gpus: devices, hostDevices: devices }).optional().catch(undefined),
    }),
  }),
  status: z
    .object({
      phase: name,
      nodeName: name,
      currentCPUTopology: topology,
      memory: z.object({ guestCurrent: quantity, memoryOverhead: quantity }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
type ReadInstance = z.output<typeof instanceSchema>;

const running = new Set(["Scheduled", "Running"]);

/** Sums the machines of the whole cluster by node; they are read a page at a time and only their numbers are kept. */
export async function readInstanceUsage(client: ClusterClient, signal: AbortSignal): Promise<NodeUsage[]> {
  const { items } = await listAllPages({
    client,
    path: "/apis/kubevirt.io/v1/virtualmachineinstances",
    pageSize,
    signal,
    project: projectInstance,
    onRetry: () => undefined,
  });
  const byNode = new Map<string, NodeUsage>();
  for (const { value } of items) if (value !== null) addTo(byNode, value);
  return [...byNode.values()].sort((a, b) => (a.node < b.node ? -1 : 1));
}

/** Null for one that holds no node's resources. */
function projectInstance(object: unknown): Omit<NodeUsage, "instances"> | null {
  const parsed = instanceSchema.safeParse(object);
  const { nodeName: node, phase } = parsed.data?.status ?? {};
  if (!parsed.success || !node || !running.has(phase ?? "")) return null;
  const { gpus = [], hostDevices = [] } = parsed.data.spec.domain.devices ?? {};
  const counts: Record<string, number> = {};
  for (const { deviceName } of [...gpus, ...hostDevices]) counts[deviceName] = (counts[deviceName] ?? 0) + 1;
  return { node, cpuCores: coresOf(parsed.data), memoryBytes: memoryOf(parsed.data), devices: counts };
}

function coresOf({ spec, status }: ReadInstance): number {
  const declared = status?.currentCPUTopology ?? spec.domain.cpu;
  const { cores = 1, sockets = 1, threads = 1 } = declared ?? {};
  const requested = readQuantity(spec.domain.resources?.requests?.cpu);
  return declared === undefined && requested > 0 ? requested : cores * sockets * threads;
}

function memoryOf({ spec: { domain }, status }: ReadInstance): number {
  const guest = status?.memory?.guestCurrent ?? domain.memory?.guest ?? domain.resources?.requests?.memory;
  return readQuantity(guest) + readQuantity(status?.memory?.memoryOverhead);
}

function addTo(byNode: Map<string, NodeUsage>, one: Omit<NodeUsage, "instances">): void {
  const sum = byNode.get(one.node) ?? {
    node: one.node,
    instances: 0,
    cpuCores: 0,
    memoryBytes: 0,
    devices: {},
  };
  sum.instances += 1;
  sum.cpuCores += one.cpuCores;
  sum.memoryBytes += one.memoryBytes;
  for (const [device, count] of Object.entries(one.devices)) {
    sum.devices[device] = (sum.devices[device] ?? 0) + count;
  }
  byNode.set(one.node, sum);
}
