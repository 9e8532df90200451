import { expect, test } from "vitest";
import type { DiskRow } from "@/lib/vms/hardware/schema";
import { filesystemsOf } from "./disk-use";

const disk = (target: string | null): DiskRow => ({
  ...{ name: "root", kind: "data_volume", device: "disk", bus: null, bootOrder: null, isReadOnly: false },
  ...{ isRoot: true, isHotplugged: false, image: null, claim: null, sizeBytes: null, phase: null },
  ...{ message: null, snapshot: null },
  target,
});
const on = (device: string | null) => ({ disk: device, mountPoint: "/", usedBytes: 1, totalBytes: 2 });

const cases: [string, string | null, string | null, boolean][] = [
  ["a part of the disk", "vda", "vda1", true],
  ["the device's full name", "vda", "/dev/vda2", true],
  ["the disk itself", "vda", "vda", true],
  ["a part of a numbered disk", "nvme0n1", "nvme0n1p2", true],
  ["another disk whose name begins alike", "vda", "vdaa1", false],
  ["another disk", "vda", "vdb1", false],
  ["no device at all", "vda", null, false],
  ["a disk without a name in the guest", null, "vda1", false],
];

test.for(cases)("%s", ([, target, device, belongs]) => {
  expect(filesystemsOf(disk(target), [on(device)])).toHaveLength(belongs ? 1 : 0);
});
