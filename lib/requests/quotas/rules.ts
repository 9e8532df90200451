import type { VmBlueprint } from "@/lib/vms/schema";
import type { Demand, Limits } from "./schema";
import { dimensions, type Dimension } from "@/lib/vocabulary/quota-dimensions";

const mebibytesPerGibibyte = 1024;
const pageTableShare = 512;
/** What KubeVirt's launcher, its monitor, virtlogd, virtqemud, QEMU, its I/O thread and the screen take. */
const fixedMebibytes = 25 + 100 + 25 + 40 + 30 + 8 + 32;
const mebibytesPerCore = 8;
/** Devices passed through lock the guest's memory. */
const passthroughMebibytes = 1024;

/** A machine in numbers, however it came here. */
export interface MachineSize {
  cpuCores: number;
  memoryGi: number;
  diskGb: number;
  gpus: number;
  passthroughDevices: number;
}

/**
 * What the pod beside a guest adds to its memory, by KubeVirt's GetMemoryOverhead
 * (pkg/virt-controller/services): page tables, fixed parts, cores, passthrough.
 */
export function overheadGi({
  cpuCores,
  memoryGi,
  passthroughDevices,
}: Pick<MachineSize, "cpuCores" | "memoryGi" | "passthroughDevices">): number {
  const pageTables = (memoryGi * mebibytesPerGibibyte) / pageTableShare;
  const cores = Math.ceil(cpuCores) * mebibytesPerCore;
  const passthrough = passthroughDevices > 0 ? passthroughMebibytes : 0;
  return (pageTables + fixedMebibytes + cores + passthrough) / mebibytesPerGibibyte;
}

/** Guest and launcher; the root disk alone, because scratch room goes when the image is in. */
export function demandOfMachine(machine: MachineSize): Demand {
  return {
    vms: 1,
    cpuCores: machine.cpuCores,
    memoryGi: roundUp(machine.memoryGi + overheadGi(machine)),
    diskGb: machine.diskGb,
    gpus: machine.gpus,
  };
}

/** What a machine of this blueprint holds. */
export function demandOf(blueprint: VmBlueprint): Demand {
  const gpus = blueprint.gpuDevices.reduce((sum, { count }) => sum + count, 0);
  return demandOfMachine({
    cpuCores: blueprint.cpuLimit,
    memoryGi: blueprint.memoryLimitGi,
    diskGb: blueprint.diskGb,
    gpus,
    passthroughDevices: gpus + blueprint.sriovNetworks.length,
  });
}

/** What a change adds, less than nothing where it gives back; the machine itself was counted before. */
export function differenceOf(before: Demand, after: Demand): Demand {
  return combine(before, after, (was, becomes) => becomes - was);
}

/** What waits to become smaller holds nothing more meanwhile. */
export function positivePart(demand: Demand): Demand {
  return combine(demand, demand, (amount) => Math.max(0, amount));
}

function combine(one: Demand, other: Demand, by: (a: number, b: number) => number): Demand {
  return {
    vms: by(one.vms, other.vms),
    cpuCores: round(by(one.cpuCores, other.cpuCores)),
    memoryGi: round(by(one.memoryGi, other.memoryGi)),
    diskGb: by(one.diskGb, other.diskGb),
    gpus: by(one.gpus, other.gpus),
  };
}

export interface Shortfall {
  what: Dimension;
  limit: number;
  used: number;
  wanted: number;
}

/** Where it would not fit; what asks for nothing of a kind is not short of it, however full that is. */
export function shortfallsOf(limits: Limits, used: Demand, wanted: Demand): Shortfall[] {
  return dimensions.flatMap((what) => {
    const limit = limits[what];
    if (limit === null || wanted[what] <= 0 || round(used[what] + wanted[what]) <= limit) return [];
    return [{ what, limit, used: used[what], wanted: wanted[what] }];
  });
}

/** Floating sums of tenths and thousandths are compared as they are written. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function roundUp(value: number): number {
  return Math.ceil(round(value * 1000)) / 1000;
}
