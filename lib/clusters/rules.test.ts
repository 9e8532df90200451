import { describe, expect, test } from "vitest";
import type { CapabilityFacts, ClusterFacts, PlacementNeed, PolicyFacts } from "./placement";
import { matchClusters, pickDefaultClass, summarizePolicy } from "./rules";

const openPolicy: PolicyFacts = {
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

const capabilities: CapabilityFacts = {
  gpuDevices: [{ resource: "nvidia.com/A10", allocatable: 2 }],
  hugepages: [{ size: "2Mi", allocatableBytes: 8 * 1024 ** 3 }],
  sriovNetworks: ["default/fast"],
  nodes: [
    { name: "one", ready: true, cpuCores: 16, memoryGi: 64 },
    { name: "two", ready: false, cpuCores: 64, memoryGi: 256 },
  ],
  cdi: true,
  snapshots: true,
};

function cluster(over: Partial<ClusterFacts> = {}): ClusterFacts {
  return {
    id: over.name ?? "a",
    name: "a",
    displayName: "A",
    environment: "test",
    status: "HEALTHY",
    enabled: true,
    maintenance: false,
    breakerOpen: false,
    weight: 100,
    policy: openPolicy,
    capabilities,
    capabilitiesAgeHours: 1,
    kubevirtMinor: "1.5",
    storageClasses: [
      {
        name: "fast",
        propertySets: [
          { accessModes: ["ReadWriteMany"], volumeMode: "Block" },
          { accessModes: ["ReadWriteOnce"], volumeMode: "Block" },
        ],
      },
      { name: "slow", propertySets: [{ accessModes: ["ReadWriteOnce"], volumeMode: "Filesystem" }] },
    ],
    defaultStorageClass: "fast",
    committed: { cpuCores: 3, memoryGi: 4 },
    ...over,
  };
}

function need(over: Partial<PlacementNeed> = {}): PlacementNeed {
  return {
    environment: "test",
    cpuCores: 2,
    memoryGi: 4,
    diskGb: 20,
    dedicatedCpu: false,
    overcommitCpu: false,
    overcommitMemory: false,
    gpuDevices: [],
    sriovNetworks: [],
    hugepagesSize: null,
    sourceType: "cdi_image_import",
    dvAccessModes: [],
    dvVolumeMode: null,
    unknownPaths: {},
    ...over,
  };
}

function verdict(asked: Partial<PlacementNeed>, given: Partial<ClusterFacts> = {}) {
  const [candidate] = matchClusters(need(asked), [cluster(given)]);
  return (candidate?.exclusions ?? []).map(({ code, params }) => `${code} ${params.reason}`);
}

test("a healthy, capable, open cluster of the same environment is recommended with its default storage class", () => {
  expect(matchClusters(need(), [cluster()])).toEqual([
    {
      clusterId: "a",
      name: "a",
      displayName: "A",
      eligible: true,
      recommended: true,
      weight: 100,
      exclusions: [],
      warnings: [],
      storageClass: "fast",
      storageClasses: ["fast", "slow"],
      rootVolume: { resolution: "resolved", accessModes: ["ReadWriteMany"], volumeMode: "Block" },
      capacity: { cpuCores: { total: 16, committed: 3 }, memoryGi: { total: 64, committed: 4 } },
    },
  ]);
});

test("clusters of another environment are no candidates at all", () => {
  expect(matchClusters(need(), [cluster({ environment: "prod" })])).toEqual([]);
});

describe("each reason for an exclusion", () => {
  const noCdi = { ...capabilities, cdi: false };
  const cases: [string, Partial<PlacementNeed>, Partial<ClusterFacts>][] = [
    ["ClusterUnavailable unknown", {}, { status: "UNKNOWN" }],
    ["ClusterUnavailable unhealthy", {}, { status: "UNHEALTHY" }],
    ["ClusterUnavailable unreachable", {}, { status: "UNREACHABLE" }],
    ["ClusterUnavailable disabled", {}, { enabled: false }],
    ["ClusterUnavailable maintenance", {}, { maintenance: true }],
    ["ClusterUnavailable breaker", {}, { breakerOpen: true }],
    ["CapabilityMismatch capabilities_unknown", {}, { capabilities: null }],
    ["CapabilityMismatch gpu", { gpuDevices: [{ name: "nvidia.com/A10", count: 3 }] }, {}],
    ["CapabilityMismatch gpu", { gpuDevices: [{ name: "nvidia.com/H100", count: 1 }] }, {}],
    [
      "CapabilityMismatch sriov",
      { sriovNetworks: ["default/fast"] },
      { capabilities: { ...capabilities, sriovNetworks: [] } },
    ],
    ["CapabilityMismatch sriov", { sriovNetworks: ["default/fast", "other/fast"] }, {}],
    ["CapabilityMismatch image_elsewhere", { imageClusterId: "another" }, {}],
    ["CapabilityMismatch unknown_field", { unknownPaths: { "1.5": ["spec.new"], "1.4": [] } }, {}],
    ["CapabilityMismatch root_volume_unsupported", { dvAccessModes: ["ReadOnlyMany"] }, {}],
    ["CapabilityMismatch root_volume_unsupported", { dvVolumeMode: "Filesystem" }, {}],
    [
      "CapabilityMismatch root_volume_profile_incomplete",
      {},
      { storageClasses: [{ name: "fast", propertySets: [] }] },
    ],
    [
      "CapabilityMismatch root_volume_mode_required",
      { dvAccessModes: ["ReadWriteOnce"] },
      { storageClasses: [{ name: "fast", propertySets: [] }] },
    ],
    ["CapabilityMismatch hugepages", { hugepagesSize: "1Gi" }, {}],
    ["CapabilityMismatch hugepages", { hugepagesSize: "2Mi", memoryGi: 9 }, {}],
    ["CapabilityMismatch cdi", {}, { capabilities: noCdi }],
    ["CapabilityMismatch node_cpu", { cpuCores: 17 }, {}],
    ["CapabilityMismatch node_memory", { memoryGi: 65 }, {}],
    [
      "CapabilityMismatch no_ready_node",
      {},
      { capabilities: { ...capabilities, nodes: capabilities.nodes.slice(1) } },
    ],
    ["CapabilityMismatch storage_class", { storageClass: "absent" }, {}],
    ["CapabilityMismatch no_storage_class", {}, { storageClasses: [], defaultStorageClass: null }],
    ["PolicyNotConfigured no_policy", {}, { policy: null }],
    [
      "PolicyDenied cpu_overcommit",
      { overcommitCpu: true },
      { policy: { ...openPolicy, allowCpuOvercommit: false } },
    ],
    [
      "PolicyDenied memory_overcommit",
      { overcommitMemory: true },
      { policy: { ...openPolicy, allowMemoryOvercommit: false } },
    ],
    [
      "PolicyDenied dedicated_cpu",
      { dedicatedCpu: true },
      { policy: { ...openPolicy, allowDedicatedCpu: false } },
    ],
    [
      "PolicyDenied gpu",
      { gpuDevices: [{ name: "nvidia.com/A10", count: 1 }] },
      { policy: { ...openPolicy, allowGpu: false } },
    ],
    [
      "PolicyDenied sriov",
      { sriovNetworks: ["default/fast"] },
      { policy: { ...openPolicy, allowSriov: false } },
    ],
    [
      "PolicyDenied hugepages",
      { hugepagesSize: "2Mi" },
      { policy: { ...openPolicy, allowHugepages: false } },
    ],
    [
      "PolicyDenied hugepages_size",
      { hugepagesSize: "2Mi" },
      { policy: { ...openPolicy, allowedHugepagesSizes: ["1Gi"] } },
    ],
    [
      "PolicyDenied clone",
      { sourceType: "cdi_pvc_clone" },
      { policy: { ...openPolicy, allowCdiClone: false } },
    ],
    [
      "PolicyDenied clone_source",
      { sourceType: "cdi_pvc_clone", cloneSourceNamespace: "images" },
      { policy: { ...openPolicy, allowedCloneSourceNamespaces: ["golden"] } },
    ],
    [
      "PolicyDenied storage_class",
      { storageClass: "slow" },
      { policy: { ...openPolicy, allowedStorageClasses: ["fast"] } },
    ],
    ["PolicyDenied no_storage_class", {}, { policy: { ...openPolicy, allowedStorageClasses: ["gone"] } }],
    ["RequestInvalid dedicated_cpu", { dedicatedCpu: true, overcommitCpu: true }, {}],
    ["RequestInvalid dedicated_cpu", { dedicatedCpu: true, cpuCores: 1.5 }, {}],
  ];
  test.each(cases)("%s", (expected, asked, given) => {
    expect(verdict(asked, given)).toEqual([expected]);
  });
});

describe("a machine needs one node for all of it", () => {
  const node = (name: string, over: object) => ({ name, ready: true, cpuCores: 16, memoryGi: 64, ...over });
  const gpuTotal = [{ resource: "nvidia.com/A10", allocatable: 4 }];
  const judge = (asked: Partial<PlacementNeed>, nodes: CapabilityFacts["nodes"]) =>
    verdict(asked, { capabilities: { ...capabilities, gpuDevices: gpuTotal, nodes } });
  const two = { gpuDevices: [{ name: "nvidia.com/A10", count: 2 }] };

  test("two devices in two nodes are not two devices", () => {
    const spread = ["one", "two", "three", "four"].map((name) =>
      node(name, { devices: { "nvidia.com/A10": 1 } }),
    );
    expect(judge(two, spread)).toEqual(["CapabilityMismatch gpu"]);
    expect(judge(two, [node("one", { devices: { "nvidia.com/A10": 2 } })])).toEqual([]);
  });

  test("the node with the device must hold the cores too", () => {
    const nodes = [
      node("gpu", { cpuCores: 4, devices: { "nvidia.com/A10": 4 } }),
      node("big", { devices: {} }),
    ];
    expect(judge({ ...two, cpuCores: 8 }, nodes)).toEqual(["CapabilityMismatch no_single_node"]);
    expect(judge({ ...two, cpuCores: 4 }, nodes)).toEqual([]);
  });

  test("cores are only pinned where KubeVirt's CPU manager runs", () => {
    const nodes = [node("plain", { cpuManager: false })];
    expect(judge({ dedicatedCpu: true }, nodes)).toEqual(["CapabilityMismatch cpu_manager"]);
    expect(judge({ dedicatedCpu: true }, [...nodes, node("pinned", { cpuManager: true })])).toEqual([]);
  });

  test("hugepages are counted per node", () => {
    const nodes = [node("one", { hugepagesBytes: { "2Mi": 2 * 1024 ** 3 } })];
    expect(judge({ hugepagesSize: "2Mi", memoryGi: 4 }, nodes)).toEqual([
      "CapabilityMismatch no_single_node",
    ]);
  });
});

test("the root volume's modes come from the profile, and what the size fixes narrows the choice", () => {
  const rootOf = (asked: Partial<PlacementNeed>) => matchClusters(need(asked), [cluster()])[0]?.rootVolume;
  expect(rootOf({})).toEqual({ resolution: "resolved", accessModes: ["ReadWriteMany"], volumeMode: "Block" });
  expect(rootOf({ dvAccessModes: ["ReadWriteOnce"] })).toMatchObject({ accessModes: ["ReadWriteOnce"] });
  expect(rootOf({ storageClass: "slow", dvVolumeMode: "Filesystem" })).toEqual({
    resolution: "resolved",
    accessModes: ["ReadWriteOnce"],
    volumeMode: "Filesystem",
  });
});

test("overcommitted machines may be larger than any node", () => {
  expect(verdict({ cpuCores: 32, overcommitCpu: true, memoryGi: 128, overcommitMemory: true })).toEqual([]);
});

test("nodes that could not be read exclude nothing and show no capacity", () => {
  const [candidate] = matchClusters(need({ cpuCores: 500 }), [
    cluster({ capabilities: { ...capabilities, nodes: [] } }),
  ]);
  expect(candidate).toMatchObject({ eligible: true, capacity: null });
});

test("without a usable default the approver must choose the storage class", () => {
  const guarded = { ...openPolicy, allowedStorageClasses: ["slow"] };
  for (const given of [{ defaultStorageClass: null }, { policy: guarded }]) {
    const [candidate] = matchClusters(need(), [cluster(given)]);
    expect(candidate).toMatchObject({ eligible: true, storageClass: null });
    expect(candidate?.warnings.map(({ code }) => code)).toEqual(["STORAGE_CLASS_REQUIRED"]);
  }
});

test("answers older than a day are shown as degraded", () => {
  const warnings = (age: number) =>
    matchClusters(need(), [cluster({ capabilitiesAgeHours: age })])[0]?.warnings.map(({ code }) => code);
  expect(warnings(24)).toEqual([]);
  expect(warnings(24.1)).toEqual(["CLUSTER_DEGRADED"]);
});

test("a clone without volume snapshots is announced as slow", () => {
  const facts = cluster({ capabilities: { ...capabilities, snapshots: false } });
  const [candidate] = matchClusters(need({ sourceType: "cdi_pvc_clone" }), [facts]);
  expect(candidate?.warnings.map(({ code }) => code)).toEqual(["HostAssistedCloneLikely"]);
});

test("the heaviest eligible cluster is recommended, and of equals the first by name", () => {
  const candidates = matchClusters(need(), [
    cluster({ name: "d", weight: 300, maintenance: true }),
    cluster({ name: "c", weight: 200 }),
    cluster({ name: "b", weight: 200 }),
    cluster({ name: "a", weight: 100 }),
  ]);
  expect(candidates.map(({ name, recommended }) => [name, recommended])).toEqual([
    ["a", false],
    ["b", true],
    ["c", false],
    ["d", false],
  ]);
});

test("a policy is missing, open or guarded", () => {
  expect(summarizePolicy(null)).toBe("MISSING");
  expect(summarizePolicy(openPolicy)).toBe("OPEN");
  expect(summarizePolicy({ ...openPolicy, allowGpu: false })).toBe("GUARDED");
  expect(summarizePolicy({ ...openPolicy, allowedStorageClasses: ["fast"] })).toBe("GUARDED");
});

test("the default class is the administrator's, then the virtualization default, then the cluster's, then the only one", () => {
  const one = (name: string, over = {}) => ({
    name,
    isDefault: false,
    isVirtualizationDefault: false,
    ...over,
  });
  const general = one("general", { isDefault: true });
  const machines = one("machines", { isVirtualizationDefault: true });
  expect(pickDefaultClass("plain", [general, machines, one("plain")])).toBe("plain");
  expect(pickDefaultClass("gone", [general, machines])).toBe("machines");
  expect(pickDefaultClass(null, [one("plain"), general])).toBe("general");
  expect(pickDefaultClass(null, [one("plain")])).toBe("plain");
  expect(pickDefaultClass(null, [one("plain"), one("other")])).toBeNull();
  expect(pickDefaultClass(null, [])).toBeNull();
});
