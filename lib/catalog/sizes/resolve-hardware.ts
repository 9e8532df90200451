import { readQuantity } from "@/lib/adapters/kubevirt/quantities";
import { z } from "zod";
import type { SizeProblem } from "./rules";
import type { GpuDevice, SpecOverrides } from "./schema";

/** What a size may say in a member of its own and in its overrides. */
export interface Hardware {
  dedicatedCpu: boolean;
  gpuDevices: GpuDevice[];
  sriovNetworks: string[];
  hugepagesSize: string | null;
}

/** The members as they were given; one that was not is derived from the overrides. */
export interface StatedHardware {
  dedicatedCpu?: boolean | undefined;
  gpuDevices?: GpuDevice[] | undefined;
  sriovNetworks?: string[] | undefined;
  hugepagesSize?: string | null | undefined;
}

export interface DerivedHardware extends Hardware {
  requiresGpu: boolean;
  requiresSriov: boolean;
  requiresHugepages: boolean;
}

const pod = "spec.template.spec";
export const hardwarePaths = {
  dedicatedCpu: `${pod}.domain.cpu.dedicatedCpuPlacement`,
  gpuDevices: `${pod}.domain.devices.gpus`,
  sriovNetworks: `${pod}.domain.devices.interfaces`,
  hugepagesSize: `${pod}.domain.memory.hugepages.pageSize`,
} as const;

/** Members and overrides read together: what both say must agree. */
export function resolveHardware(
  stated: StatedHardware,
  overrides: SpecOverrides,
): { hardware: DerivedHardware; problems: SizeProblem[] } {
  const said = readHardware(overrides);
  const problems = [
    ...said.problems,
    ...contradiction("dedicatedCpu", stated.dedicatedCpu, said.dedicatedCpu),
    ...contradiction("gpuDevices", sortDevices(stated.gpuDevices), sortDevices(said.gpuDevices)),
    ...contradiction("sriovNetworks", stated.sriovNetworks?.toSorted(), said.sriovNetworks?.toSorted()),
    ...contradiction("hugepagesSize", stated.hugepagesSize, said.hugepagesSize),
  ];
  const gpuDevices = stated.gpuDevices ?? said.gpuDevices ?? [];
  const sriovNetworks = stated.sriovNetworks ?? said.sriovNetworks ?? [];
  const hugepagesSize =
    (stated.hugepagesSize === undefined ? said.hugepagesSize : stated.hugepagesSize) ?? null;
  const hardware = {
    dedicatedCpu: stated.dedicatedCpu ?? said.dedicatedCpu ?? false,
    gpuDevices,
    requiresGpu: gpuDevices.length > 0,
    sriovNetworks,
    requiresSriov: sriovNetworks.length > 0,
    hugepagesSize,
    requiresHugepages: hugepagesSize !== null,
  };
  return { hardware, problems };
}

function contradiction(column: keyof typeof hardwarePaths, stated: unknown, said: unknown): SizeProblem[] {
  if (stated === undefined || said === undefined) return [];
  if (JSON.stringify(stated) === JSON.stringify(said)) return [];
  return [overrideRefused(hardwarePaths[column], column, "contradicts", { stated, said })];
}

/** An override that does not go with the size's own members. */
export function overrideRefused(
  path: string,
  column: string,
  reason: string,
  params: Record<string, unknown> = {},
): SizeProblem {
  return {
    code: "INVALID_SPEC_OVERRIDES",
    field: `specOverrides.${path}`,
    reason,
    params: { path, column, reason, ...params },
  };
}

/** Absent where no override speaks of it. */
export function readHardware(overrides: SpecOverrides): StatedHardware & { problems: SizeProblem[] } {
  const gpus = readGpus(overrides);
  const networks = readNetworks(overrides);
  const dedicated = valueAt(overrides, hardwarePaths.dedicatedCpu);
  const pageSize = valueAt(overrides, hardwarePaths.hugepagesSize);
  return {
    dedicatedCpu: dedicated.isSaid ? dedicated.value === true : undefined,
    hugepagesSize: pageSize.isSaid ? (typeof pageSize.value === "string" ? pageSize.value : null) : undefined,
    gpuDevices: gpus.devices,
    sriovNetworks: networks.names,
    problems: [...gpus.problems, ...networks.problems],
  };
}

const gpuList = z.array(z.looseObject({ deviceName: z.string() }));

function readGpus(overrides: SpecOverrides): { devices?: GpuDevice[]; problems: SizeProblem[] } {
  const { isSaid, value } = valueAt(overrides, hardwarePaths.gpuDevices);
  if (!isSaid) return { problems: [] };
  const list = gpuList.safeParse(value ?? []);
  if (!list.success) {
    return { problems: [overrideRefused(hardwarePaths.gpuDevices, "gpuDevices", "unreadable")] };
  }
  const counts = new Map<string, number>();
  for (const { deviceName } of list.data) counts.set(deviceName, (counts.get(deviceName) ?? 0) + 1);
  return { devices: [...counts].map(([name, count]) => ({ name, count })), problems: [] };
}

