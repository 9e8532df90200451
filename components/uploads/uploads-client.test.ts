import { expect, test } from "vitest";
import { anIsoImage, aQcow2Image, aRawImage } from "@/e2e/factories/upload";
import { fileFingerprint } from "./file-fingerprint";
import { guessImage } from "./guess-image";
import { measureRate } from "./measure-rate";

const fileOf = (bytes: Buffer, name: string) => new File([new Uint8Array(bytes)], name);

test("the same file is recognised, another of the same name and size is not", async () => {
  const image = aRawImage(400_000, "one");
  const first = await fileFingerprint(fileOf(image, "disk.img"));
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(await fileFingerprint(fileOf(Buffer.from(image), "disk.img"))).toBe(first);
  const ends = Buffer.from(image);
  ends.writeUInt8(ends.readUInt8(ends.length - 1) ^ 1, ends.length - 1);
  const others = [
    fileOf(image, "other.img"),
    fileOf(image.subarray(0, 399_872), "disk.img"),
    fileOf(aRawImage(400_000, "two"), "disk.img"),
    fileOf(ends, "disk.img"),
  ];
  for (const other of others) expect(await fileFingerprint(other)).not.toBe(first);
});

test("a file's format and the disk it needs are read from the file", async () => {
  const qcow2 = fileOf(aQcow2Image({ virtualBytes: 20n * 1024n ** 3n }), "Fedora-40.img");
  expect(await guessImage(qcow2)).toEqual({
    format: "qcow2",
    displayName: "Fedora-40",
    diskGb: 20,
    isArchive: false,
  });
  expect(await guessImage(fileOf(anIsoImage(), "debian.iso"))).toMatchObject({ format: "iso", diskGb: 1 });
  expect(await guessImage(fileOf(aRawImage(512), "disk.raw"))).toMatchObject({ format: "raw" });
  const zipped = fileOf(Buffer.from("\x1f\x8b\x08\0\0\0\0\0", "latin1"), "disk.raw.gz");
  expect(await guessImage(zipped)).toMatchObject({ isArchive: true });
});

test("the rate is of the last seconds, and no rate is known at the first sample", () => {
  const samples = [{ at: 0, bytes: 0 }];
  expect(measureRate(samples, 1_000_000)).toEqual({ bytesPerSecond: null, secondsLeft: null });
  samples.push({ at: 2_000, bytes: 200_000 });
  expect(measureRate(samples, 1_000_000)).toEqual({ bytesPerSecond: 100_000, secondsLeft: 8 });
});
