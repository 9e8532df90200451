import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, stat, statfs } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { FileStore } from "@tus/file-store";
import { Upload } from "@tus/server";
import { env } from "@/lib/core/env";
import { imageHeadBytes } from "@/lib/catalog/uploads/rules";
import type { StagedFile } from "@/lib/catalog/uploads/take-upload";

const fileName = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const readBytes = 1024 * 1024;
/** Always left free for whatever else lives on the disk. */
const spareBytes = 512 * 1024 * 1024;

/** Where files wait; without a folder of its own, one that no other installation on this machine uses. */
export function stagingFolder(): string {
  const given = env().UPLOAD_DIR;
  if (given !== undefined) return path.resolve(given);
  const mark = createHash("sha256").update(env().DATABASE_URL).digest("hex").slice(0, 12);
  return path.join(os.tmpdir(), `shepherd-uploads-${mark}`);
}

interface RunningDigest {
  hash: Hash;
  bytes: number;
  /** One reading at a time, in order. */
  reading: Promise<void>;
}

/** The files on this process's disk, each as far as it has arrived. */
export class Staging {
  readonly folder: string;
  readonly store: FileStore;
  readonly #digests = new Map<string, RunningDigest>();
  readonly #beginnings = new Map<string, Promise<boolean>>();

  private constructor(folder: string) {
    this.folder = folder;
    this.store = new FileStore({ directory: folder });
  }

  static async open(folder: string): Promise<Staging> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new Staging(folder);
  }

  /** How much of it is here; null where nothing is. */
  async sizeOf(id: string): Promise<number | null> {
    try {
      return (await stat(this.#pathOf(id))).size;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** An empty file for it, unless there is one. @returns false where the disk has no room for all of it */
  begin(id: string, sizeBytes: number): Promise<boolean> {
    // The file is there before what is known of it is written: a second part waits for both.
    const begun =
      this.#beginnings.get(id) ?? this.#begin(id, sizeBytes).finally(() => this.#beginnings.delete(id));
    this.#beginnings.set(id, begun);
    return begun;
  }

  async #begin(id: string, sizeBytes: number): Promise<boolean> {
    if ((await this.sizeOf(id)) !== null) return true;
    const { bavail, bsize } = await statfs(this.folder);
    const promised = await this.#promisedBytes();
    if (bavail * bsize - promised - spareBytes < sizeBytes) return false;
    await this.store.create(new Upload({ id, size: sizeBytes, offset: 0 }));
    return true;
  }

  async list(): Promise<StagedFile[]> {
    const names = (await readdir(this.folder)).filter((name) => fileName.test(name));
    const sizes = await Promise.all(names.map((name) => this.sizeOf(name)));
    return names.map((uploadId, index) => ({ uploadId, bytes: sizes[index] ?? 0 }));
  }

  async remove(id: string): Promise<void> {
    this.#digests.delete(id);
    if ((await this.sizeOf(id)) !== null) await this.store.remove(id);
  }

  openBody(id: string): Readable {
    return createReadStream(this.#pathOf(id), { highWaterMark: readBytes });
  }

  async readHead(id: string): Promise<Buffer> {
    const file = await open(this.#pathOf(id));
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(imageHeadBytes), 0, imageHeadBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  /** Reads on from where the digest stands: what has arrived never changes, and after a restart all of it is read. */
  followDigest(id: string): Promise<void> {
    const digest = this.#digests.get(id) ?? {
      hash: createHash("sha256"),
      bytes: 0,
      reading: Promise.resolve(),
    };
    this.#digests.set(id, digest);
    digest.reading = digest.reading
      .then(() => this.#readOn(id, digest))
      .catch((error: unknown) => {
        // Half a reading is worth nothing; the next one begins anew.
        if (this.#digests.get(id) === digest) this.#digests.delete(id);
        throw error;
      });
    return digest.reading;
  }

  /** Of the whole file, which must have arrived. */
  async digestOf(id: string): Promise<string> {
    await this.followDigest(id);
    return this.#digests.get(id)?.hash.copy().digest("hex") ?? "";
  }

  async #readOn(id: string, digest: RunningDigest): Promise<void> {
    const body = createReadStream(this.#pathOf(id), { start: digest.bytes, highWaterMark: readBytes });
    for await (const chunk of body as AsyncIterable<Buffer>) {
      digest.hash.update(chunk);
      digest.bytes += chunk.length;
    }
  }

  /** What unfinished files here will still take. */
  async #promisedBytes(): Promise<number> {
    const files = await this.list();
    const missing = await Promise.all(
      files.map(async ({ uploadId, bytes }) => {
        const known = await this.store.getUpload(uploadId).catch(() => null);
        return Math.max(0, (known?.size ?? 0) - bytes);
      }),
    );
    return missing.reduce((sum, bytes) => sum + bytes, 0);
  }

  #pathOf(id: string): string {
    if (!fileName.test(id)) throw new Error("not the name of a staged file");
    return path.join(this.folder, id);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
