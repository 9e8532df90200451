export type ForbiddenReason =
  | "host_access"
  | "secret_access"
  | "foreign_volume"
  | "foreign_namespace"
  | "foreign_image"
  | "hook"
  | "placement"
  | "device_claim"
  | "platform_owned"
  | "unsafe_key"
  | "too_deep";

/**
 * What no machine of a company carries, wherever it stands. Keys are compared folded, because the cluster's own parser
 * takes `HostDisk` for `hostDisk`.
 */
export const forbiddenKeys: Record<string, ForbiddenReason> = {
  // The node's files, devices and figures are no tenant's.
  hostdisk: "host_access",
  hostdevices: "host_access",
  filesystems: "host_access",
  virtiofs: "host_access",
  containerpath: "host_access",
  hostpath: "host_access",
  downwardmetrics: "host_access",
  autoattachvsock: "host_access",
  // The namespace's secrets and accounts belong to its other inhabitants.
  secret: "secret_access",
  configmap: "secret_access",
  serviceaccount: "secret_access",
  serviceaccountname: "secret_access",
  downwardapi: "secret_access",
  sysprep: "secret_access",
  accesscredentials: "secret_access",
  secretref: "secret_access",
  userdatasecretref: "secret_access",
  networkdatasecretref: "secret_access",
  secretextraheaders: "secret_access",
  certconfigmap: "secret_access",
  imagepullsecret: "secret_access",
  imagepullsecrets: "secret_access",
  // A disk comes from a template; any other is somebody's.
  persistentvolumeclaim: "foreign_volume",
  ephemeral: "foreign_volume",
  memorydump: "foreign_volume",
  utilityvolumes: "foreign_volume",
  // A kernel of its own is an image that no template names.
  kernelboot: "foreign_image",
  // These run code beside the machine, with the launcher's rights.
  sidecars: "hook",
  initcontainers: "hook",
  containers: "hook",
  ephemeralcontainers: "hook",
  binding: "hook",
  // Clusters and nodes are chosen by matching, and by KubeVirt for what was matched.
  nodename: "placement",
  nodeselector: "placement",
  affinity: "placement",
  tolerations: "placement",
  topologyspreadconstraints: "placement",
  schedulername: "placement",
  priorityclassname: "placement",
  // Devices are counted by the device plugins' names, which matching reads.
  resourceclaims: "device_claim",
  claimname: "device_claim",
  requestname: "device_claim",
};

/** Keys that change what an object is instead of what it holds. */
export const unsafeKeys = new Set(["__proto__", "prototype", "constructor"]);

/** Annotations by which others add containers or networks to the launcher's pod. */
export const forbiddenAnnotations: [prefix: string, reason: ForbiddenReason][] = [
  ["hooks.kubevirt.io/", "hook"],
  ["sidecar.istio.io/", "hook"],
  ["k8s.v1.cni.cncf.io/", "foreign_namespace"],
  ["v1.multus-cni.io/", "foreign_namespace"],
];

/** Free-form maps: their keys are anybody's words. */
export const freeMaps = new Set(["labels", "annotations", "matchlabels"]);
export const probes = new Set(["livenessprobe", "readinessprobe"]);
export const plainResources = new Set(["cpu", "memory", "ephemeral-storage"]);

/** What the portal itself writes; an override at, below or above it would take it away. */
export const ownedPaths = [
  "spec.running",
  "spec.runstrategy",
  "spec.datavolumetemplates",
  "spec.updatevolumesstrategy",
  "spec.instancetype",
  "spec.preference",
  "spec.template.metadata",
  "spec.template.spec.hostname",
  "spec.template.spec.subdomain",
  "spec.template.spec.volumes",
  "spec.template.spec.domain.devices.disks",
];
