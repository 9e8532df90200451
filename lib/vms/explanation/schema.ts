import { z } from "zod";
import type { VmState } from "../machine";
import type { VmSymptoms } from "../symptoms/schema";

/** Why a machine is as it is; each has its sentence in the messages, under `explanation.cause`. */
export const causeCodes = [
  ...([
    "cluster_unreachable",
    "gone_from_cluster",
    "deletion_held",
    "deleted_outside",
    "cluster_busy",
  ] as const),
  ...(["kubevirt_down", "cluster_maintenance", "operation_retrying", "operation_failed"] as const),
  ...(["operation_timed_out", "name_taken", "portal_quota", "request_held", "approval_pending"] as const),
  ...(["claim_missing", "volume_missing", "import_not_found", "import_unauthorized", "import_tls"] as const),
  ...(["import_no_space", "import_timeout", "import_unreachable", "import_format", "import_failed"] as const),
  ...(["storage_class_missing", "storage_class_unset", "clone_source_missing", "clone_forbidden"] as const),
  ...(["provisioning_failed", "volume_unbound", "volume_waits", "volume_mount_failed", "importing"] as const),
  ...(["device_not_permitted", "network_missing", "cluster_quota", "limit_range", "pod_security"] as const),
  ...(["reference_missing", "admission_denied", "webhook_unreachable", "image_not_found"] as const),
  ...(["image_unauthorized", "image_pull_failed", "crash_loop", "launch_failed"] as const),
  ...(["no_device_free", "no_hugepages_free", "no_cpu_free", "no_memory_free", "no_virtualization"] as const),
  ...(["too_many_pods", "nodes_cordoned", "nodes_tainted", "node_selector", "anti_affinity"] as const),
  ...(["volume_on_other_node", "unschedulable"] as const),
  ...([
    "node_lost",
    "instance_failed",
    "recovery_required",
    "storage_error",
    "paused",
    "migration_failed",
  ] as const),
  ...([
    "migrating",
    "changes_not_applied",
    "keys_not_applied",
    "restart_required",
    "shutdown_ignored",
  ] as const),
  ...(["agent_missing", "state_unknown", "starting_slowly"] as const),
] as const;
export type CauseCode = (typeof causeCodes)[number];

/** What helps; each has its sentence in the messages, under `explanation.remedy`. */
export const remedyCodes = [
  ...(["wait", "wait_or_ask", "ask_administrator", "ask_template_owner", "ask_quota"] as const),
  ...(["free_or_smaller", "elsewhere", "elsewhere_named", "choose_storage", "create_claim"] as const),
  ...(["bigger_disk", "change_request", "ask_again", "open_request", "look_at_console", "resume"] as const),
  ...([
    "force_stop",
    "restart",
    "start_again",
    "install_agent",
    "clear_finalizers",
    "check_cluster",
  ] as const),
] as const;
export type RemedyCode = (typeof remedyCodes)[number];

export const severities = ["info", "progress", "warning", "danger"] as const;
export type Severity = (typeof severities)[number];

const params = z.record(z.string(), z.union([z.string(), z.number()]));
export type CauseParams = z.output<typeof params>;

const told = z.object({
  /** Which of them says it. */
  source: z.enum(["machine", "volume", "event", "operation"]),
  /** Of a volume or of an event's object: its name. */
  name: z.string().nullable(),
  reason: z.string().nullable(),
  message: z.string(),
  at: z.string().nullable(),
});
export type Told = z.output<typeof told>;

const remedy = z.object({
  code: z.enum(remedyCodes),
  params,
  /** Where it is done. */
  link: z.object({ to: z.enum(["request", "console", "cluster"]), id: z.string() }).nullable(),
});
export type Remedy = z.output<typeof remedy>;

export const explanation = z.object({
  code: z.enum(causeCodes),
  params,
  severity: z.enum(severities),
  remedy: remedy.nullable(),
  /** In the cluster's own words, what led to this first. */
  raw: z.array(told),
  since: z.string().nullable(),
});
export type Explanation = z.output<typeof explanation>;
export const explanationAnswer = z.object({ explanation: explanation.nullable() });

export const clusterEvent = z.object({
  uid: z.string(),
  objectKind: z.string(),
  objectName: z.string(),
  type: z.enum(["Normal", "Warning"]),
  reason: z.string(),
  message: z.string(),
  count: z.number(),
  firstAt: z.coerce.date(),
  lastAt: z.coerce.date(),
});
export type ReportedEvent = z.output<typeof clusterEvent>;

/** A worker's answer: null where the account in the cluster may not look. */
export const reportedEvents = z.object({ events: z.array(clusterEvent).nullable(), kept: z.number() });

export const clusterEvents = z.object({
  events: z.array(clusterEvent),
  /** live: just now; kept: what was seen earlier, because the cluster could not be asked. */
  source: z.enum(["live", "kept", "forbidden"]),
  /** How many of them were not known before. */
  kept: z.number(),
});
export type ClusterEvents = z.output<typeof clusterEvents>;

export const vmQuestion = z.strictObject({ vmId: z.string().max(64) });

/** How much of what a machine needs there is elsewhere. */
export interface Room {
  clusterName: string;
  /** Resource → how much of it one node, or all of them for devices, has free. */
  free: Record<string, number>;
}

/** Everything that an explanation is made of. */
export interface ExplainedFacts {
  now: Date;
  vm: {
    id: string;
    status: VmState;
    statusSince: Date;
    statusMessage: string | null;
    clusterStatus: string | null;
    node: string | null;
    hasAgent: boolean;
    restartRequired: boolean;
    importProgress: string | null;
    cpuCores: number;
    memoryGi: number;
  };
  symptoms: VmSymptoms | null;
  cluster: {
    id: string;
    name: string;
    /** Nobody has heard of it for a while. */
    isStale: boolean;
    staleSince: Date | null;
    /** Of the machine's node; null where it is not known. */
    isNodeReady: boolean | null;
  };
  operation: {
    eventType: string;
    ticketId: string | null;
    errorMessage: string | null;
    attempt: number;
    queuedAt: Date | null;
  } | null;
  /** The last operation, where it failed. */
  failure: { ticketId: string | null; errorMessage: string | null; endedAt: Date } | null;
  /** What was asked and has not begun. */
  waiting: { ticketId: string; operation: string; status: string; heldUntil: Date | null } | null;
  events: ReportedEvent[];
  /** Null until somebody needs to know. */
  rooms: Room[] | null;
  /** Other clusters, nodes and the words of events are no business of a requester's. */
  mayNameClusters: boolean;
}
