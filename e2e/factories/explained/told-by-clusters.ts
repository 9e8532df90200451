import {
  anOperation,
  condition,
  event,
  importSays,
  quotaWords,
  says,
  stuck,
  unschedulable,
  webhookWords,
  type ExplainedRow,
} from "./facts";

/** The API facts §5, row by row. */
export const clusterRows: ExplainedRow[] = [
  [
    "no GPU left",
    unschedulable("2 Insufficient nvidia.com/GA102GL_A10"),
    "no_device_free",
    { resource: "nvidia.com/GA102GL_A10", cluster: "cluster-a", nodes: 2, total: 2 },
  ],
  [
    "GPU not permitted",
    stuck(
      "Starting",
      says(
        "Synchronized",
        "FailedCreate",
        "failed to render launch manifest: GPU nvidia.com/NOPE is not permitted in permittedHostDevices configuration",
      ),
    ),
    "device_not_permitted",
    { resource: "nvidia.com/NOPE" },
  ],
  [
    "missing PVC",
    stuck("ErrorPvcNotFound", {
      conditions: [
        condition(
          "PodScheduled",
          "FailedPvcNotFound",
          "PVC ns/missing does not exist, waiting for it to appear",
        ),
      ],
    }),
    "claim_missing",
    { claim: "ns/missing" },
  ],
  ["missing PVC, without a word", stuck("ErrorPvcNotFound", null), "claim_missing", { claim: "none" }],
  [
    "import failing",
    stuck(
      "DataVolumeError",
      importSays(
        "Unable to connect to http data source: expected status code 200, got 404. Status: 404 Not Found",
      ),
    ),
    "import_not_found",
    { volume: "vm-root" },
  ],
  [
    "VMI refused by a webhook",
    {
      vm: { status: "STOPPED", clusterStatus: "Stopped" },
      symptoms: says("Failure", "FailedCreate", webhookWords, "True"),
    },
    "admission_denied",
    { webhook: "machines.policy.example.com", words: "the machine names no owner" },
  ],
  [
    "hotplug of a missing claim",
    stuck("Starting", says("Synchronized", "FailedPvcNotFound", "PVC nosuch not found")),
    "claim_missing",
    { claim: "nosuch" },
  ],
  [
    "ResourceQuota exceeded",
    stuck("Starting", says("Synchronized", "FailedCreate", quotaWords)),
    "cluster_quota",
    {
      quota: "small",
      requested: "requests.memory=1356205760",
      used: "requests.memory=900000000",
      limited: "requests.memory=2Gi",
    },
  ],
  [
    "crash loop",
    stuck("CrashLoopBackOff", { startFailure: { failures: 3, retryAt: "2026-11-24T10:01:30.000Z" } }),
    "crash_loop",
    { failures: 3, retryAt: "2026-11-24T10:01:30.000Z" },
  ],
  [
    "recovery by hand",
    { symptoms: says("ManualRecoveryRequired", "VolumeMigrationFailed", "x", "True") },
    "recovery_required",
  ],
  ["restart required", { vm: { restartRequired: true } }, "restart_required"],
  ["paused", { vm: { status: "PAUSED", clusterStatus: "Paused" } }, "paused"],
  [
    "paused by its storage",
    {
      vm: { status: "PAUSED" },
      symptoms: says("Paused", "PausedIOError", "VMI was paused, IO error", "True"),
    },
    "storage_error",
  ],
  ["migrating", { vm: { status: "MIGRATING", clusterStatus: "Migrating" } }, "migrating"],
  [
    "migration failed",
    { symptoms: { instance: { migration: { reason: "client migration failed" } } } },
    "migration_failed",
    { words: "client migration failed" },
  ],
  ["waiting for its volume", stuck("WaitingForVolumeBinding", null), "volume_waits"],
  [
    "importing",
    stuck("Provisioning", null, { vm: { importProgress: "37.50%" } }),
    "importing",
    { percent: 38 },
  ],
  [
    "image not found",
    stuck(
      "ErrImagePull",
      says("Synchronized", "ErrImagePull", 'Failed to pull image "r/x:1": manifest unknown'),
    ),
    "image_not_found",
    { image: "r/x:1" },
  ],
  [
    "image refused",
    stuck("ImagePullBackOff", null, {
      events: [event("Failed", 'Failed to pull image "r/x:1": 401 Unauthorized')],
    }),
    "image_unauthorized",
    { image: "r/x:1" },
  ],
  ["image not pulled", stuck("ImagePullBackOff", null), "image_pull_failed"],
  [
    "virt-api down",
    stuck("Starting", null, {
      operation: anOperation(
        "error trying to reach service: dial tcp 10.0.0.1:443: connect: connection refused",
      ),
    }),
    "kubevirt_down",
    { cluster: "cluster-a" },
  ],
  [
    "virt-api hung",
    stuck("Starting", null, {
      operation: anOperation(
        'Internal error occurred: failed calling webhook "virtualmachines-mutator.kubevirt.io": failed to call webhook: context deadline exceeded',
      ),
    }),
    "kubevirt_down",
  ],
  [
    "another's webhook hung",
    stuck("Starting", null, {
      operation: anOperation('failed calling webhook "owners.example.com": context deadline exceeded'),
    }),
    "webhook_unreachable",
    { webhook: "owners.example.com" },
  ],
];
