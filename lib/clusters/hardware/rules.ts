import type { CapabilityFacts, ClusterFacts, Exclusion, NodeFacts, PlacementNeed } from "../placement";

/** What the cluster's hardware and software lack for this need, each reason once, with numbers (spec §5.11). */
export function judgeHardware(need: PlacementNeed, cluster: ClusterFacts): Exclusion[] {
  const { capabilities } = cluster;
  if (capabilities === null) return [lacks("capabilities_unknown")];
  const problems = [
    ...deviceProblems(need, capabilities),
    ...networkProblems(need, capabilities),
    ...hugepageProblems(need, capabilities),
    // Whatever the source, the root disk is a DataVolume.
    ...(capabilities.cdi ? [] : [lacks("cdi")]),
    ...imageProblems(need, cluster),
    ...schemaProblems(need, cluster),
    ...nodeProblems(need, capabilities),
  ];
  return problems.length > 0 ? problems : jointProblems(need, capabilities);
}

export function lacks(reason: string, params: Record<string, string | number> = {}): Exclusion {
  return { code: "CapabilityMismatch", params: { reason, ...params } };
}

/** A machine's devices sit in one node; the total over nodes only counts while nodes were not read one by one. */
function deviceProblems(need: PlacementNeed, { gpuDevices, nodes }: CapabilityFacts): Exclusion[] {
  return need.gpuDevices.flatMap(({ name: device, count: needed }) => {
    const total = gpuDevices.find(({ resource }) => resource === device)?.allocatable ?? 0;
    const perNode = readyNodes(nodes).flatMap((node) => node.devices?.[device] ?? []);
    const available = total === 0 || perNode.length === 0 ? total : Math.max(...perNode);
    return available < needed ? [lacks("gpu", { device, needed, available })] : [];
  });
}

function networkProblems(need: PlacementNeed, { sriovNetworks }: CapabilityFacts): Exclusion[] {
  return need.sriovNetworks
    .filter((network) => !sriovNetworks.includes(network))
    .map((network) => lacks("sriov", { network }));
}

function hugepageProblems(need: PlacementNeed, { hugepages }: CapabilityFacts): Exclusion[] {
  const { hugepagesSize: size, memoryGi: neededGi } = need;
  if (size === null) return [];
  const pages = hugepages.find((one) => one.size === size);
  const fits = pages !== undefined && pages.allocatableBytes >= bytesOf(neededGi);
  return fits ? [] : [lacks("hugepages", { size, neededGi })];
}

function imageProblems({ imageClusterId }: PlacementNeed, cluster: ClusterFacts): Exclusion[] {
  return imageClusterId === undefined || imageClusterId === cluster.id ? [] : [lacks("image_elsewhere")];
}

/** A field that this version of KubeVirt does not know would be dropped or refused by it. */
function schemaProblems(need: PlacementNeed, { kubevirtMinor }: ClusterFacts): Exclusion[] {
  if (kubevirtMinor === null) return [];
  const [path] = need.unknownPaths[kubevirtMinor] ?? [];
  return path === undefined ? [] : [lacks("unknown_field", { path, minor: kubevirtMinor })];
}

/** A machine larger than the largest node waits for ever; nodes that could not be read prove nothing. */
function nodeProblems(need: PlacementNeed, { nodes }: CapabilityFacts): Exclusion[] {
  if (nodes.length === 0) return [];
  const ready = readyNodes(nodes);
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
  if (need.dedicatedCpu && ready.every((node) => node.cpuManager === false))
    problems.push(lacks("cpu_manager"));
  return problems;
}

/** Each part fits somewhere; all of it must fit one node. */
function jointProblems(need: PlacementNeed, { nodes }: CapabilityFacts): Exclusion[] {
  const ready = readyNodes(nodes);
  return ready.length === 0 || ready.some((node) => holds(node, need)) ? [] : [lacks("no_single_node")];
}

function holds(node: NodeFacts, need: PlacementNeed): boolean {
  const { hugepagesSize: size } = need;
  return (
    (need.overcommitCpu || need.cpuCores <= node.cpuCores) &&
    (need.overcommitMemory || need.memoryGi <= node.memoryGi) &&
    need.gpuDevices.every(({ name, count }) => (node.devices ? (node.devices[name] ?? 0) : count) >= count) &&
    (size === null ||
      node.hugepagesBytes === undefined ||
      hugepagesOf(node, size) >= bytesOf(need.memoryGi)) &&
    (!need.dedicatedCpu || node.cpuManager !== false)
  );
}

function hugepagesOf(node: NodeFacts, size: string): number {
  return node.hugepagesBytes?.[size] ?? 0;
}

function bytesOf(gi: number): number {
  return gi * 1024 ** 3;
}

function readyNodes(nodes: NodeFacts[]): NodeFacts[] {
  return nodes.filter((node) => node.ready);
}
