import type { ExplainedFacts } from "@/lib/vms/explanation/schema";
import type { VmSymptoms } from "@/lib/vms/symptoms/schema";

/** What a machine's state and words are, the code that explains it, and what its sentence names. */
export type ExplainedRow = [name: string, over: Over, code: string, params?: object];

export const now = new Date("2026-11-24T10:00:00Z");
export const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

const healthy: ExplainedFacts = {
  now,
  vm: {
    id: "vm",
    status: "RUNNING",
    statusSince: minutesAgo(2),
    statusMessage: null,
    clusterStatus: "Running",
    node: "node-a",
    hasAgent: true,
    restartRequired: false,
    importProgress: null,
    cpuCores: 4,
    memoryGi: 8,
  },
  symptoms: null,
  cluster: { id: "cluster", name: "cluster-a", isStale: false, staleSince: null, isNodeReady: true },
  operation: null,
  failure: null,
  waiting: null,
  events: [],
  rooms: null,
  mayNameClusters: true,
};

export interface Over extends Omit<Partial<ExplainedFacts>, "vm" | "cluster"> {
  vm?: Partial<ExplainedFacts["vm"]>;
  cluster?: Partial<ExplainedFacts["cluster"]>;
}

export const facts = ({ vm, cluster, ...over }: Over): ExplainedFacts => ({
  ...healthy,
  ...over,
  vm: { ...healthy.vm, ...vm },
  cluster: { ...healthy.cluster, ...cluster },
});

/** A machine on its way up that its cluster says something of. */
export const stuck = (clusterStatus: string, symptoms: VmSymptoms | null, over: Over = {}): Over => ({
  ...over,
  vm: { status: "STARTING", clusterStatus, node: null, hasAgent: false, ...over.vm },
  symptoms,
});
export const condition = (type: string, reason: string, message: string, status = "False") => ({
  ...{ type, status, reason, message },
});
export const says = (type: string, reason: string, message: string, status?: string): VmSymptoms => ({
  conditions: [condition(type, reason, message, status)],
});
export const importSays = (message: string, reason = "Error"): VmSymptoms => ({
  volumes: { "vm-root": { phase: "ImportInProgress", reason, message } },
});
export const unschedulable = (refusals: string, nodes = 2) =>
  stuck(
    "ErrorUnschedulable",
    says(
      "PodScheduled",
      "Unschedulable",
      `0/${nodes} nodes are available: ${refusals}. preemption: 0/${nodes} nodes are available: ${nodes} Preemption is not helpful for scheduling.`,
    ),
    { vm: { status: "PENDING" } },
  );
export const event = (reason: string, message: string) => ({
  ...{ uid: "e", objectKind: "Pod", objectName: "virt-launcher-vm-x", type: "Warning" as const, count: 3 },
  ...{ reason, message, firstAt: minutesAgo(1), lastAt: minutesAgo(1) },
});
export const failedWith = (errorMessage: string): Over => ({
  vm: { status: "FAILED", statusMessage: errorMessage, clusterStatus: null },
  failure: { ticketId: "ticket", errorMessage, endedAt: minutesAgo(1) },
});

export const quotaWords =
  'failed to create virtual machine pod: pods "virt-launcher-vm-x" is forbidden: exceeded quota: small, requested: requests.memory=1356205760, used: requests.memory=900000000, limited: requests.memory=2Gi';
export const webhookWords =
  'Failure while starting VMI: admission webhook "machines.policy.example.com" denied the request: the machine names no owner';

export function anOperation(errorMessage: string | null) {
  return { eventType: "VM_START_REQUESTED", ticketId: "ticket", errorMessage, attempt: 2, queuedAt: null };
}
