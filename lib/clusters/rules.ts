import type {
  Candidate,
  Capacity,
  CapabilityFacts,
  ClusterFacts,
  Exclusion,
  PlacementNeed,
  PlacementWarning,
  PolicyFacts,
} from "./placement";

/** A cluster's answers older than this no longer prove what it can do (spec §5.11). */
export const capabilitiesFreshHours = 24;

/** Every cluster of the environment by name, each with its verdict; the heaviest eligible one is recommended. */
export function matchClusters(need: PlacementNeed, clusters: ClusterFacts[]): Candidate[] {
  const candidates = clusters
    .filter((cluster) => cluster.environment === need.environment)
    .map((cluster) => judgeCluster(need, cluster))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const best = candidates
    .filter((candidate) => candidate.eligible)
    .reduce<Candidate | null>(
      (chosen, next) => (chosen && chosen.weight >= next.weight ? chosen : next),
      null,
    );
  return candidates.map((candidate) => ({ ...candidate, recommended: candidate === best }));
}

function judgeCluster(need: PlacementNeed, cluster: ClusterFacts): Candidate {
  const storage = chooseStorage(need, cluster);
  const exclusions = [
    ...requestProblems(need),
    ...availabilityProblems(cluster),
    ...capabilityProblems(need, cluster),
    ...policyProblems(need, cluster.policy),
    ...storage.exclusions,
  ];
  return {
    clusterId: cluster.id,
    name: cluster.name,
    displayName: cluster.displayName,
    eligible: exclusions.length === 0,
    recommended: false,
    weight: cluster.weight,
    exclusions,
    warnings: [...ageWarnings(cluster), ...storage.warnings],
    storageClass: storage.storageClass,
    storageClasses: storage.storageClasses,
    capacity: capacityOf(cluster.capabilities?.nodes ?? [], cluster.committed),
  };
}

function requestProblems(need: PlacementNeed): Exclusion[] {
  const contradicts = need.dedicatedCpu && (need.overcommitCpu || !Number.isInteger(need.cpuCores));
  return contradicts ? [{ code: "RequestInvalid", params: { reason: "dedicated_cpu" } }] : [];
}

function availabilityProblems(cluster: ClusterFacts): Exclusion[] {
  const reasons: string[] = [];
  if (!cluster.enabled) reasons.push("disabled");
  if (cluster.maintenance) reasons.push("maintenance");
  if (cluster.status !== "HEALTHY") reasons.push(cluster.status.toLowerCase());
  else if (cluster.breakerOpen) reasons.push("breaker");
  return reasons.map((reason) => ({ code: "ClusterUnavailable", params: { reason } }));
}

function capabilityProblems(need: PlacementNeed, cluster: ClusterFacts): Exclusion[] {
  const { capabilities } = cluster;
  if (capabilities === null) return [lacks("capabilities_unknown")];
  const problems: Exclusion[] = [];
  for (const gpu of need.gpuDevices) {
    const available = capabilities.gpuDevices.find(({ resource }) => resource === gpu.name)?.allocatable ?? 0;
    if (available < gpu.count)
      problems.push(lacks("gpu", { device: gpu.name, needed: gpu.count, available }));
  }
  if (need.requiresSriov && capabilities.sriovNetworks.length === 0) problems.push(lacks("sriov"));
  if (need.hugepagesSize !== null && !hasHugepages(need, capabilities)) {
    problems.push(lacks("hugepages", { size: need.hugepagesSize, neededGi: need.memoryGi }));
  }
  // Whatever the source, the root disk is a DataVolume.
  if (!capabilities.cdi) problems.push(lacks("cdi"));
  return [...problems, ...nodeSizeProblems(need, capabilities)];
}

function hasHugepages(need: PlacementNeed, capabilities: CapabilityFacts): boolean {
  const pages = capabilities.hugepages.find(({ size }) => size === need.hugepagesSize);
  return pages !== undefined && pages.allocatableBytes >= need.memoryGi * 1024 ** 3;
}

/** A machine larger than the largest node waits for ever; nodes that could not be read prove nothing. */
function nodeSizeProblems(need: PlacementNeed, { nodes }: CapabilityFacts): Exclusion[] {
  const ready = nodes.filter((node) => node.ready);
  if (nodes.length === 0) return [];
  if (ready.length === 0) return [lacks("no_ready_node")];
  const cpuMax = Math.max(...ready.map((node) => node.cpuCores));
  const memoryMax = Math.max(...ready.map((node) => node.memoryGi));
  const problems: Exclusion[] = [];
  if (!need.overcommitCpu && need.cpuCores > cpuMax) {
    problems.push(lacks("node_cpu", { needed: need.cpuCores, available: cpuMax }));
  }
  if (!need.overcommitMemory && need.memoryGi > memoryMax) {
    problems.push(lacks("node_memory", { needed: need.memoryGi, available: memoryMax }));
  }
  return problems;
}

