import { frameHeadBytes, writeFrameHead, type FrameKind } from "@/lib/console/recordings/frames/rules";

const chunkBytesMax = 1024 * 1024;
const pieceBytesMax = 256 * 1024;
const firstBytes = 16 * 1024;

export interface Chunk {
  content: Buffer;
  fromMs: number;
  toMs: number;
}

/** The chunk that is being filled: frames one after another, copied out of what passes. */
export class FrameBuffer {
  #bytes = Buffer.alloc(0);
  #used = 0;
  #fromMs = 0;
  #toMs = 0;

  /** Parts small enough for a chunk, none of them copied. */
  piecesOf(bytes: Buffer): Buffer[] {
    if (bytes.length <= pieceBytesMax) return bytes.length === 0 ? [] : [bytes];
    const count = Math.ceil(bytes.length / pieceBytesMax);
    return Array.from({ length: count }, (_, index) =>
      bytes.subarray(index * pieceBytesMax, (index + 1) * pieceBytesMax),
    );
  }

  hasRoom(length: number): boolean {
    return this.#used + frameHeadBytes + length <= chunkBytesMax;
  }

  add(atMs: number, kind: FrameKind, bytes: Buffer): void {
    this.#grow(frameHeadBytes + bytes.length);
    const { buffer, byteOffset, length } = this.#bytes;
    writeFrameHead(new DataView(buffer, byteOffset, length), this.#used, {
      atMs,
      kind,
      length: bytes.length,
    });
    bytes.copy(this.#bytes, this.#used + frameHeadBytes);
    if (this.#used === 0) this.#fromMs = atMs;
    this.#used += frameHeadBytes + bytes.length;
    this.#toMs = atMs;
  }

  addGap(atMs: number, lostBytes: number): void {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(Math.min(lostBytes, 0xffffffff));
    this.add(atMs, "gap", count);
  }

  addEnd(atMs: number, reason: string): void {
    this.add(atMs, "end", Buffer.from(reason, "utf8"));
  }

  /** What has gathered, which the next frame no longer touches; null where nothing has. */
  cut(): Chunk | null {
    if (this.#used === 0) return null;
    const chunk = {
      content: this.#bytes.subarray(0, this.#used),
      fromMs: this.#fromMs,
      toMs: this.#toMs,
    };
    this.#bytes = Buffer.alloc(0);
    this.#used = 0;
    return chunk;
  }

  #grow(by: number): void {
    const wanted = this.#used + by;
    if (wanted <= this.#bytes.length) return;
    // A gap's or an end's few bytes may come on top of a full chunk.
    const size = Math.max(wanted, firstBytes, Math.min(this.#bytes.length * 2, chunkBytesMax));
    const larger = Buffer.allocUnsafeSlow(size);
    this.#bytes.copy(larger, 0, 0, this.#used);
    this.#bytes = larger;
  }
}
