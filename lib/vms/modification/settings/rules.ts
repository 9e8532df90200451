import type { VmBlueprint } from "../../schema";
import { isSame, type ModificationWish, type RevisionDiffRow, type Settings } from "../schema";

interface Sized {
  cpuCores: number;
  memoryGi: number;
  diskGb: number;
  instanceSizeId: string | null;
  blueprint: VmBlueprint | null;
}

/** What is kept of a machine in a revision: what it is made of, without what only its first start needs. */
export function settingsOf(vm: Sized): Settings {
  const { blueprint } = vm;
  if (blueprint === null) return { cpuCores: vm.cpuCores, memoryGi: vm.memoryGi, diskGb: vm.diskGb };
  return {
    cpuCores: blueprint.cpuLimit,
    cpuRequest: blueprint.cpuRequest,
    memoryGi: blueprint.memoryLimitGi,
    memoryRequestGi: blueprint.memoryRequestGi,
    diskGb: blueprint.diskGb,
    instanceSizeId: vm.instanceSizeId,
    dedicatedCpu: blueprint.dedicatedCpu,
    hugepagesSize: blueprint.hugepagesSize,
    gpuDevices: blueprint.gpuDevices,
    sriovNetworks: blueprint.sriovNetworks,
    ...blueprint.overrides,
  };
}

/** What a cluster can be asked about of these settings: the sizes, and the paths of the manifest. */
export function comparableOf(vm: Sized): Settings {
  return {
    cpuCores: vm.blueprint?.cpuLimit ?? vm.cpuCores,
    memoryGi: vm.blueprint?.memoryLimitGi ?? vm.memoryGi,
    diskGb: vm.blueprint?.diskGb ?? vm.diskGb,
    ...vm.blueprint?.overrides,
  };
}

export function pathsOf(vm: Sized): string[] {
  return Object.keys(vm.blueprint?.overrides ?? {});
}

/** Field by field, what two settings do not share. */
export function compareSettings(before: Settings, after: Settings): RevisionDiffRow[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields.flatMap((field) => {
    const [old, next] = [before[field] ?? null, after[field] ?? null];
    return isSame(old, next) ? [] : [{ field, before: old, after: next }];
  });
}

/** The blueprint of the machine that a change leaves behind. */
export function applyWish(
  blueprint: VmBlueprint,
  wish: ModificationWish,
  cpuRequest: number | null,
): VmBlueprint {
  const overrides = { ...blueprint.overrides };
  for (const { path, value, isOverride } of wish.paths) {
    if (!isOverride) continue;
    if (value === null) delete overrides[path];
    else overrides[path] = value;
  }
  return {
    ...blueprint,
    ...wish.hardware,
    ...(wish.cpu === undefined
      ? {}
      : {
          cpuLimit: wish.cpu.cores,
          cpuRequest: Math.min(cpuRequest ?? wish.cpu.request ?? blueprint.cpuRequest, wish.cpu.cores),
        }),
    ...(wish.memory === undefined
      ? {}
      : {
          memoryLimitGi: wish.memory.gi,
          memoryRequestGi: Math.min(wish.memory.requestGi ?? blueprint.memoryRequestGi, wish.memory.gi),
        }),
    ...(wish.diskGb === undefined ? {} : { diskGb: wish.diskGb }),
    overrides,
  };
}
