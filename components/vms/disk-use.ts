import type { DiskRow } from "@/lib/vms/hardware/schema";

export interface Filesystem {
  /** As the guest names the device or its part, such as vda1 or /dev/vda1. */
  disk: string | null;
  mountPoint: string;
  usedBytes: number;
  totalBytes: number;
}

/** The file systems that lie on a disk, by the name its running guest has for it. */
export function filesystemsOf(disk: DiskRow, all: readonly Filesystem[]): Filesystem[] {
  const { target } = disk;
  if (target === null || target === "") return [];
  return all.filter(({ disk: device }) => {
    const name = device?.replace(/^\/dev\//, "") ?? "";
    return name === target || (name.startsWith(target) && /^p?\d+$/.test(name.slice(target.length)));
  });
}
