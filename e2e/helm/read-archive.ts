import { gunzipSync } from "node:zlib";
import { extract, type Header } from "tar-stream";

export interface ArchiveEntry {
  header: Header;
  text: string;
}

/** The files of a .tgz, in their order. */
export function readArchive(bytes: Uint8Array): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = [];
  const reader = extract();
  return new Promise((resolve, reject) => {
    reader.on("entry", (header, stream, next) => {
      const chunks: Uint8Array[] = [];
      stream.on("data", (chunk) => {
        if (chunk instanceof Uint8Array) chunks.push(chunk);
      });
      stream.on("end", () => {
        entries.push({ header, text: Buffer.concat(chunks).toString() });
        next();
      });
    });
    reader.on("finish", () => resolve(entries));
    reader.on("error", reject);
    reader.end(gunzipSync(bytes));
  });
}
