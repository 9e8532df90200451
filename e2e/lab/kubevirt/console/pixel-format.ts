/** How a client wants its pixels. */
export interface PixelFormat {
  bitsPerPixel: 8 | 16 | 32;
  depth: number;
  isBigEndian: boolean;
  max: { red: number; green: number; blue: number };
  shift: { red: number; green: number; blue: number };
}

export const serverFormat: PixelFormat = {
  bitsPerPixel: 32,
  depth: 24,
  isBigEndian: false,
  max: { red: 255, green: 255, blue: 255 },
  shift: { red: 16, green: 8, blue: 0 },
};

export function writePixelFormat(format: PixelFormat): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt8(format.bitsPerPixel, 0);
  bytes.writeUInt8(format.depth, 1);
  bytes.writeUInt8(format.isBigEndian ? 1 : 0, 2);
  bytes.writeUInt8(1, 3);
  bytes.writeUInt16BE(format.max.red, 4);
  bytes.writeUInt16BE(format.max.green, 6);
  bytes.writeUInt16BE(format.max.blue, 8);
  bytes.writeUInt8(format.shift.red, 10);
  bytes.writeUInt8(format.shift.green, 11);
  bytes.writeUInt8(format.shift.blue, 12);
  return bytes;
}

/** A format that is not true colour or has an odd size is not understood. */
export function readPixelFormat(bytes: Buffer): PixelFormat | undefined {
  const bits = bytes.readUInt8(0);
  if (bits !== 8 && bits !== 16 && bits !== 32) return undefined;
  if (bytes.readUInt8(3) === 0) return undefined;
  return {
    bitsPerPixel: bits,
    depth: bytes.readUInt8(1),
    isBigEndian: bytes.readUInt8(2) !== 0,
    max: { red: bytes.readUInt16BE(4), green: bytes.readUInt16BE(6), blue: bytes.readUInt16BE(8) },
    shift: { red: bytes.readUInt8(10), green: bytes.readUInt8(11), blue: bytes.readUInt8(12) },
  };
}

/** Writes 0xRRGGBB pixels the way the client wants them. */
export function encodePixels(source: Uint32Array, format: PixelFormat): Buffer {
  const values = emptyValues(source.length, format);
  const { max, shift } = format;
  const isFull = max.red === 255 && max.green === 255 && max.blue === 255;
  if (isFull && shift.red === 16 && shift.green === 8 && shift.blue === 0) values.set(source);
  else if (isFull) source.forEach((color, index) => (values[index] = move(color, shift)));
  else source.forEach((color, index) => (values[index] = move(scale(color, max), shift)));
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  // The machine is little-endian, as every machine is that Node runs on here.
  if (format.isBigEndian && format.bitsPerPixel === 16) bytes.swap16();
  if (format.isBigEndian && format.bitsPerPixel === 32) bytes.swap32();
  return bytes;
}

function emptyValues(length: number, format: PixelFormat): Uint8Array | Uint16Array | Uint32Array {
  if (format.bitsPerPixel === 8) return new Uint8Array(length);
  return format.bitsPerPixel === 16 ? new Uint16Array(length) : new Uint32Array(length);
}

function scale(color: number, max: PixelFormat["max"]): number {
  const part = (value: number, most: number) => Math.round((value * most) / 255);
  return (
    (part((color >> 16) & 255, max.red) << 16) |
    (part((color >> 8) & 255, max.green) << 8) |
    part(color & 255, max.blue)
  );
}

function move(color: number, shift: PixelFormat["shift"]): number {
  return (
    (((color >> 16) & 255) << shift.red) |
    (((color >> 8) & 255) << shift.green) |
    ((color & 255) << shift.blue)
  );
}
