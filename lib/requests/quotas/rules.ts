import type { VmBlueprint } from "@/lib/vms/schema";
import type { Demand } from "./demand";

/** What a machine of this blueprint holds. */
export function demandOf(blueprint: VmBlueprint): Demand {
  return {
    vms: 1,
    cpuCores: blueprint.cpuLimit,
    memoryGi: blueprint.memoryLimitGi,
    diskGb: blueprint.diskGb,
    gpus: blueprint.gpuDevices.reduce((sum, { count }) => sum + count, 0),
  };
}
