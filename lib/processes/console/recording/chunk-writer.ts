import { open, type FileHandle } from "node:fs/promises";
import type { BrokenReason } from "@/lib/console/recordings/rules";
import { fileHead, linkChunk, sealChunk } from "./seal-chunk";
import { isDiskFull, makeFolder, recordingFile } from "./recording-folder";
import { WriteGate } from "./write-gate";

/** How often the disk is asked whether there is room. */
const checkedBytes = 32 * 1024 * 1024;

/** At most two writes of recordings wait for a slow disk; the rest of the thread pool stays free for everybody else. */
const gate = new WriteGate(2);

/** So much of all recordings together may wait for a disk that stands still. */
const waitingTogetherMax = 256 * 1024 * 1024;
let waitingTogether = 0;

/** How full the room is that all recordings share, from 0 to 1. */
export function waitingShare(): number {
  return waitingTogether / waitingTogetherMax;
}

/** What of a recording is on the disk. */
export interface WrittenState {
  chunkCount: number;
  bytes: number;
  durationMs: number;
  chainHead: string;
}

interface WriterParts {
  folder: string;
  recordingId: string;
  contentKey: Buffer;
  onBroken: (reason: BrokenReason) => void;
  /** Instead of the file system's, for a disk that is slow. */
  writeBytes?: (file: FileHandle, bytes: Buffer) => Promise<void>;
}

interface Waiting {
  content: Buffer;
  fromMs: number;
  toMs: number;
}

/** One recording's file: chunks are sealed and appended in their order, one at a time. */
export class ChunkWriter {
  readonly #parts: WriterParts;
  readonly #waiting: Waiting[] = [];
  readonly #state: WrittenState = { chunkCount: 0, bytes: 0, durationMs: 0, chainHead: "" };
  #file: FileHandle | undefined;
  #waitingBytes = 0;
  #uncheckedBytes = checkedBytes;
  #writing: Promise<void> | undefined;
  #isBroken = false;

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  get state(): WrittenState {
    return { ...this.#state };
  }

  push(chunk: Waiting): void {
    if (this.#isBroken) return;
    this.#waiting.push(chunk);
    this.#count(chunk.content.length);
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
  }

  /** After everything that waits is on the disk, or cannot come there. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#file?.datasync().catch(() => undefined);
    await this.#file?.close().catch(() => undefined);
    this.#file = undefined;
  }

  async #writeAll(): Promise<void> {
    try {
      for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
        await this.#write(next);
        this.#waiting.shift();
        this.#count(-next.content.length);
      }
    } catch (error) {
      this.#isBroken = true;
      this.#waiting.length = 0;
      this.#count(-this.#waitingBytes);
      this.#parts.onBroken(isNoSpace(error) ? "disk_full" : "disk_failed");
    }
  }

  #count(bytes: number): void {
    this.#waitingBytes += bytes;
    waitingTogether += bytes;
  }

  async #write(chunk: Waiting): Promise<void> {
    const file = await this.#openFile();
    // Sealed on its turn, so that what waits is there once.
    await gate.pass(() => this.#append(file, chunk));
  }

  async #append(file: FileHandle, { content, fromMs, toMs }: Waiting): Promise<void> {
    const sealed = sealChunk(this.#parts, { number: this.#state.chunkCount, fromMs, toMs }, content);
    await this.#requireRoom(sealed.length);
    await (this.#parts.writeBytes ?? writeWhole)(file, sealed);
    this.#state.chunkCount += 1;
    this.#state.bytes += sealed.length;
    this.#state.durationMs = toMs;
    this.#state.chainHead = linkChunk(this.#state.chainHead, sealed);
  }

  async #openFile(): Promise<FileHandle> {
    if (this.#file !== undefined) return this.#file;
    const { folder, recordingId } = this.#parts;
    await makeFolder(folder);
    this.#file = await open(recordingFile(folder, recordingId), "wx", 0o600);
    await writeWhole(this.#file, fileHead(recordingId));
    return this.#file;
  }

  async #requireRoom(bytes: number): Promise<void> {
    this.#uncheckedBytes += bytes;
    if (this.#uncheckedBytes < checkedBytes) return;
    if (await isDiskFull(this.#parts.folder)) throw new DiskFull();
    this.#uncheckedBytes = 0;
  }
}

class DiskFull extends Error {
  readonly code = "ENOSPC";
}

function isNoSpace(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}

/** The system may take a part of what it is given. */
async function writeWhole(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let offset = 0; offset < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, offset, bytes.length - offset);
    offset += bytesWritten;
  }
}