function policyProblems(need: PlacementNeed, policy: PolicyFacts | null): Exclusion[] {
  if (policy === null) return [{ code: "PolicyNotConfigured", params: { reason: "no_policy" } }];
  const { allowedHugepagesSizes: sizes, allowedCloneSourceNamespaces: sources } = policy;
  const clones = need.sourceType === "cdi_pvc_clone";
  const source = need.cloneSourceNamespace;
  const refused: [boolean, string][] = [
    [need.overcommitCpu && !policy.allowCpuOvercommit, "cpu_overcommit"],
    [need.overcommitMemory && !policy.allowMemoryOvercommit, "memory_overcommit"],
    [need.dedicatedCpu && !policy.allowDedicatedCpu, "dedicated_cpu"],
    [need.gpuDevices.length > 0 && !policy.allowGpu, "gpu"],
    [need.requiresSriov && !policy.allowSriov, "sriov"],
    [need.hugepagesSize !== null && !policy.allowHugepages, "hugepages"],
    [
      need.hugepagesSize !== null && sizes.length > 0 && !sizes.includes(need.hugepagesSize),
      "hugepages_size",
    ],
    [clones && !policy.allowCdiClone, "clone"],
    [clones && source !== undefined && sources.length > 0 && !sources.includes(source), "clone_source"],
  ];
  return refused
    .filter(([isRefused]) => isRefused)
    .map(([, reason]) => ({ code: "PolicyDenied", params: { reason } }));
}

function ageWarnings(cluster: ClusterFacts): PlacementWarning[] {
  const ageHours = cluster.capabilitiesAgeHours;
  if (ageHours === null || ageHours <= capabilitiesFreshHours) return [];
  return [{ code: "CLUSTER_DEGRADED", params: { ageHours: Math.floor(ageHours) } }];
}

/** Ready nodes' room beside what the portal's machines were promised; null while no node is known. */
export function capacityOf(
  nodes: CapabilityFacts["nodes"],
  committed: ClusterFacts["committed"],
): Capacity | null {
  const ready = nodes.filter((node) => node.ready);
  if (ready.length === 0) return null;
  const sum = (values: number[]) => Math.round(values.reduce((total, value) => total + value, 0) * 10) / 10;
  return {
    cpuCores: { total: sum(ready.map((node) => node.cpuCores)), committed: committed.cpuCores },
    memoryGi: { total: sum(ready.map((node) => node.memoryGi)), committed: committed.memoryGi },
  };
}

/** MISSING places nothing, OPEN refuses nothing, GUARDED is anything between (spec §2). */
export function summarizePolicy(policy: PolicyFacts | null): "MISSING" | "OPEN" | "GUARDED" {
  if (policy === null) return "MISSING";
  const isOpen = Object.values(policy).every((rule) => (Array.isArray(rule) ? rule.length === 0 : rule));
  return isOpen ? "OPEN" : "GUARDED";
}

/** An administrator's choice stands while the class exists; else the cluster's own default, else its only class. */
export function pickDefaultClass(
  chosen: string | null,
  classes: { name: string; isDefault: boolean; isVirtualizationDefault: boolean }[],
): string | null {
  if (chosen !== null && classes.some(({ name }) => name === chosen)) return chosen;
  const marked = classes.find((one) => one.isVirtualizationDefault) ?? classes.find((one) => one.isDefault);
  return marked?.name ?? (classes.length === 1 ? (classes[0]?.name ?? null) : null);
}

function lacks(reason: string, params: Record<string, string | number> = {}): Exclusion {
  return { code: "CapabilityMismatch", params: { reason, ...params } };
}

interface StorageChoice {
  storageClass: string | null;
  storageClasses: string[];
  exclusions: Exclusion[];
  warnings: PlacementWarning[];
}

/** Which storage class the root volume gets: the one asked for, else the cluster's default, else the approver's. */
function chooseStorage(need: PlacementNeed, cluster: ClusterFacts): StorageChoice {
  const allowed = allowedClasses(cluster);
  const choice: StorageChoice = { storageClass: null, storageClasses: allowed, exclusions: [], warnings: [] };
  const problem = storageProblem(need, cluster, allowed);
  if (problem !== null) return { ...choice, exclusions: [problem] };
  const storageClass = need.storageClass ?? defaultClass(cluster, allowed);
  if (storageClass === null) {
    return { ...choice, warnings: [{ code: "STORAGE_CLASS_REQUIRED", params: { cluster: cluster.name } }] };
  }
  return { ...choice, storageClass, warnings: cloneWarnings(need, cluster) };
}

function allowedClasses(cluster: ClusterFacts): string[] {
  const allowed = cluster.policy?.allowedStorageClasses ?? [];
  return allowed.length === 0
    ? cluster.storageClasses
    : cluster.storageClasses.filter((name) => allowed.includes(name));
}

function storageProblem(need: PlacementNeed, cluster: ClusterFacts, allowed: string[]): Exclusion | null {
  const asked = need.storageClass;
  if (asked !== undefined && !cluster.storageClasses.includes(asked)) {
    return { code: "CapabilityMismatch", params: { reason: "storage_class", storageClass: asked } };
  }
  if (asked !== undefined && !allowed.includes(asked)) {
    return { code: "PolicyDenied", params: { reason: "storage_class", storageClass: asked } };
  }
  if (cluster.storageClasses.length === 0) {
    return { code: "CapabilityMismatch", params: { reason: "no_storage_class" } };
  }
  return allowed.length === 0 ? { code: "PolicyDenied", params: { reason: "no_storage_class" } } : null;
}

function defaultClass(cluster: ClusterFacts, allowed: string[]): string | null {
  const name = cluster.defaultStorageClass;
  return name !== null && allowed.includes(name) ? name : null;
}

/** Without volume snapshots CDI copies byte by byte through a pod. */
function cloneWarnings(need: PlacementNeed, cluster: ClusterFacts): PlacementWarning[] {
  const copiesByHand = need.sourceType === "cdi_pvc_clone" && cluster.capabilities?.snapshots !== true;
  return copiesByHand ? [{ code: "HostAssistedCloneLikely", params: { cluster: cluster.name } }] : [];
}
