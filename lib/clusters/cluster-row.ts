import { z } from "zod";
import type { ClusterStatus } from "./machine";
import { capacityOf, summarizePolicy } from "./rules";
import type { NodeFacts } from "./placement";
import { clusterPolicy, storedCapabilities, type ClusterRow } from "./schema";

/** A cluster as SQL answers it, its JSON columns not yet looked into. */
export interface StoredCluster {
  id: string;
  name: string;
  displayName: string;
  environment: string;
  status: ClusterStatus;
  statusMessage: string | null;
  enabled: boolean;
  maintenance: boolean;
  schedulingWeight: number;
  kubernetesVersion: string | null;
  kubevirtVersion: string | null;
  lastCheckedAt: Date | null;
  createdAt: Date;
  nodes: unknown;
  policy: unknown;
  committed: unknown;
  following: number;
}

const storedNodes = storedCapabilities.shape.nodes.nullable().catch(null);
const committedSums = z.object({ cpuCores: z.number(), memoryGi: z.number() });
const followedKinds = 2;

export function parseClusterRow({ nodes, policy, committed, following, ...row }: StoredCluster): ClusterRow {
  const [statusReason, ...words] = row.statusMessage?.split(": ") ?? [];
  return {
    ...row,
    statusReason: statusReason ?? null,
    statusMessage: words.join(": ") || null,
    policySummary: summarizePolicy(parsePolicy(policy)),
    capacity: capacityOf(nodeFacts(storedNodes.parse(nodes) ?? []), committedSums.parse(committed)),
    sync: row.enabled ? (following >= followedKinds ? "live" : "stale") : "off",
  };
}

/** A policy as jsonb of its row, whose columns are snake_case. */
export function parsePolicy(row: unknown): z.output<typeof clusterPolicy> | null {
  if (row === null || typeof row !== "object") return null;
  const camel = Object.entries(row).map(([key, value]) => [
    key.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return clusterPolicy.strip().parse(Object.fromEntries(camel));
}

export function nodeFacts(nodes: z.output<typeof storedCapabilities>["nodes"]): NodeFacts[] {
  return nodes.map((node) => ({
    name: node.name,
    ready: node.ready && node.schedulable,
    cpuCores: node.cpuCores,
    memoryGi: node.memoryBytes / 1024 ** 3,
    ...(node.devices === undefined ? {} : { devices: node.devices }),
    ...(node.hugepagesBytes === undefined ? {} : { hugepagesBytes: node.hugepagesBytes }),
    ...(node.cpuManager === undefined ? {} : { cpuManager: node.cpuManager }),
  }));
}
