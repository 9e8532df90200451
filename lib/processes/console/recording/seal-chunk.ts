import { createCipheriv, createDecipheriv, createHash } from "node:crypto";

/**
 * A recording on the disk: a head that names it, then chunks. Of a chunk its place and times stand in clear, its content
 * is sealed with AES-256-GCM under the recording's own key; the chunk's number is the nonce, and recording, number, times
 * and length are authenticated with it, so that nothing can be altered, moved or taken from another recording unnoticed.
 */
export interface ChunkHead {
  number: number;
  fromMs: number;
  toMs: number;
  /** Of the content, in bytes. */
  length: number;
}

export const chunkHeadBytes = 16;
export const chunkTagBytes = 16;
const magic = "SHEPREC1";

export function fileHead(recordingId: string): Buffer {
  return Buffer.from(`${magic}${recordingId}`, "latin1");
}

export function sealedBytes({ length }: Pick<ChunkHead, "length">): number {
  return chunkHeadBytes + length + chunkTagBytes;
}

export function writeChunkHead({ number, fromMs, toMs, length }: ChunkHead): Buffer {
  const head = Buffer.alloc(chunkHeadBytes);
  head.writeUInt32BE(number, 0);
  head.writeUInt32BE(fromMs, 4);
  head.writeUInt32BE(toMs, 8);
  head.writeUInt32BE(length, 12);
  return head;
}

export function readChunkHead(head: Buffer): ChunkHead {
  return {
    number: head.readUInt32BE(0),
    fromMs: head.readUInt32BE(4),
    toMs: head.readUInt32BE(8),
    length: head.readUInt32BE(12),
  };
}

interface ChunkKey {
  recordingId: string;
  contentKey: Buffer;
}

export function sealChunk(key: ChunkKey, chunk: Omit<ChunkHead, "length">, content: Buffer): Buffer {
  const head = writeChunkHead({ ...chunk, length: content.length });
  const cipher = createCipheriv("aes-256-gcm", key.contentKey, nonceOf(chunk.number));
  cipher.setAAD(authenticated(key.recordingId, head));
  return Buffer.concat([head, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/**
 * @param number where the chunk should stand
 * @returns null for whatever was not sealed as this chunk of this recording
 */
export function openChunk(key: ChunkKey, number: number, sealed: Buffer): Buffer<ArrayBuffer> | null {
  if (sealed.length < chunkHeadBytes + chunkTagBytes) return null;
  const head = sealed.subarray(0, chunkHeadBytes);
  const tag = sealed.subarray(sealed.length - chunkTagBytes);
  const decipher = createDecipheriv("aes-256-gcm", key.contentKey, nonceOf(number), {
    authTagLength: chunkTagBytes,
  });
  decipher.setAAD(authenticated(key.recordingId, head));
  decipher.setAuthTag(tag);
  try {
    const content = decipher.update(sealed.subarray(chunkHeadBytes, sealed.length - chunkTagBytes));
    return Buffer.concat([content, decipher.final()]);
  } catch {
    // Node says no more than that the tag does not fit.
    return null;
  }
}

/** What each chunk adds to the digest of all before it. */
export function linkChunk(chainHead: string, sealed: Buffer): string {
  return createHash("sha256").update(chainHead, "hex").update(sealed).digest("hex");
}

/** Each recording has a key of its own, so its chunks' numbers never meet another's. */
function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 8);
  return nonce;
}

function authenticated(recordingId: string, head: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${recordingId}|`, "utf8"), head]);
}
