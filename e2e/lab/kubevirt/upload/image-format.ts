/** What `qemu-img info` would say of an image, as far as its first bytes tell. */
export interface ImageFacts {
  format: "qcow2" | "vmdk" | "vdi" | "vpc" | "vhdx" | "gz" | "xz" | "raw";
  virtualSize: number;
  backingFile?: string;
  /** Why it cannot be read at all. */
  defect?: string;
}

/** Enough for a qcow2 header with the longest backing file name. */
export const headBytes = 64 * 1024;

const signatures: { format: ImageFacts["format"]; offset: number; bytes: Buffer }[] = [
  { format: "qcow2", offset: 0, bytes: Buffer.from("QFI\xfb", "latin1") },
  { format: "gz", offset: 0, bytes: Buffer.from([0x1f, 0x8b]) },
  { format: "xz", offset: 0, bytes: Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]) },
  { format: "vmdk", offset: 0, bytes: Buffer.from("KDMV") },
  { format: "vdi", offset: 0x40, bytes: Buffer.from([0x7f, 0x10, 0xda, 0xbe]) },
  { format: "vpc", offset: 0, bytes: Buffer.from("conectix") },
  { format: "vhdx", offset: 0, bytes: Buffer.from("vhdxfile") },
];

export function inspectImage(head: Buffer, size: number): ImageFacts {
  const found = signatures.find(({ offset, bytes }) =>
    head.subarray(offset, offset + bytes.length).equals(bytes),
  );
  if (found?.format === "qcow2") return inspectQcow2(head);
  // What nothing marks is raw to QEMU, in whole sectors.
  return found
    ? { format: found.format, virtualSize: 0 }
    : { format: "raw", virtualSize: wholeSectors(size) };
}

function inspectQcow2(head: Buffer): ImageFacts {
  const facts: ImageFacts = { format: "qcow2", virtualSize: 0 };
  if (head.length < 72) return { ...facts, defect: "Could not open image: Image is too short" };
  const version = head.readUInt32BE(4);
  if (version !== 2 && version !== 3) return { ...facts, defect: `Unsupported qcow2 version ${version}` };
  const virtualSize = Number(head.readBigUInt64BE(24));
  const nameOffset = Number(head.readBigUInt64BE(8));
  const nameLength = head.readUInt32BE(16);
  if (nameOffset === 0) return { ...facts, virtualSize };
  const backingFile = head.subarray(nameOffset, nameOffset + nameLength).toString();
  return { ...facts, virtualSize, backingFile };
}

function wholeSectors(size: number): number {
  return Math.ceil(size / 512) * 512;
}

/** Why CDI's importer refuses an image, in its words; undefined when it takes it. */
export function refusalOfImage(facts: ImageFacts, availableBytes: number): string | undefined {
  if (facts.defect !== undefined) return `qemu-img: ${facts.defect}`;
  if (facts.backingFile !== undefined)
    return `image /scratch/tmpimage is invalid because it has invalid backing file ${facts.backingFile}`;
  if (facts.virtualSize <= availableBytes) return undefined;
  return `virtual image size ${facts.virtualSize} is larger than the reported available storage ${availableBytes}. A larger PVC is required`;
}
