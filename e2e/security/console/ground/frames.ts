interface FrameWish {
  opcode?: number;
  isLast?: boolean;
  /** The three bits that no extension uses here. */
  reserved?: number;
  isMasked?: boolean;
  /** What the head says of the length, whatever comes. */
  announced?: bigint;
}

const mask = Buffer.from([1, 2, 3, 4]);

/** One frame as it stands on the wire, right or wrong. */
export function frame(payload: Buffer, wish: FrameWish = {}): Buffer {
  const { opcode = 2, isLast = true, reserved = 0, isMasked = true } = wish;
  const first = (isLast ? 0x80 : 0) | (reserved << 4) | opcode;
  const length = lengthBytes(wish.announced ?? BigInt(payload.length), isMasked);
  const head = Buffer.concat([Buffer.from([first]), length]);
  return isMasked ? Buffer.concat([head, mask, masked(payload)]) : Buffer.concat([head, payload]);
}

function lengthBytes(length: bigint, isMasked: boolean): Buffer {
  const flag = isMasked ? 0x80 : 0;
  if (length < 126n) return Buffer.from([flag | Number(length)]);
  const bytes = Buffer.alloc(length < 65_536n ? 3 : 9);
  bytes.writeUInt8(flag | (length < 65_536n ? 126 : 127), 0);
  if (length < 65_536n) bytes.writeUInt16BE(Number(length), 1);
  else bytes.writeBigUInt64BE(length, 1);
  return bytes;
}

function masked(payload: Buffer): Buffer {
  return payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)) as Buffer; // Buffer.map gives a Buffer.
}

/** As a cluster sends them. */
export const serverFrame = (payload: Buffer, wish: FrameWish = {}) =>
  frame(payload, { isMasked: false, ...wish });

/** A message in so many pieces of one byte, of which the last is missing where it is to have no end. */
export function fragments(count: number, wish: { isMasked: boolean; hasEnd: boolean }): Buffer {
  const { isMasked, hasEnd } = wish;
  const piece = frame(Buffer.from([7]), { opcode: 0, isLast: false, isMasked });
  const first = frame(Buffer.from([7]), { isLast: false, isMasked });
  const last = frame(Buffer.from([7]), { opcode: 0, isMasked });
  return Buffer.concat([first, ...Array.from({ length: count - 2 }, () => piece), ...(hasEnd ? [last] : [])]);
}
