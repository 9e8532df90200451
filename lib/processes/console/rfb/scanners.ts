import type { Scanner } from "./step-reader";

/** Up to and including the next byte 0xff, where a marker of a JPEG file begins. */
export class NextFfScanner implements Scanner {
  readonly trouble = null;
  isDone = false;

  scan(bytes: Buffer, at: number): number {
    const found = bytes.indexOf(0xff, at);
    this.isDone = found !== -1;
    return (this.isDone ? found + 1 : bytes.length) - at;
  }
}

interface Tiles {
  width: number;
  height: number;
  pixelBytes: number;
}

const tileSize = 16;
const isRaw = 1;
const hasBackground = 2;
const hasForeground = 4;
const hasParts = 8;
const hasColoredParts = 16;
const kindMax = 30;

/** Tiles of sixteen by sixteen, each beginning with a byte that says what it holds. */
export class HextileScanner implements Scanner {
  readonly #tiles: Tiles;
  #left = 0;
  #top = 0;
  /** What the next byte that is looked at says. */
  #next: "kind" | "parts" = "kind";
  #kind = 0;
  #skip = 0;
  trouble: string | null = null;
  isDone = false;

  constructor(tiles: Tiles) {
    this.#tiles = tiles;
  }

  scan(bytes: Buffer, from: number): number {
    let at = from;
    for (;;) {
      const passed = Math.min(this.#skip, bytes.length - at);
      at += passed;
      this.#skip -= passed;
      this.isDone = this.#skip === 0 && this.#top >= this.#tiles.height;
      const byte = this.#skip > 0 || this.isDone ? undefined : bytes[at];
      if (byte === undefined || this.trouble !== null) return at - from;
      at += 1;
      if (this.#next === "kind") this.#begin(byte);
      else this.#skipParts(byte);
    }
  }

  #begin(kind: number): void {
    const { width, height, pixelBytes } = this.#tiles;
    this.#kind = kind;
    if (kind > kindMax) this.trouble = "hextile";
    else if (kind & isRaw) {
      const pixels = Math.min(tileSize, width - this.#left) * Math.min(tileSize, height - this.#top);
      this.#endTile(pixels * pixelBytes);
    } else {
      const colors = Number((kind & hasBackground) !== 0) + Number((kind & hasForeground) !== 0);
      if ((kind & hasParts) === 0) return this.#endTile(colors * pixelBytes);
      this.#skip = colors * pixelBytes;
      this.#next = "parts";
    }
  }

  #skipParts(count: number): void {
    const partBytes = this.#kind & hasColoredParts ? this.#tiles.pixelBytes + 2 : 2;
    this.#endTile(count * partBytes);
  }

  /** @param skip what is left of the tile */
  #endTile(skip: number): void {
    this.#skip = skip;
    this.#next = "kind";
    this.#left += tileSize;
    if (this.#left < this.#tiles.width) return;
    this.#left = 0;
    this.#top += tileSize;
  }
}
