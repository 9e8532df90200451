export type SourceType = "containerdisk" | "cdi_image_import" | "cdi_pvc_clone";

/** What a request asks of a cluster, whoever asks: the request form, the approver, the execution. */
export interface PlacementNeed {
  environment: string;
  cpuCores: number;
  memoryGi: number;
  diskGb: number;
  dedicatedCpu: boolean;
  overcommitCpu: boolean;
  overcommitMemory: boolean;
  gpuDevices: { name: string; count: number }[];
  /** Network attachments as `namespace/name`. */
  sriovNetworks: string[];
  hugepagesSize: string | null;
  sourceType: SourceType;
  cloneSourceNamespace?: string;
  /** Where an uploaded image lies: a claim cannot be cloned from another cluster. */
  imageClusterId?: string;
  storageClass?: string;
  /** As the size fixes them; empty and null leave it to the storage class's profile. */
  dvAccessModes: string[];
  dvVolumeMode: string | null;
  /** By minor version: the paths that this KubeVirt does not know. Minors that are absent know all of them. */
  unknownPaths: Record<string, string[]>;
}

export interface PolicyFacts {
  allowCpuOvercommit: boolean;
  allowMemoryOvercommit: boolean;
  allowDedicatedCpu: boolean;
  allowGpu: boolean;
  allowSriov: boolean;
  allowHugepages: boolean;
  allowCdiClone: boolean;
  allowedHugepagesSizes: string[];
  allowedCloneSourceNamespaces: string[];
  allowedStorageClasses: string[];
}

export interface CapabilityFacts {
  gpuDevices: { resource: string; allocatable: number }[];
  hugepages: { size: string; allocatableBytes: number }[];
  sriovNetworks: string[];
  nodes: NodeFacts[];
  cdi: boolean;
  snapshots: boolean;
}

export interface NodeFacts {
  name: string;
  ready: boolean;
  cpuCores: number;
  memoryGi: number;
  /** Extended resources that a machine may ask for, by name; absent where the look was older than this knowledge. */
  devices?: Record<string, number>;
  hugepagesBytes?: Record<string, number>;
  /** Whether KubeVirt may pin cores here. */
  cpuManager?: boolean;
}

export interface StorageClassFacts {
  name: string;
  /** How CDI's profile says its volumes can be used, best first; empty where no profile knows. */
  propertySets: { accessModes: string[]; volumeMode?: string | undefined }[];
}

export interface ClusterFacts {
  id: string;
  name: string;
  displayName: string;
  environment: string;
  status: string;
  enabled: boolean;
  maintenance: boolean;
  breakerOpen: boolean;
  weight: number;
  policy: PolicyFacts | null;
  /** Null until the cluster has been looked at once. */
  capabilities: CapabilityFacts | null;
  capabilitiesAgeHours: number | null;
  /** Its minor version, such as 1.5; null where KubeVirt is unknown. */
  kubevirtMinor: string | null;
  storageClasses: StorageClassFacts[];
  defaultStorageClass: string | null;
  /** What the portal's own VMs were promised there. */
  committed: { cpuCores: number; memoryGi: number };
}

/** The exclusion codes of spec §5.11 that speak of one cluster. */
export type ExclusionCode =
  | "ClusterUnavailable"
  | "CapabilityMismatch"
  | "PolicyNotConfigured"
  | "PolicyDenied"
  | "RequestInvalid"
  | "Other";

export interface Exclusion {
  code: ExclusionCode;
  params: { reason: string } & Record<string, string | number>;
}

export interface PlacementWarning {
  code: "CLUSTER_DEGRADED" | "STORAGE_CLASS_REQUIRED" | "HostAssistedCloneLikely";
  params: Record<string, string | number>;
}

export interface Capacity {
  cpuCores: { total: number; committed: number };
  memoryGi: { total: number; committed: number };
}

/** What the root volume gets, frozen at approval and never resolved again (spec §5.11). */
export interface RootVolume {
  resolution: "resolved" | "storage_class_required" | "mode_required" | "profile_incomplete" | "unsupported";
  accessModes: string[];
  volumeMode: string | null;
}

export interface Candidate {
  clusterId: string;
  name: string;
  displayName: string;
  eligible: boolean;
  recommended: boolean;
  weight: number;
  exclusions: Exclusion[];
  warnings: PlacementWarning[];
  /** Resolved for the root volume; null where the approver must choose. */
  storageClass: string | null;
  storageClasses: string[];
  rootVolume: RootVolume;
  capacity: Capacity | null;
}
