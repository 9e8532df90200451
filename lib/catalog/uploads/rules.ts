import type { ImageFormat, UploadFailure } from "./schema";

/** How much of a file's beginning the checks look at. */
export const imageHeadBytes = 64 * 1024;

const gib = 1024 ** 3;
/** qcow2's own limit is larger; nothing here is. */
const virtualBytesMax = 65_536 * gib;
const isoSectorBytes = 2_048;
const isoDescriptorAt = 16 * isoSectorBytes;

export interface ImageFacts {
  format: ImageFormat;
  sizeBytes: number;
  diskGb: number;
  /** The first `imageHeadBytes` of the file, or all of a smaller one. */
  head: Buffer;
}

/** What is wrong with the file; null when it is what it is said to be and fits its disk. */
export function refusalOfImage(facts: ImageFacts): UploadFailure | null {
  switch (facts.format) {
    case "qcow2":
      return refusalOfQcow2(facts);
    case "iso":
      return refusalOfIso(facts);
    case "raw":
      return refusalOfRaw(facts);
  }
}

const qcow2Magic = 0x514649fb;
const externalDataFlag = 1n << 2n;

/** A backing or external data file would be read from whoever opens the image. */
function refusalOfQcow2({ head, sizeBytes, diskGb }: ImageFacts): UploadFailure | null {
  if (head.length < 72 || head.readUInt32BE(0) !== qcow2Magic) return "not_qcow2";
  const version = head.readUInt32BE(4);
  if (version !== 2 && version !== 3) return "qcow2_version";
  if (head.readBigUInt64BE(8) !== 0n || head.readUInt32BE(16) !== 0) return "qcow2_backing_file";
  const clusterBits = head.readUInt32BE(20);
  const virtualBytes = head.readBigUInt64BE(24);
  if (clusterBits < 9 || clusterBits > 21) return "qcow2_size";
  if (virtualBytes === 0n || virtualBytes > BigInt(virtualBytesMax)) return "qcow2_size";
  if (head.readUInt32BE(32) !== 0) return "qcow2_encrypted";
  const tablesAt = [head.readBigUInt64BE(40), head.readBigUInt64BE(48)];
  if (tablesAt.some((at) => at === 0n || at >= BigInt(sizeBytes))) return "qcow2_size";
  if (version === 3) {
    if (head.length < 104) return "not_qcow2";
    if ((head.readBigUInt64BE(72) & externalDataFlag) !== 0n) return "qcow2_external_data";
    if (namesAnotherFile(head)) return "qcow2_external_data";
  }
  return virtualBytes > BigInt(diskGb * gib) ? "disk_too_small" : null;
}

const externalDataName = 0x44415441;
const backingFormat = 0xe2792aca;

/** Header extensions stand one after another behind the header, until one of type 0. */
function namesAnotherFile(head: Buffer): boolean {
  let at = head.readUInt32BE(100);
  while (at + 8 <= head.length) {
    const type = head.readUInt32BE(at);
    if (type === 0) return false;
    if (type === externalDataName || type === backingFormat) return true;
    at += 8 + Math.ceil(head.readUInt32BE(at + 4) / 8) * 8;
  }
  return false;
}

function refusalOfIso({ head, sizeBytes, diskGb }: ImageFacts): UploadFailure | null {
  const signature = head.subarray(isoDescriptorAt + 1, isoDescriptorAt + 6).toString("latin1");
  const kind = head[isoDescriptorAt];
  if (signature !== "CD001" || kind === undefined || (kind > 3 && kind !== 255)) return "not_iso";
  return sizeBytes > diskGb * gib ? "disk_too_small" : null;
}

/** Beginnings of files that are no disk, whatever their name says. */
const otherBeginnings: { at: number; bytes: string; refusal: UploadFailure }[] = [
  { at: 0, bytes: "\x1f\x8b", refusal: "raw_archive" },
  { at: 0, bytes: "\xfd7zXZ\0", refusal: "raw_archive" },
  { at: 0, bytes: "BZh", refusal: "raw_archive" },
  { at: 0, bytes: "\x28\xb5\x2f\xfd", refusal: "raw_archive" },
  { at: 0, bytes: "PK\x03\x04", refusal: "raw_archive" },
  { at: 0, bytes: "PK\x05\x06", refusal: "raw_archive" },
  { at: 0, bytes: "7z\xbc\xaf\x27\x1c", refusal: "raw_archive" },
  { at: 0, bytes: "Rar!\x1a\x07", refusal: "raw_archive" },
  { at: 0, bytes: "\x04\x22\x4d\x18", refusal: "raw_archive" },
  { at: 257, bytes: "ustar", refusal: "raw_archive" },
  { at: 0, bytes: "#!", refusal: "raw_script" },
  { at: 0, bytes: "#cloud-config", refusal: "raw_script" },
  { at: 0, bytes: "<?xml", refusal: "raw_script" },
  { at: 0, bytes: "<!DOCTYPE", refusal: "raw_script" },
  { at: 0, bytes: "\x7fELF", refusal: "raw_other_format" },
  { at: 0, bytes: "QFI\xfb", refusal: "raw_other_format" },
  { at: 0, bytes: "KDMV", refusal: "raw_other_format" },
  { at: 0, bytes: "# Disk DescriptorFile", refusal: "raw_other_format" },
  { at: 0, bytes: "vhdxfile", refusal: "raw_other_format" },
  { at: 0, bytes: "conectix", refusal: "raw_other_format" },
  { at: 64, bytes: "\x7f\x10\xda\xbe", refusal: "raw_other_format" },
];

function refusalOfRaw({ head, sizeBytes, diskGb }: ImageFacts): UploadFailure | null {
  const text = head.toString("latin1");
  const other = otherBeginnings.find(({ at, bytes }) => text.startsWith(bytes, at));
  if (other !== undefined) return other.refusal;
  if (sizeBytes % 512 !== 0) return "raw_sectors";
  return sizeBytes > diskGb * gib ? "disk_too_small" : null;
}

/** `image-<what it is called>-<six of its id>`, as a DataVolume may be named. */
export function volumeName(displayName: string, uploadId: string): string {
  const slug = displayName
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  return ["image", slug, uploadId.slice(-6)].filter((part) => part !== "").join("-");
}

export const uploadLabel = "kubevirt-shepherd.io/upload-id";

/** What says in the cluster that a volume is this upload's. */
export function uploadLabels(uploadId: string): Record<string, string> {
  return { "kubevirt-shepherd.io/managed-by": "kubevirt-shepherd", [uploadLabel]: uploadId };
}

/** Whoever works on an upload says so at least this often, or another process takes it over. */
export const uploadLeaseSeconds = 15;

/** Nobody sent a byte for so long: the upload is given up, and with it what is staged. */
export const abandonedSeconds = 3 * 24 * 3600;
