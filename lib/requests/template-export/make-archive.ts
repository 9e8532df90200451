import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";

export interface ArchivedFile {
  path: string;
  text: string;
}

/** The place of the operating system in a gzip header; 255 is "unknown", so that every machine writes the same. */
const systemByte = 9;

/** One folder of text files, packed to the same bytes whenever and wherever it is done. */
export async function makeArchive(folder: string, files: ArchivedFile[]): Promise<Uint8Array<ArrayBuffer>> {
  const archive = pack();
  const sorted = [...files].sort((one, other) => (one.path < other.path ? -1 : 1));
  for (const { path, text } of sorted) {
    const header = { name: `${folder}/${path}`, mtime: new Date(0), mode: 0o644, uid: 0, gid: 0 };
    archive.entry(header, Buffer.from(text));
  }
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) if (chunk instanceof Uint8Array) chunks.push(chunk);
  const packed = Uint8Array.from(gzipSync(Buffer.concat(chunks), { level: 9 }));
  packed[systemByte] = 255;
  return packed;
}
