/** How pixels look on the wire. */
export interface PixelFormat {
  bitsPerPixel: number;
  depth: number;
  isBigEndian: boolean;
  isTrueColor: boolean;
  maxima: [red: number, green: number, blue: number];
  shifts: [red: number, green: number, blue: number];
}

/** A rectangle of an update, told as soon as it is known whether it depends on earlier ones. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
  encoding: number;
  /** It can be drawn by somebody who has not seen the ones before. */
  isStateless: boolean;
  /** The first byte of its content, where that byte had to be read to tell. */
  control: number | null;
}

/** What is told while the two streams are read, as plain functions; offsets count from their own stream's beginning. */
export interface RfbSink {
  /** The server has introduced its screen: messages follow. */
  onReady?(): void;
  /** The head of an update has arrived. */
  onUpdate?(rectangles: number): void;
  onRectangle?(rectangle: Rectangle): void;
  onRectangleEnd?(): void;
  onServerMessageEnd?(message: { type: number; startedAt: number }): void;
  onClientMessage?(message: { type: number; startedAt: number }): void;
  onClientMessageEnd?(message: { type: number; startedAt: number }): void;
}

/** What both sides of one connection have agreed on so far. */
export class RfbConversation {
  /** The client's: 3, 7 or 8. */
  minorVersion: number | null = null;
  security: number | null = null;
  hasClientInit = false;
  width = 0;
  height = 0;
  name = "";
  format: PixelFormat = unknownFormat;
  /** The client has said how it wants pixels; until then they come as the server has them. */
  hasOwnFormat = false;
  /** What the client asked for last, in its order. */
  encodings: number[] = [];
  hasAskedForUpdate = false;
  /** The format changed while pictures were under way: nobody can tell which of them have which. */
  isFormatUnsure = false;
  hasExtendedPointer = false;

  get bytesPerPixel(): number {
    return this.format.bitsPerPixel / 8;
  }

  /** Tight sends pixels of 24 bits as three bytes. */
  get bytesPerTightPixel(): number {
    const { bitsPerPixel, depth, maxima } = this.format;
    const isCompact = bitsPerPixel === 32 && depth === 24 && maxima.every((max) => max === 255);
    return isCompact ? 3 : this.bytesPerPixel;
  }
}

const unknownFormat: PixelFormat = {
  bitsPerPixel: 32,
  depth: 24,
  isBigEndian: false,
  isTrueColor: true,
  maxima: [255, 255, 255],
  shifts: [16, 8, 0],
};

/** Null for pixels that no server could send. */
export function readPixelFormat(bytes: Buffer): PixelFormat | null {
  const bitsPerPixel = bytes.readUInt8(0);
  if (![8, 16, 32].includes(bitsPerPixel)) return null;
  return {
    bitsPerPixel,
    depth: bytes.readUInt8(1),
    isBigEndian: bytes.readUInt8(2) !== 0,
    isTrueColor: bytes.readUInt8(3) !== 0,
    maxima: [bytes.readUInt16BE(4), bytes.readUInt16BE(6), bytes.readUInt16BE(8)],
    shifts: [bytes.readUInt8(10), bytes.readUInt8(11), bytes.readUInt8(12)],
  };
}
