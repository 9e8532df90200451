import type { Scanner } from "./step-reader";

interface TightContent {
  width: number;
  height: number;
  pixelBytes: number;
  /** The upper half of the control byte: below eight a compressed rectangle, else a picture file. */
  kind: number;
}

const hasFilter = 4;
const paletteFilter = 1;
const filterMax = 2;
/** So little is not worth compressing, and comes without a length. */
const plainBytesMax = 12;
const lengthBytesMax = 3;

/** What follows the control byte of a Tight rectangle. */
export class TightScanner implements Scanner {
  readonly #content: TightContent;
  #next: "filter" | "palette" | "length" | "end";
  #skip = 0;
  /** Of the pixels before they were compressed. */
  #rowBytes: number;
  #length = 0;
  #lengthBytes = 0;
  trouble: string | null = null;
  isDone = false;

  constructor(content: TightContent) {
    const { kind, width, pixelBytes } = content;
    this.#content = content;
    this.#rowBytes = width * pixelBytes;
    this.#next = "length";
    if (kind < 8 && kind & hasFilter) this.#next = "filter";
    else if (kind < 8) this.#beginPixels();
    this.isDone = this.#isOver();
  }

  scan(bytes: Buffer, from: number): number {
    let at = from;
    for (;;) {
      const passed = Math.min(this.#skip, bytes.length - at);
      at += passed;
      this.#skip -= passed;
      this.isDone = this.#isOver();
      const byte = this.#skip > 0 || this.isDone ? undefined : bytes[at];
      if (byte === undefined || this.trouble !== null) return at - from;
      at += 1;
      if (this.#next === "filter") this.#readFilter(byte);
      else if (this.#next === "palette") this.#readPalette(byte);
      else this.#readLength(byte);
    }
  }

  #isOver(): boolean {
    return this.#skip === 0 && this.#next === "end";
  }

  #readFilter(filter: number): void {
    if (filter > filterMax) this.trouble = "tight filter";
    else if (filter === paletteFilter) this.#next = "palette";
    else this.#beginPixels();
  }

  #readPalette(last: number): void {
    const { width, pixelBytes } = this.#content;
    const colors = last + 1;
    this.#rowBytes = colors <= 2 ? Math.ceil(width / 8) : width;
    this.#beginPixels(colors * pixelBytes);
  }

  /** @param before what comes before the pixels */
  #beginPixels(before = 0): void {
    const plainBytes = this.#rowBytes * this.#content.height;
    const isPlain = plainBytes < plainBytesMax;
    this.#next = isPlain ? "end" : "length";
    this.#skip = before + (isPlain ? plainBytes : 0);
  }

  /** One to three bytes, seven bits in each but the last. */
  #readLength(byte: number): void {
    this.#lengthBytes += 1;
    const isLast = this.#lengthBytes === lengthBytesMax;
    this.#length |= (isLast ? byte : byte & 0x7f) << (7 * (this.#lengthBytes - 1));
    if ((byte & 0x80) !== 0 && !isLast) return;
    this.#skip = this.#length;
    this.#next = "end";
  }
}
