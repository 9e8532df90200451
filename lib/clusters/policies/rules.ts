import type { ClusterPolicy } from "@/lib/clusters/schema";

/** Refuses nothing (spec §2). */
export const openPolicy: ClusterPolicy = {
  allowCpuOvercommit: true,
  allowMemoryOvercommit: true,
  allowDedicatedCpu: true,
  allowGpu: true,
  allowSriov: true,
  allowHugepages: true,
  allowCdiClone: true,
  allowedHugepagesSizes: [],
  allowedCloneSourceNamespaces: [],
  allowedStorageClasses: [],
};
