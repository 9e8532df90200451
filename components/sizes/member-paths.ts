import type { SpecOverrides } from "@/lib/catalog/sizes/schema";

const pod = "spec.template.spec";
const domain = `${pod}.domain`;

/** Where in the machine the members of a size go that an override could state too. */
export const memberPaths = {
  cpuCores: `${domain}.cpu.cores`,
  memoryGi: `${domain}.memory.guest`,
  dedicatedCpu: `${domain}.cpu.dedicatedCpuPlacement`,
  gpuDevices: `${domain}.devices.gpus`,
  hugepagesSize: `${domain}.memory.hugepages.pageSize`,
  sriovNetworks: `${domain}.devices.interfaces`,
} as const;

export type StatedMember = keyof typeof memberPaths;

/** Whether an override stands at the path, inside it or around it. */
export function isSaid(overrides: SpecOverrides, path: string): boolean {
  return Object.keys(overrides).some(
    (at) => at === path || path.startsWith(`${at}.`) || at.startsWith(`${path}.`),
  );
}

export function memberOfPath(path: string): StatedMember | null {
  const found = Object.entries(memberPaths).find(([, at]) => at === path);
  // The keys of the table are its own.
  return found === undefined ? null : (found[0] as StatedMember);
}

/** Most particular first: a claim for memory names resources too, and both are inside the domain. */
const causes: readonly (readonly [pattern: RegExp, member: string])[] = [
  [/\bgpus?\b|hostDevices/, "gpuDevices"],
  [/hugepages/, "hugepagesSize"],
  [/dedicatedCpuPlacement/, "dedicatedCpu"],
  [/interfaces|networks/, "sriovNetworks"],
  [/accessModes?/, "dvAccessModes"],
  [/volumeMode/, "dvVolumeMode"],
  [/dataVolumeTemplates|storage|persistentVolumeClaim/, "defaultDiskGb"],
  [/requests.*memory/, "memoryRequestGi"],
  [/memory/, "memoryGi"],
  [/requests.*cpu/, "cpuRequest"],
  [/\bcpu\b/, "cpuCores"],
];

/** The input that a path of a cluster's refusal speaks of: an override first, else a member; null where none does. */
export function fieldOfCause(path: string, overrides: SpecOverrides): string | null {
  const override = Object.keys(overrides)
    .filter((at) => path === at || path.startsWith(`${at}.`) || path.startsWith(`${at}[`))
    .sort((a, b) => b.length - a.length)[0];
  if (override !== undefined) return `specOverrides.${override}`;
  return causes.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}
