import { expect, test } from "vitest";
import { anIsoImage, aQcow2Image, aRawImage } from "@/e2e/factories/upload";
import { imageHeadBytes, refusalOfImage, volumeName } from "./rules";
import type { ImageFormat } from "./schema";

function judge(format: ImageFormat, image: Buffer, over: { diskGb?: number; sizeBytes?: number } = {}) {
  const head = image.subarray(0, imageHeadBytes);
  return refusalOfImage({ format, head, sizeBytes: image.length, diskGb: 5, ...over });
}

test("what is what it says passes", () => {
  expect(judge("qcow2", aQcow2Image())).toBeNull();
  expect(judge("qcow2", aQcow2Image({ version: 2 }))).toBeNull();
  expect(judge("iso", anIsoImage())).toBeNull();
  expect(judge("raw", aRawImage(1_048_576))).toBeNull();
});

test.each([
  ["qcow2_version", { version: 4 }],
  ["qcow2_version", { version: 1 }],
  ["qcow2_backing_file", { backingFileAt: 112n, backingFileBytes: 11 }],
  ["qcow2_backing_file", { backingFileBytes: 11 }],
  ["qcow2_external_data", { features: 4n }],
  ["qcow2_external_data", { extension: 0x44415441 }],
  ["qcow2_external_data", { extension: 0xe2792aca }],
  ["qcow2_encrypted", { encryption: 2 }],
  ["qcow2_size", { virtualBytes: 0n }],
  ["qcow2_size", { virtualBytes: 2n ** 63n }],
  ["qcow2_size", { clusterBits: 30 }],
  ["disk_too_small", { virtualBytes: 5n * 1024n ** 3n + 1n }],
] as const)("a qcow2 is refused as %s: %o", (refusal, parts) => {
  expect(judge("qcow2", aQcow2Image(parts))).toBe(refusal);
});

test("a file that only ends in the right letters is refused", () => {
  expect(judge("qcow2", aRawImage(1_048_576))).toBe("not_qcow2");
  expect(judge("qcow2", Buffer.from("QFI\xfb", "latin1"))).toBe("not_qcow2");
  expect(judge("iso", aRawImage(1_048_576))).toBe("not_iso");
  expect(judge("iso", Buffer.alloc(10))).toBe("not_iso");
  expect(judge("raw", aQcow2Image())).toBe("raw_other_format");
});

test.each([
  ["raw_archive", "\x1f\x8b\x08"],
  ["raw_archive", "\xfd7zXZ\0"],
  ["raw_archive", "PK\x03\x04"],
  ["raw_archive", "BZh9"],
  ["raw_archive", "\x28\xb5\x2f\xfd"],
  ["raw_script", "#!/bin/sh"],
  ["raw_script", "<!DOCTYPE html>"],
  ["raw_other_format", "\x7fELF"],
  ["raw_other_format", "KDMV"],
] as const)("a raw disk that begins otherwise is refused as %s", (refusal, beginning) => {
  const image = aRawImage(4_096);
  image.write(beginning, 0, "latin1");
  expect(judge("raw", image)).toBe(refusal);
});

test("a raw disk is whole sectors, no tar archive, and fits its volume", () => {
  expect(judge("raw", aRawImage(4_096).subarray(0, 4_095))).toBe("raw_sectors");
  const tar = aRawImage(4_096);
  tar.write("ustar", 257);
  expect(judge("raw", tar)).toBe("raw_archive");
  expect(judge("raw", aRawImage(4_096), { sizeBytes: 6 * 1024 ** 3 })).toBe("disk_too_small");
});

test("a volume's name is a DNS label whatever the image is called", () => {
  const id = "019aa-0000-abcdef";
  for (const called of ["Ubuntu 24.04 LTS", "映像", "-- --", "É".repeat(200), "a".repeat(99)]) {
    expect(volumeName(called, id)).toMatch(/^image-(?:[a-z0-9](?:-?[a-z0-9])*-)?abcdef$/);
    expect(volumeName(called, id).length).toBeLessThanOrEqual(54);
  }
});
