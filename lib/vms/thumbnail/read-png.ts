import { promisify } from "node:util";
import { crc32, inflate } from "node:zlib";

/** A picture that is not what it says it is, or more than a screen can be. */
export class PictureRefused extends Error {
  constructor(reason: string) {
    super(`the picture is refused: ${reason}`);
    this.name = "PictureRefused";
  }
}

export interface Picture {
  width: number;
  height: number;
  /** Three bytes a pixel, row by row; what was see-through lies on black. */
  rgb: Uint8Array;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const widthMax = 4_096;
const heightMax = 4_096;
const pixelsMax = 3_840 * 2_400;
const chunksMax = 20_000;

interface Header {
  width: number;
  height: number;
  /** Bytes a pixel. */
  depth: number;
  colour: Colour;
}

/** Colour types of PNG: grey, true colour, by palette, grey and alpha, true colour and alpha. */
const depthOf = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;
type Colour = keyof typeof depthOf;

/** A screen's picture, decoded whole and strictly: eight bits a channel, not interlaced, nothing behind its end. */
export async function readPng(bytes: Buffer): Promise<Picture> {
  if (!bytes.subarray(0, signature.length).equals(signature)) throw new PictureRefused("no PNG");
  const { header, palette, packed } = readChunks(bytes);
  const rowLength = header.width * header.depth;
  const rows = await unpack(packed, (rowLength + 1) * header.height);
  undoFilters(rows, header, rowLength);
  return { width: header.width, height: header.height, rgb: toRgb(rows, header, palette) };
}

interface Chunks {
  header: Header;
  palette: Buffer | null;
  packed: Buffer;
}

function readChunks(bytes: Buffer): Chunks {
  let header: Header | undefined;
  let palette: Buffer | null = null;
  const packed: Buffer[] = [];
  for (const { type, body, isLast } of eachChunk(bytes)) {
    if ((header === undefined) !== (type === "IHDR"))
      throw new PictureRefused("its header is not its first part");
    if (type === "IHDR") header = readHeader(body);
    else if (type === "PLTE") palette = readPalette(body, palette);
    else if (type === "IDAT") packed.push(body);
    else if (type !== "IEND" && /^[A-Z]/.test(type)) throw new PictureRefused("an unknown part");
    if (isLast !== (type === "IEND")) throw new PictureRefused("it does not end where it says");
  }
  if (header === undefined || packed.length === 0) throw new PictureRefused("nothing in it");
  if (header.colour === 3 && palette === null) throw new PictureRefused("its palette is missing");
  return { header, palette, packed: Buffer.concat(packed) };
}

function* eachChunk(bytes: Buffer): Generator<{ type: string; body: Buffer; isLast: boolean }> {
  let at = signature.length;
  for (let count = 0; at < bytes.length; count += 1) {
    if (count >= chunksMax || at + 12 > bytes.length) throw new PictureRefused("it is cut off");
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) throw new PictureRefused("it is cut off");
    const typed = bytes.subarray(at + 4, at + 8 + length);
    if (crc32(typed) !== bytes.readUInt32BE(end - 4)) throw new PictureRefused("a checksum is wrong");
    const type = typed.toString("latin1", 0, 4);
    if (!/^[A-Za-z]{4}$/.test(type)) throw new PictureRefused("a part has no name");
    yield { type, body: typed.subarray(4), isLast: end === bytes.length };
    at = end;
  }
}

function readHeader(body: Buffer): Header {
  if (body.length !== 13) throw new PictureRefused("its header has another length");
  const width = body.readUInt32BE(0);
  const height = body.readUInt32BE(4);
  const isScreen = width >= 1 && height >= 1 && width <= widthMax && height <= heightMax;
  if (!isScreen || width * height > pixelsMax) throw new PictureRefused(`${width} × ${height} is no screen`);
  const [bits, colour, compression, filter, interlace] = body.subarray(8);
  if (bits !== 8 || compression !== 0 || filter !== 0 || interlace !== 0 || !isColour(colour))
    throw new PictureRefused("a kind that no screen is sent in");
  return { width, height, colour, depth: depthOf[colour] };
}

