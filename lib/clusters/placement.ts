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
  requiresSriov: boolean;
  hugepagesSize: string | null;
  sourceType: SourceType;
  cloneSourceNamespace?: string;
  storageClass?: string;
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
  nodes: { name: string; ready: boolean; cpuCores: number; memoryGi: number }[];
  cdi: boolean;
  snapshots: boolean;
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
  storageClasses: string[];
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

export interface Candidate {
  clusterId: string;
  name: string;
  displayName: string;
  eligible: boolean;
  recommended: boolean;
  weight: number;
  exclusions: Exclusion[];
  warnings: PlacementWarning[];
  /** Resolved for the root volume; null where none is needed or the approver must choose. */
  storageClass: string | null;
  storageClasses: string[];
  capacity: Capacity | null;
}
