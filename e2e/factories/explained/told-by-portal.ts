import { anOperation, failedWith, minutesAgo, says, stuck, type ExplainedRow } from "./facts";

/** What a launch may meet besides, and the portal itself. */
export const portalRows: ExplainedRow[] = [
  [
    "network missing",
    stuck(
      "Starting",
      says(
        "Synchronized",
        "FailedCreate",
        "failed to render launch manifest: failed to locate network attachment definition ns/vlan-9",
      ),
    ),
    "network_missing",
    { network: "ns/vlan-9" },
  ],
  [
    "limit range",
    stuck(
      "Starting",
      says(
        "Synchronized",
        "FailedCreate",
        'pods "x" is forbidden: maximum memory usage per Container is 4Gi, but limit is 8Gi',
      ),
    ),
    "limit_range",
    { bound: "maximum", what: "memory", limit: "4Gi" },
  ],
  [
    "pod security",
    stuck(
      "Starting",
      says(
        "Synchronized",
        "FailedCreate",
        'pods "x" is forbidden: violates PodSecurity "restricted:latest": privileged',
      ),
    ),
    "pod_security",
    { level: "restricted:latest" },
  ],
  [
    "secret missing",
    stuck("Starting", says("Synchronized", "FailedCreate", 'secret "keys" not found')),
    "reference_missing",
    { kind: "secret", name: "keys" },
  ],
  [
    "launch failing somehow",
    stuck("Starting", says("Synchronized", "FailedCreate", "the moon is full")),
    "launch_failed",
    { words: "the moon is full" },
  ],
  ["node lost", { cluster: { isNodeReady: false } }, "node_lost", { node: "node-a" }],
  [
    "instance failed",
    { vm: { status: "STARTING", clusterStatus: "Unknown" }, symptoms: { instance: { reason: "Evicted" } } },
    "instance_failed",
    { reason: "Evicted" },
  ],
  [
    "changes not applied",
    { symptoms: says("Synchronized", "x", "memory cannot grow") },
    "changes_not_applied",
  ],
  [
    "keys not applied",
    { symptoms: says("AccessCredentialsSynchronized", "x", "no agent") },
    "keys_not_applied",
  ],
  ["no agent", { vm: { hasAgent: false, statusSince: minutesAgo(11) } }, "agent_missing"],
  ["shutdown ignored", { vm: { status: "STOPPING", statusSince: minutesAgo(4) } }, "shutdown_ignored"],
  [
    "slow",
    stuck("Starting", null, { vm: { statusSince: minutesAgo(6) } }),
    "starting_slowly",
    { minutes: 6 },
  ],
  ["unknown", { vm: { status: "UNKNOWN", clusterStatus: "Unknown" } }, "state_unknown"],
  ["cluster silent", { cluster: { isStale: true } }, "cluster_unreachable", { cluster: "cluster-a" }],
  ["gone", { vm: { status: "NOT_FOUND" } }, "gone_from_cluster"],
  [
    "removal held",
    {
      vm: { status: "DELETING" },
      symptoms: { removal: { since: minutesAgo(3).toISOString(), finalizers: ["backup.example.com/hold"] } },
    },
    "deletion_held",
    { finalizers: "backup.example.com/hold", count: 1 },
  ],
  [
    "removed by others",
    { symptoms: { removal: { since: minutesAgo(1).toISOString(), finalizers: [] } } },
    "deleted_outside",
  ],
  [
    "cluster busy",
    stuck("Stopped", null, { operation: { ...anOperation(null), queuedAt: minutesAgo(1) } }),
    "cluster_busy",
  ],
  [
    "maintenance",
    stuck("Stopped", null, { operation: anOperation("CLUSTER_MAINTENANCE: {}") }),
    "cluster_maintenance",
  ],
  [
    "retried",
    stuck("Stopped", null, { operation: anOperation("socket hang up") }),
    "operation_retrying",
    { attempt: 2 },
  ],
  ["name taken", failedWith("FOREIGN_OBJECT: {}"), "name_taken"],
  ["quota", failedWith("QUOTA_EXCEEDED: {}"), "portal_quota"],
  ["timed out", failedWith("OPERATION_TIMED_OUT: {}"), "operation_timed_out"],
  [
    "failed somehow",
    failedWith("CLUSTER_REJECTED: the moon is full"),
    "operation_failed",
    { words: "the moon is full" },
  ],
  [
    "failed a while ago",
    { failure: { ticketId: "t", errorMessage: "CLUSTER_REJECTED: no", endedAt: minutesAgo(60) } },
    "operation_failed",
  ],
  [
    "held",
    {
      vm: { status: "STOPPED" },
      waiting: { ticketId: "t", operation: "START_VM", status: "APPROVED", heldUntil: minutesAgo(-60) },
    },
    "request_held",
  ],
  [
    "asked",
    { waiting: { ticketId: "t", operation: "DELETE_VM", status: "PENDING", heldUntil: null } },
    "approval_pending",
  ],
  [
    "volume of no data",
    stuck("Starting", says("Synchronized", "x", "DataVolume extra does not exist")),
    "volume_missing",
    { volume: "extra" },
  ],
];
