import type { PlacementNeed } from "@/lib/clusters/placement";
import type { VmBlueprint } from "../schema";

interface NeedContext {
  environment: string;
  /** Where an uploaded image lies. */
  imageClusterId?: string | undefined;
  unknownPaths?: Record<string, string[]>;
}

/** What a blueprint asks of a cluster, for the one matching function. */
export function needOf(blueprint: VmBlueprint, context: NeedContext): PlacementNeed {
  const { source } = blueprint;
  return {
    environment: context.environment,
    cpuCores: blueprint.cpuLimit,
    memoryGi: blueprint.memoryLimitGi,
    diskGb: blueprint.diskGb,
    dedicatedCpu: blueprint.dedicatedCpu,
    overcommitCpu: blueprint.cpuRequest < blueprint.cpuLimit,
    overcommitMemory: blueprint.memoryRequestGi < blueprint.memoryLimitGi,
    gpuDevices: blueprint.gpuDevices,
    sriovNetworks: blueprint.sriovNetworks,
    hugepagesSize: blueprint.hugepagesSize,
    sourceType: source.type,
    dvAccessModes: blueprint.dvAccessModes,
    dvVolumeMode: blueprint.dvVolumeMode,
    unknownPaths: context.unknownPaths ?? {},
    ...(source.type === "cdi_pvc_clone" ? { cloneSourceNamespace: source.pvcNamespace } : {}),
    ...(context.imageClusterId === undefined ? {} : { imageClusterId: context.imageClusterId }),
    ...(blueprint.storageClass === null ? {} : { storageClass: blueprint.storageClass }),
  };
}
