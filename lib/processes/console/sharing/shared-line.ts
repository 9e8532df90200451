import type { Observer, SharedStream } from "./shared-stream";

const blockBytes = 4 * 1024;
const blocksMax = 16;
const lineFeed = 0x0a;

/** A serial console: whoever joins sees the last of what was said, then what follows. */
export class SharedLine implements SharedStream {
  readonly #observers = new Set<Observer>();
  /** All full but the last one. */
  readonly #blocks: Buffer[] = [];
  #lastLength = 0;
  #isCut = false;

  fromServer(bytes: Buffer): void {
    this.#remember(bytes);
    for (const observer of this.#observers) observer.feed(bytes);
  }

  fromClient(bytes: Buffer): Buffer {
    return bytes;
  }

  watch(observer: Observer): void {
    this.#observers.add(observer);
    const said = this.#said();
    if (said.length > 0) observer.feed(said);
  }

  leave(observer: Observer): void {
    this.#observers.delete(observer);
  }

  end(): void {
    for (const observer of this.#observers) observer.end("watch_ended");
  }

  #remember(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) {
      const last = this.#blocks.at(-1);
      if (last === undefined || this.#lastLength === blockBytes) {
        this.#addBlock();
        continue;
      }
      const copied = bytes.copy(last, this.#lastLength, at);
      this.#lastLength += copied;
      at += copied;
    }
  }

  #addBlock(): void {
    const isFull = this.#blocks.length === blocksMax;
    const oldest = isFull ? this.#blocks.shift() : undefined;
    if (isFull) this.#isCut = true;
    this.#blocks.push(oldest ?? Buffer.alloc(blockBytes));
    this.#lastLength = 0;
  }

  #said(): Buffer {
    const full = this.#blocks.slice(0, -1);
    const last = this.#blocks.at(-1)?.subarray(0, this.#lastLength) ?? Buffer.alloc(0);
    const said = Buffer.concat([...full, last]);
    // Half a line may begin within a character or a command of the terminal.
    return this.#isCut ? said.subarray(said.indexOf(lineFeed) + 1) : said;
  }
}
