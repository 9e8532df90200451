import { judgeHardware } from "./hardware/rules";
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
import { resolveRootVolume } from "./volumes/rules";

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
  const root = resolveRootVolume(need, cluster);
  const exclusions = [
    ...requestProblems(need),
    ...availabilityProblems(cluster),
    ...judgeHardware(need, cluster),
    ...policyProblems(need, cluster.policy),
    ...root.exclusions,
  ];
  return {
    clusterId: cluster.id,
    name: cluster.name,
    displayName: cluster.displayName,
    eligible: exclusions.length === 0,
    recommended: false,
    weight: cluster.weight,
    exclusions,
    warnings: [...ageWarnings(cluster), ...root.warnings],
    storageClass: root.storageClass,
    storageClasses: root.storageClasses,
    rootVolume: root.rootVolume,
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
    [need.sriovNetworks.length > 0 && !policy.allowSriov, "sriov"],
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
