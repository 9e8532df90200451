import { constants, createDeflate } from "node:zlib";
import type { Rectangle } from "./framebuffer";
import type { PixelFormat } from "./pixel-format";
import { encodePixels } from "./pixel-format";

const tileSize = 64;

/** Tiles of one colour, of few colours, or of plain pixels, in one zlib stream for the whole connection. */
export class ZrleEncoder {
  readonly #deflate = createDeflate({ level: 3 });
  #chunks: Buffer[] = [];

  constructor() {
    this.#deflate.on("data", (chunk: Buffer) => this.#chunks.push(chunk));
    this.#deflate.on("error", () => this.#deflate.destroy());
  }

  close(): void {
    this.#deflate.destroy();
  }

  async encode(area: Rectangle, pixels: Uint32Array, format: PixelFormat): Promise<Buffer> {
    const tiles: Buffer[] = [];
    for (let top = 0; top < area.height; top += tileSize) {
      for (let left = 0; left < area.width; left += tileSize) {
        const width = Math.min(tileSize, area.width - left);
        const height = Math.min(tileSize, area.height - top);
        tiles.push(
          encodeTile(cutTile(pixels, area.width, { x: left, y: top, width, height }), width, format),
        );
      }
    }
    const packed = await this.#compress(Buffer.concat(tiles));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(packed.length);
    return Buffer.concat([length, packed]);
  }

  #compress(bytes: Buffer): Promise<Buffer> {
    return new Promise((resolve) => {
      if (this.#deflate.destroyed) return resolve(Buffer.alloc(0));
      this.#deflate.write(bytes);
      this.#deflate.flush(constants.Z_SYNC_FLUSH, () => {
        const packed = Buffer.concat(this.#chunks);
        this.#chunks = [];
        resolve(packed);
      });
    });
  }
}

function cutTile(pixels: Uint32Array, stride: number, tile: Rectangle): Uint32Array {
  const cut = new Uint32Array(tile.width * tile.height);
  for (let row = 0; row < tile.height; row += 1) {
    const start = (tile.y + row) * stride + tile.x;
    cut.set(pixels.subarray(start, start + tile.width), row * tile.width);
  }
  return cut;
}

function encodeTile(pixels: Uint32Array, width: number, format: PixelFormat): Buffer {
  const palette = colorsOf(pixels, 17);
  if (palette.length === 1)
    return Buffer.concat([Buffer.from([1]), compactPixels(Uint32Array.from(palette), format)]);
  if (palette.length > 16) return Buffer.concat([Buffer.from([0]), compactPixels(pixels, format)]);
  const head = Buffer.concat([
    Buffer.from([palette.length]),
    compactPixels(Uint32Array.from(palette), format),
  ]);
  return Buffer.concat([head, packIndexes(pixels, width, palette)]);
}

/** The different colours in order of appearance, but no more than are of interest. */
function colorsOf(pixels: Uint32Array, mostWanted: number): number[] {
  const colors = new Set<number>();
  for (const color of pixels) {
    colors.add(color);
    if (colors.size === mostWanted) break;
  }
  return [...colors];
}

/** Palette indexes of 1, 2 or 4 bits; each row starts on a byte of its own. */
function packIndexes(pixels: Uint32Array, width: number, palette: number[]): Buffer {
  const bits = palette.length <= 2 ? 1 : palette.length <= 4 ? 2 : 4;
  const indexOf = new Map(palette.map((color, index) => [color, index]));
  const rowBytes = Math.ceil((width * bits) / 8);
  const packed = Buffer.alloc(rowBytes * (pixels.length / width));
  pixels.forEach((color, at) => {
    const row = Math.floor(at / width);
    const bit = (at % width) * bits;
    const byte = row * rowBytes + (bit >> 3);
    packed[byte] = (packed[byte] ?? 0) | ((indexOf.get(color) ?? 0) << (8 - bits - (bit & 7)));
  });
  return packed;
}

// 32-bit pixels that use only 24 bits travel as three bytes: the protocol's CPIXEL.
function compactPixels(pixels: Uint32Array, format: PixelFormat): Buffer {
  const full = encodePixels(pixels, format);
  if (format.bitsPerPixel !== 32 || format.depth > 24) return full;
  const { max, shift } = format;
  const highest = Math.max(
    max.red * 2 ** shift.red,
    max.green * 2 ** shift.green,
    max.blue * 2 ** shift.blue,
  );
  const lowest = Math.min(shift.red, shift.green, shift.blue);
  const fitsLow = highest < 2 ** 24;
  if (!fitsLow && lowest < 8) return full;
  const skip = fitsLow === format.isBigEndian ? 1 : 0;
  const compact = Buffer.allocUnsafe(pixels.length * 3);
  for (let from = skip, to = 0; to < compact.length; from += 4, to += 3) {
    compact[to] = full[from] ?? 0;
    compact[to + 1] = full[from + 1] ?? 0;
    compact[to + 2] = full[from + 2] ?? 0;
  }
  return compact;
}