function isColour(value: number | undefined): value is Colour {
  return value !== undefined && value in depthOf;
}

function readPalette(body: Buffer, before: Buffer | null): Buffer {
  if (before !== null || body.length === 0 || body.length > 768 || body.length % 3 !== 0)
    throw new PictureRefused("its palette is none");
  return body;
}

const inflateAll = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate);

/** Exactly as many bytes as the header promises: fewer is a lie, more a bomb. */
async function unpack(packed: Buffer, bytesWanted: number): Promise<Buffer> {
  const rows = await inflateAll(packed, { maxOutputLength: bytesWanted }).catch(() => null);
  if (rows === null || rows.length !== bytesWanted) throw new PictureRefused("its size is not what it says");
  return rows;
}

/** In place: every row says in its first byte from which neighbours its bytes were subtracted. */
function undoFilters(rows: Buffer, { height, depth }: Header, rowLength: number): void {
  // What stands left of the first pixel and above the first row counts as nothing.
  const nothing = Buffer.alloc(rowLength);
  for (let y = 0; y < height; y += 1) {
    const start = y * (rowLength + 1) + 1;
    const undo = undoings[rows[start - 1] ?? 0];
    if (undo === undefined) throw new PictureRefused("an unknown filter");
    const above = y === 0 ? nothing : rows.subarray(start - rowLength - 1, start - 1);
    undo(rows.subarray(start, start + rowLength), above, depth);
  }
}

/** By the number of the filter; each writes a row anew. */
const undoings: readonly ((row: Buffer, above: Buffer, depth: number) => void)[] = [
  () => undefined,
  (row, _above, depth) => {
    for (let x = depth; x < row.length; x += 1) row[x] = (row[x] ?? 0) + (row[x - depth] ?? 0);
  },
  (row, above) => {
    for (let x = 0; x < row.length; x += 1) row[x] = (row[x] ?? 0) + (above[x] ?? 0);
  },
  (row, above, depth) => {
    for (let x = 0; x < row.length; x += 1) {
      const left = x < depth ? 0 : (row[x - depth] ?? 0);
      row[x] = (row[x] ?? 0) + ((left + (above[x] ?? 0)) >> 1);
    }
  },
  (row, above, depth) => {
    for (let x = 0; x < depth; x += 1) row[x] = (row[x] ?? 0) + (above[x] ?? 0);
    for (let x = depth; x < row.length; x += 1)
      row[x] = (row[x] ?? 0) + nearest(row[x - depth] ?? 0, above[x] ?? 0, above[x - depth] ?? 0);
  },
];

function nearest(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function toRgb(rows: Buffer, { width, height, depth, colour }: Header, palette: Buffer | null): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const row = y * (width * depth + 1) + 1;
    if (colour === 2) {
      rgb.set(rows.subarray(row, row + width * 3), y * width * 3);
      continue;
    }
    for (let x = 0; x < width; x += 1) {
      const from = row + x * depth;
      const to = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel += 1)
        rgb[to + channel] = channelOf(rows, from, { colour, channel, palette });
    }
  }
  return rgb;
}

interface Wanted {
  colour: Colour;
  channel: number;
  palette: Buffer | null;
}

function channelOf(rows: Buffer, from: number, { colour, channel, palette }: Wanted): number {
  const byte = (offset: number) => rows[from + offset] ?? 0;
  switch (colour) {
    case 0:
      return byte(0);
    case 2:
      return byte(channel);
    case 3:
      return palette?.[byte(0) * 3 + channel] ?? 0;
    case 4:
      return Math.round((byte(0) * byte(1)) / 255);
    case 6:
      return Math.round((byte(channel) * byte(3)) / 255);
  }
}