const interfaceList = z.array(z.looseObject({ name: z.string(), sriov: z.unknown().optional() }));
const networkList = z.array(
  z.looseObject({
    name: z.string(),
    multus: z.looseObject({ networkName: z.string() }).optional(),
  }),
);

/** An SR-IOV interface and the network of its name together name a network attachment. */
function readNetworks(overrides: SpecOverrides): { names?: string[]; problems: SizeProblem[] } {
  const interfaces = valueAt(overrides, hardwarePaths.sriovNetworks);
  const networks = valueAt(overrides, `${pod}.networks`);
  if (!interfaces.isSaid && !networks.isSaid) return { problems: [] };
  const refused = (path: string, reason: string, params = {}) => ({
    problems: [overrideRefused(path, "sriovNetworks", reason, params)],
  });
  // Either alone would leave an interface without its network.
  if (!interfaces.isSaid) return refused(`${pod}.networks`, "interfaces_missing");
  if (!networks.isSaid) return refused(hardwarePaths.sriovNetworks, "networks_missing");
  const ports = interfaceList.safeParse(interfaces.value ?? []);
  const nets = networkList.safeParse(networks.value ?? []);
  if (!ports.success) return refused(hardwarePaths.sriovNetworks, "unreadable");
  if (!nets.success) return refused(`${pod}.networks`, "unreadable");
  const names = ports.data
    .filter(({ sriov }) => sriov !== undefined && sriov !== null)
    .map(({ name }) => nets.data.find((net) => net.name === name)?.multus?.networkName ?? name);
  const bare = names.find((name) => !/^[^/]+\/[^/]+$/.test(name));
  if (bare !== undefined) return refused(`${pod}.networks`, "network_without_namespace", { network: bare });
  return { names, problems: [] };
}

interface Numbers {
  cpuCores: number;
  cpuRequest: number | null;
  memoryGi: number;
  memoryRequestGi: number | null;
}

/** Processor and memory are members; an override of them may only repeat what the members say. */
export function findCapacityContradictions(size: Numbers, overrides: SpecOverrides): SizeProblem[] {
  const memoryRequest = size.memoryRequestGi ?? size.memoryGi;
  const quantities = [
    [`${pod}.domain.memory.guest`, "memoryGi", size.memoryGi * gibibyte],
    [`${pod}.domain.resources.requests.memory`, "memoryRequestGi", memoryRequest * gibibyte],
    [`${pod}.domain.resources.limits.memory`, "memoryGi", size.memoryGi * gibibyte],
    [`${pod}.domain.resources.requests.cpu`, "cpuRequest", size.cpuRequest ?? size.cpuCores],
    [`${pod}.domain.resources.limits.cpu`, "cpuCores", size.cpuCores],
  ] as const;
  const contradicting = quantities.flatMap(([path, column, expected]) => {
    const { isSaid, value } = valueAt(overrides, path);
    return isSaid && readQuantity(value) !== expected
      ? [overrideRefused(path, column, "contradicts", { said: value ?? null, expected: String(expected) })]
      : [];
  });
  return [...contradicting, ...topologyContradiction(size, overrides)];
}

const gibibyte = 2 ** 30;

/** KubeVirt counts cores × sockets × threads; half steps are rounded up. */
function topologyContradiction({ cpuCores }: Numbers, overrides: SpecOverrides): SizeProblem[] {
  const whole = Math.ceil(cpuCores);
  const parts = [
    { path: `${pod}.domain.cpu.cores`, rendered: whole },
    { path: `${pod}.domain.cpu.sockets`, rendered: 1 },
    { path: `${pod}.domain.cpu.threads`, rendered: 1 },
  ].map(({ path, rendered }) => ({ path, rendered, ...valueAt(overrides, path) }));
  const first = parts.find(({ isSaid }) => isSaid);
  if (first === undefined) return [];
  // What a replaced object leaves out is KubeVirt's own 1.
  const counts = parts.map(({ isSaid, value, rendered }) => (isSaid ? Number(value ?? 1) : rendered));
  const said = counts.reduce((product, count) => product * count, 1);
  return said === whole
    ? []
    : [overrideRefused(first.path, "cpuCores", "contradicts", { said, expected: whole })];
}

/** What the overrides say of a path: at it, or inside a value that replaces something above it. */
function valueAt(overrides: SpecOverrides, path: string): { isSaid: boolean; value: unknown } {
  for (const [at, value] of Object.entries(overrides)) {
    if (at === path) return { isSaid: true, value };
    if (path.startsWith(`${at}.`)) return { isSaid: true, value: memberAt(value, path.slice(at.length + 1)) };
  }
  return { isSaid: false, value: undefined };
}

function memberAt(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (at, key) =>
        typeof at === "object" && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined,
      value,
    );
}

function sortDevices(devices: GpuDevice[] | undefined): GpuDevice[] | undefined {
  return devices?.map(({ name, count }) => ({ name, count })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
