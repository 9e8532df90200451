/**
 * How a recording is written inside its sealed chunks, and read again by whoever replays it: one frame after another,
 * each with its time in milliseconds since the start, its kind, its length and its bytes, in network byte order.
 */
export const frameHeadBytes = 9;

export const frameKinds = {
  /** What the machine sent, from the beginning of one of its messages. */
  message: 1,
  /** What the machine sent, in the midst of a message. */
  part: 2,
  /** Bytes that are missing here: the disk was slower than the session. */
  gap: 3,
  /** The goodbye, with its reason as text. */
  end: 4,
} as const;
export type FrameKind = keyof typeof frameKinds;

export type Frame =
  | { kind: "message" | "part"; atMs: number; bytes: Uint8Array<ArrayBuffer> }
  | { kind: "gap"; atMs: number; lostBytes: number }
  | { kind: "end"; atMs: number; reason: string };

export class MalformedFrames extends Error {
  constructor() {
    super("these bytes are no frames of a recording");
    this.name = "MalformedFrames";
  }
}

/** Writes a frame's head into eight bytes and one; the caller has made room. */
export function writeFrameHead(
  into: DataView,
  offset: number,
  { atMs, kind, length }: { atMs: number; kind: FrameKind; length: number },
): void {
  into.setUint32(offset, atMs);
  into.setUint8(offset + 4, frameKinds[kind]);
  into.setUint32(offset + 5, length);
}

/**
 * Reads whole frames; a chunk never ends within one.
 * @throws MalformedFrames
 */
export function readFrames(bytes: Uint8Array<ArrayBuffer>): Frame[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: Frame[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    if (offset + frameHeadBytes > bytes.length) throw new MalformedFrames();
    const length = view.getUint32(offset + 5);
    const begin = offset + frameHeadBytes;
    if (begin + length > bytes.length) throw new MalformedFrames();
    const head = { atMs: view.getUint32(offset), kind: view.getUint8(offset + 4) };
    frames.push(readFrame(head, bytes.subarray(begin, begin + length)));
    offset = begin + length;
  }
  return frames;
}

function readFrame({ atMs, kind }: { atMs: number; kind: number }, bytes: Uint8Array<ArrayBuffer>): Frame {
  switch (kind) {
    case frameKinds.message:
      return { kind: "message", atMs, bytes };
    case frameKinds.part:
      return { kind: "part", atMs, bytes };
    case frameKinds.gap:
      if (bytes.length !== 4) throw new MalformedFrames();
      return { kind: "gap", atMs, lostBytes: new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) };
    case frameKinds.end:
      return { kind: "end", atMs, reason: new TextDecoder().decode(bytes) };
    default:
      throw new MalformedFrames();
  }
}
