import { open, type FileHandle } from "node:fs/promises";
import {
  chunkHeadBytes,
  fileHead,
  linkChunk,
  openChunk,
  readChunkHead,
  sealedBytes,
  type ChunkHead,
} from "./seal-chunk";
import { recordingFile } from "./recording-folder";

const contentBytesMax = 2 * 1024 * 1024;
const windowBytes = 64 * 1024;

interface ChunkPlace extends ChunkHead {
  offset: number;
}

/** One recording's file as far as it is whole; while it is being written, each look finds more. */
export class RecordingReader {
  readonly #recordingId: string;
  readonly #file: FileHandle;
  readonly #chunks: ChunkPlace[] = [];
  #scannedTo: number;
  #scanning: Promise<void> = Promise.resolve();

  private constructor(recordingId: string, file: FileHandle) {
    this.#recordingId = recordingId;
    this.#file = file;
    this.#scannedTo = fileHead(recordingId).length;
  }

  /** Null where there is no such file, or another recording's. */
  static async open(folder: string, recordingId: string): Promise<RecordingReader | null> {
    const file = await openExisting(recordingFile(folder, recordingId));
    if (file === null) return null;
    const wanted = fileHead(recordingId);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted.length), 0, wanted.length, 0);
    if (bytesRead === wanted.length && buffer.equals(wanted)) return new RecordingReader(recordingId, file);
    await file.close();
    return null;
  }

  /** The whole chunks, in their order, up to the first that is not where it should be. */
  async listChunks(): Promise<readonly ChunkHead[]> {
    this.#scanning = this.#scanning.then(() => this.#scanOn());
    await this.#scanning;
    return this.#chunks;
  }

  /** Null where it is missing or was altered. */
  async readChunk(number: number, contentKey: Buffer): Promise<Buffer<ArrayBuffer> | null> {
    const sealed = await this.#readSealed(number);
    if (sealed === null) return null;
    return openChunk({ recordingId: this.#recordingId, contentKey }, number, sealed);
  }

  /** What there is of it, by its own account; no key is needed. */
  async measure(): Promise<{ chunkCount: number; bytes: number; durationMs: number; chainHead: string }> {
    const chunks = await this.listChunks();
    let bytes = 0;
    let chainHead = "";
    for (const { number } of chunks) {
      const sealed = await this.#readSealed(number);
      if (sealed === null) break;
      bytes += sealed.length;
      chainHead = linkChunk(chainHead, sealed);
    }
    return { chunkCount: chunks.length, bytes, durationMs: chunks.at(-1)?.toMs ?? 0, chainHead };
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #readSealed(number: number): Promise<Buffer | null> {
    const place = this.#chunks[number];
    if (place === undefined) return null;
    const length = sealedBytes(place);
    const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(length), 0, length, place.offset);
    return bytesRead === length ? buffer : null;
  }

  /** Small chunks share a reading, large ones are skipped over. */
  async #scanOn(): Promise<void> {
    const { size } = await this.#file.stat();
    const window = Buffer.alloc(windowBytes);
    while (this.#scannedTo + chunkHeadBytes <= size) {
      const from = this.#scannedTo;
      const { bytesRead } = await this.#file.read(window, 0, windowBytes, from);
      this.#takeHeads(window.subarray(0, bytesRead), from, size);
      if (this.#scannedTo === from) return;
    }
  }

  #takeHeads(window: Buffer, from: number, size: number): void {
    for (let at = 0; at + chunkHeadBytes <= window.length; at = this.#scannedTo - from) {
      const chunk = readChunkHead(window.subarray(at, at + chunkHeadBytes));
      const isNext = chunk.number === this.#chunks.length && chunk.length <= contentBytesMax;
      if (!isNext || this.#scannedTo + sealedBytes(chunk) > size) return;
      this.#chunks.push({ ...chunk, offset: this.#scannedTo });
      this.#scannedTo += sealedBytes(chunk);
    }
  }
}

async function openExisting(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, "r");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
