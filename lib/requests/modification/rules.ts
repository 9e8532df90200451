import { fieldRefused } from "@/lib/core/errors";
import { settings, type ModificationWish, type Settings } from "@/lib/vms/modification/schema";
import { z } from "zod";
import type { PreviewModification, UnreachableRow } from "./schema";

export interface Target {
  cpuCores?: number;
  cpuRequest?: number;
  memoryGi?: number;
  memoryRequestGi?: number;
  diskGb?: number;
  disks?: NonNullable<ModificationWish["disks"]>;
  instanceSizeId?: string;
  hardware?: NonNullable<ModificationWish["hardware"]>;
  /** Null takes a path away. */
  overrides?: Settings;
}

interface Sized {
  cpuCores: number;
  memoryGi: number;
  diskGb: number;
  blueprint: { overrides: Settings } | null;
}

interface Frame {
  cpuCores: number;
  memoryGi: number;
  maxDiskGb: number;
  dedicatedCpu: boolean;
  gpuDevices: { name: string; count: number }[];
  hugepagesSize: string | null;
  sriovNetworks: string[];
}

const amountMax = 512;
const diskGbMax = 65_536;

/** How far a machine may go: within its size, or within what it has where that is more; its disk only grows. */
export function frameOf(
  vm: Sized,
  size: Pick<Frame, "cpuCores" | "memoryGi" | "maxDiskGb"> | null,
): { cpuCoresMax: number; memoryGiMax: number; diskGbMin: number; diskGbMax: number } {
  return {
    cpuCoresMax: size === null ? amountMax : Math.max(size.cpuCores, vm.cpuCores),
    memoryGiMax: size === null ? amountMax : Math.max(size.memoryGi, vm.memoryGi),
    diskGbMin: vm.diskGb,
    diskGbMax: size === null ? diskGbMax : Math.max(size.maxDiskGb, vm.diskGb),
  };
}

/** @throws VALIDATION_FAILED on the field that leaves the frame (spec §5.13) */
export function requireWithinFrame(vm: Sized, size: Frame | null, asked: PreviewModification): void {
  const frame = frameOf(vm, size);
  if (asked.cpuCores !== undefined && asked.cpuCores > frame.cpuCoresMax)
    throw fieldRefused("cpuCores", "too_large", { maximum: frame.cpuCoresMax });
  if (asked.memoryGi !== undefined && asked.memoryGi > frame.memoryGiMax)
    throw fieldRefused("memoryGi", "too_large", { maximum: frame.memoryGiMax });
  if (asked.diskGb !== undefined && asked.diskGb > frame.diskGbMax)
    throw fieldRefused("diskGb", "too_large", { maximum: frame.diskGbMax });
  if (asked.diskGb !== undefined && asked.diskGb < frame.diskGbMin)
    throw fieldRefused("diskGb", "too_small", { minimum: frame.diskGbMin });
}

export function hardwareOf(size: Frame): NonNullable<ModificationWish["hardware"]> {
  const { dedicatedCpu, gpuDevices, hugepagesSize, sriovNetworks } = size;
  return { dedicatedCpu, gpuDevices, hugepagesSize, sriovNetworks };
}

const known = z
  .looseObject({
    cpuCores: z.number().optional(),
    cpuRequest: z.number().optional(),
    memoryGi: z.number().optional(),
    memoryRequestGi: z.number().optional(),
    diskGb: z.number().optional(),
    instanceSizeId: z.string().optional().catch(undefined),
    dedicatedCpu: z.boolean().optional(),
    hugepagesSize: z.string().nullable().optional(),
    gpuDevices: z.array(z.strictObject({ name: z.string(), count: z.number().int() })).optional(),
    sriovNetworks: z.array(z.string()).optional(),
  })
  .catch({});

/** What takes a machine to these settings, as far as there is a way, and what has none. */
export function targetOf(vm: Sized, wanted: Settings): { target: Target; unreachable: UnreachableRow[] } {
  const { diskGb, dedicatedCpu, hugepagesSize, gpuDevices, sriovNetworks, ...rest } = known.parse(wanted);
  const { cpuCores, cpuRequest, memoryGi, memoryRequestGi, instanceSizeId } = rest;
  const shrinks = diskGb !== undefined && diskGb < vm.diskGb;
  const hardware =
    dedicatedCpu === undefined || gpuDevices === undefined || sriovNetworks === undefined
      ? {}
      : { hardware: { dedicatedCpu, hugepagesSize: hugepagesSize ?? null, gpuDevices, sriovNetworks } };
  const paths = [...new Set([...Object.keys(vm.blueprint?.overrides ?? {}), ...Object.keys(wanted)])];
  const overrides = paths
    .filter((path) => path.startsWith("spec."))
    .map((path) => [path, wanted[path] ?? null]);
  return {
    target: {
      ...(cpuCores === undefined ? {} : { cpuCores }),
      ...(cpuRequest === undefined ? {} : { cpuRequest }),
      ...(memoryGi === undefined ? {} : { memoryGi }),
      ...(memoryRequestGi === undefined ? {} : { memoryRequestGi }),
      ...(diskGb === undefined || shrinks ? {} : { diskGb }),
      ...(instanceSizeId === undefined ? {} : { instanceSizeId }),
      ...hardware,
      overrides: settings.parse(Object.fromEntries(overrides)),
    },
    unreachable: shrinks ? [{ field: "diskGb", wanted: diskGb, reason: "disk_shrinks" }] : [],
  };
}
