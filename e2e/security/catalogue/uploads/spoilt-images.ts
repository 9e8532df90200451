import { aQcow2Image, aRawImage } from "@/e2e/factories/upload";
import type { ImageFormat } from "@/lib/catalog/uploads/schema";

export interface SpoiltImage {
  title: string;
  format: ImageFormat;
  content: Buffer;
}

const padded = (head: string, bytes = 65_536) => {
  const whole = Buffer.alloc(bytes, 1);
  Buffer.from(head, "latin1").copy(whole);
  return whole;
};

/** Files that would make whoever opens them read something else, or that are something else. */
export function spoiltImages(): SpoiltImage[] {
  const qcow2 = (title: string, over: Parameters<typeof aQcow2Image>[0]): SpoiltImage => ({
    ...{ title, format: "qcow2", content: aQcow2Image(over) },
  });
  return [
    qcow2("a backing file", { backingFileAt: 112n, backingFileBytes: 11 }),
    qcow2("a backing file's place without its length", { backingFileAt: 112n }),
    qcow2("a backing file's length without its place", { backingFileBytes: 11 }),
    qcow2("an external data file", { features: 4n }),
    qcow2("the name of an external data file", { extension: 0x44415441 }),
    qcow2("the format of a backing file", { extension: 0xe2792aca }),
    qcow2("an encrypted disk", { encryption: 2 }),
    qcow2("a disk of another version", { version: 9 }),
    qcow2("a disk of no size", { virtualBytes: 0n }),
    qcow2("a disk of all there is", { virtualBytes: 0xffff_ffff_ffff_ffffn }),
    qcow2("a disk larger than its volume", { virtualBytes: 6n * 1024n ** 3n }),
    qcow2("clusters of half the memory", { clusterBits: 63 }),
    { title: "a zip as ISO", format: "iso", content: padded("PK\u0003\u0004") },
    { title: "a page as ISO", format: "iso", content: padded("<!doctype html>") },
    { title: "a qcow2 as ISO", format: "iso", content: aQcow2Image() },
    { title: "a qcow2 as raw", format: "raw", content: aQcow2Image() },
    { title: "a zip as raw", format: "raw", content: padded("PK\u0003\u0004") },
    { title: "a gzip as raw", format: "raw", content: padded("\u001f\u008b\b") },
    { title: "a script as raw", format: "raw", content: padded("#!/bin/sh\nid\n") },
    { title: "half a sector as raw", format: "raw", content: aRawImage(4_096).subarray(0, 4_000) },
    { title: "a raw disk as qcow2", format: "qcow2", content: aRawImage(65_536) },
  ];
}
