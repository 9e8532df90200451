import { createHash } from "node:crypto";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";

const sectorBytes = 512;

/** Bytes that are a raw disk: whole sectors, never the same twice for another seed. */
export function aRawImage(bytes: number, seed = "seed"): Buffer {
  const image = Buffer.alloc(Math.ceil(bytes / sectorBytes) * sectorBytes);
  let block = createHash("sha512").update(seed).digest();
  for (let at = 0; at < image.length; at += block.length) {
    block.copy(image, at);
    block = createHash("sha512").update(block).digest();
  }
  // No other format begins with zeros.
  image.fill(0, 0, 64);
  return image;
}

/** An ISO 9660 image with nothing but its descriptors. */
export function anIsoImage(sectors = 32): Buffer {
  const image = Buffer.alloc(sectors * 2_048);
  image.write("\x01CD001\x01", 16 * 2_048, "latin1");
  image.write("\xffCD001\x01", 17 * 2_048, "latin1");
  return image;
}

interface Qcow2Parts {
  version: number;
  backingFileAt: bigint;
  backingFileBytes: number;
  virtualBytes: bigint;
  features: bigint;
  encryption: number;
  extension: number;
  clusterBits: number;
}

/** An empty qcow2 disk; parts are replaced to spoil it. */
export function aQcow2Image(over: Partial<Qcow2Parts> = {}): Buffer {
  const image = Buffer.alloc(4 * 65_536);
  image.write("QFI\xfb", 0, "latin1");
  image.writeUInt32BE(over.version ?? 3, 4);
  image.writeBigUInt64BE(over.backingFileAt ?? 0n, 8);
  image.writeUInt32BE(over.backingFileBytes ?? 0, 16);
  image.writeUInt32BE(over.clusterBits ?? 16, 20);
  image.writeBigUInt64BE(over.virtualBytes ?? 1024n ** 3n, 24);
  image.writeUInt32BE(over.encryption ?? 0, 32);
  image.writeUInt32BE(1, 36);
  image.writeBigUInt64BE(3n * 65_536n, 40);
  image.writeBigUInt64BE(65_536n, 48);
  image.writeUInt32BE(1, 56);
  image.writeBigUInt64BE(over.features ?? 0n, 72);
  image.writeUInt32BE(4, 96);
  image.writeUInt32BE(104, 100);
  if (over.extension !== undefined) {
    image.writeUInt32BE(over.extension, 104);
    image.writeUInt32BE(4, 108);
    image.write("file", 112);
  }
  return image;
}

/** An upload's row as the portal left it. */
export async function anUpload(over: {
  clusterId: string;
  createdBy: string;
  sizeBytes: number;
  status?: string;
  format?: string;
  diskGb?: number;
}): Promise<{ id: string }> {
  const id = newId();
  await db().imageUpload.create({
    data: {
      id,
      namespace: "shepherd-images",
      name: `image-test-${id.slice(-6)}`,
      displayName: "Test image",
      fileName: "test.img",
      format: "raw",
      fingerprint: "0".repeat(64),
      diskGb: 5,
      status: "RECEIVING",
      ...over,
      sizeBytes: BigInt(over.sizeBytes),
    },
    select: { id: true },
  });
  return { id };
}
