import { AppError, fieldRefused } from "@/lib/core/errors";
import type { CreateSize } from "../schema";

/** Requests stay within limits, dedicated cores are not shared, disks have an order (spec §5.6). */
export function requireConsistentSize(size: CreateSize): void {
  if (size.cpuRequest !== null && size.cpuRequest > size.cpuCores)
    throw fieldRefused("cpuRequest", "above_limit");
  if (size.memoryRequestGi !== null && size.memoryRequestGi > size.memoryGi) {
    throw fieldRefused("memoryRequestGi", "above_limit");
  }
  if (size.dedicatedCpu && size.cpuRequest !== null && size.cpuRequest !== size.cpuCores) {
    throw new AppError("DEDICATED_CPU_OVERCOMMIT", { cpuCores: size.cpuCores, cpuRequest: size.cpuRequest });
  }
  if (size.minDiskGb > size.defaultDiskGb) throw fieldRefused("minDiskGb", "above_default");
  if (size.defaultDiskGb > size.maxDiskGb) throw fieldRefused("maxDiskGb", "below_default");
}
