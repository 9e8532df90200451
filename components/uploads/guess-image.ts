import type { ImageFormat } from "@/lib/catalog/uploads/schema";

const gib = 1024 ** 3;
const qcow2Magic = 0x514649fb;

export interface ImageGuess {
  format: ImageFormat;
  /** What it is likely called. */
  displayName: string;
  /** A disk it fits. */
  diskGb: number;
  /** An archive, which is to be unpacked first. */
  isArchive: boolean;
}

/** What a chosen file most likely is, from its name and its first bytes. */
export async function guessImage(file: Blob & { name: string }): Promise<ImageGuess> {
  const head = new DataView(await file.slice(0, 32).arrayBuffer());
  const displayName = file.name.replace(/\.(?:iso|img|raw|qcow2|qcow)$/i, "").slice(0, 100);
  const isQcow2 = head.byteLength === 32 && head.getUint32(0) === qcow2Magic;
  const format = isQcow2 ? "qcow2" : /\.iso$/i.test(file.name) ? "iso" : "raw";
  const bytes = isQcow2 ? Number(head.getBigUint64(24)) : file.size;
  return { format, displayName, diskGb: diskFor(bytes), isArchive: isArchive(head) };
}

function diskFor(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / gib));
}

/** gzip, xz, zip, bzip2 and zstd by their first bytes. */
function isArchive(head: DataView): boolean {
  if (head.byteLength < 4) return false;
  const first = head.getUint32(0);
  return (
    first >>> 16 === 0x1f8b ||
    [0xfd377a58, 0x504b0304, 0x28b52ffd].includes(first) ||
    first >>> 8 === 0x425a68
  );
}
