import { event, failedWith, importSays, says, stuck, unschedulable, type ExplainedRow } from "./facts";

/** The scheduler and the importer, in their own words. */
export const placeRows: ExplainedRow[] = [
  ["no memory", unschedulable("1 Insufficient memory, 1 node(s) were unschedulable"), "no_memory_free"],
  ["no CPU", unschedulable("2 Insufficient cpu"), "no_cpu_free"],
  ["no hugepages", unschedulable("2 Insufficient hugepages-1Gi"), "no_hugepages_free", { size: "1Gi" }],
  ["no virtualization", unschedulable("2 Insufficient devices.kubevirt.io/kvm"), "no_virtualization"],
  ["full of pods", unschedulable("2 Too many pods"), "too_many_pods"],
  ["cordoned", unschedulable("2 node(s) were unschedulable"), "nodes_cordoned", { nodes: 2 }],
  [
    "tainted",
    unschedulable("2 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }"),
    "nodes_tainted",
    { taint: "node-role.kubernetes.io/control-plane" },
  ],
  ["of another kind", unschedulable("2 node(s) didn't match Pod's node affinity/selector"), "node_selector"],
  ["apart", unschedulable("2 node(s) didn't match pod anti-affinity rules"), "anti_affinity"],
  [
    "its disk elsewhere",
    unschedulable("2 node(s) had volume node affinity conflict"),
    "volume_on_other_node",
  ],
  [
    "its disk unbound",
    stuck(
      "ErrorUnschedulable",
      says(
        "PodScheduled",
        "Unschedulable",
        "0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims.",
      ),
    ),
    "volume_unbound",
  ],
  ["some other way", unschedulable("2 node(s) are made of cheese"), "unschedulable"],
  [
    "registry without the image",
    stuck("DataVolumeError", importSays("reading manifest in docker://r/x: manifest unknown")),
    "import_not_found",
  ],
  [
    "image server with a foreign certificate",
    stuck("DataVolumeError", importSays("x509: certificate signed by unknown authority")),
    "import_tls",
  ],
  [
    "image server that wants a password",
    stuck("DataVolumeError", importSays("expected status code 200, got 401. Status: 401 Unauthorized")),
    "import_unauthorized",
  ],
  [
    "image larger than the disk",
    stuck(
      "DataVolumeError",
      importSays("Virtual image size 10737418240 is larger than available size 1073741824"),
    ),
    "import_no_space",
  ],
  [
    "disk full",
    stuck("DataVolumeError", importSays("write /data/disk.img: no space left on device")),
    "import_no_space",
  ],
  [
    "image server that is slow",
    stuck("DataVolumeError", importSays("Get https://i/x: context deadline exceeded")),
    "import_timeout",
  ],
  [
    "image server that is away",
    stuck("DataVolumeError", importSays("dial tcp: lookup images.lab: no such host")),
    "import_unreachable",
  ],
  [
    "no image",
    stuck("DataVolumeError", importSays("qemu-img: Could not open 'nbd': invalid")),
    "import_format",
  ],
  [
    "import failing somehow",
    stuck("DataVolumeError", importSays("exit status 1")),
    "import_failed",
    { volume: "vm-root" },
  ],
  ["import failing without a word", stuck("DataVolumeError", null), "import_failed"],
  [
    "storage class missing",
    stuck("Provisioning", {
      volumes: {
        "vm-root": {
          phase: "Pending",
          reason: "Pending",
          message: 'PVC vm-root Pending: storageclass.storage.k8s.io "gold" not found',
        },
      },
    }),
    "storage_class_missing",
    { name: "gold" },
  ],
  [
    "no storage class",
    stuck("Provisioning", {
      volumes: {
        "vm-root": {
          phase: "Pending",
          message: "PVC vm-root Pending: no storage class is set and no default one exists",
        },
      },
    }),
    "storage_class_unset",
  ],
  [
    "nothing to copy",
    stuck("Provisioning", {
      volumes: {
        "vm-root": {
          phase: "Pending",
          reason: "CloneWithoutSource",
          message: "The source pvc golden doesn't exist",
        },
      },
    }),
    "clone_source_missing",
    { source: "golden" },
  ],
  [
    "nothing to copy from there",
    failedWith(
      'CLUSTER_REJECTED: admission webhook "virtualmachine-validator.kubevirt.io" denied the request: Authorization failed, message is: User system:serviceaccount:a:default has insufficient permissions in clone source namespace images',
    ),
    "clone_forbidden",
    { namespace: "images" },
  ],
  [
    "storage without room",
    stuck("Provisioning", null, { events: [event("ProvisioningFailed", "rpc error: no capacity")] }),
    "provisioning_failed",
  ],
  [
    "disk not attached",
    stuck("Starting", null, {
      events: [event("FailedMount", 'MountVolume.MountDevice failed for volume "pvc-1": rpc error')],
    }),
    "volume_mount_failed",
    { volume: "pvc-1" },
  ],
];
