import type { Rectangle } from "../rfb/conversation";
import { encodings } from "../rfb/encodings";
import type { Observer } from "./shared-stream";

const nothing = Buffer.alloc(0);
const bellMessage = Buffer.from([2]);

/**
 * Passes updates on to those who watch, from the first whole one after they joined. A rectangle that goes on from what
 * they have not seen is replaced by an empty one; the full picture that was asked for fills its place.
 */
export class UpdateFeed {
  readonly #positionOf: () => number;
  readonly #following = new Set<Observer>();
  readonly #joining = new Set<Observer>();
  #chunk: Buffer = nothing;
  #chunkStart = 0;
  #parts: Buffer[] = [];
  /** From where on the stream's own bytes are passed on; null while they are not. */
  #copiesFrom: number | null = null;

  /** @param positionOf how many bytes of the stream are understood */
  constructor(positionOf: () => number) {
    this.#positionOf = positionOf;
  }

  get isWatched(): boolean {
    return this.#following.size + this.#joining.size > 0;
  }

  get observers(): Observer[] {
    return [...this.#following, ...this.#joining];
  }

  join(observer: Observer): void {
    this.#joining.add(observer);
  }

  leave(observer: Observer): void {
    this.#joining.delete(observer);
    this.#following.delete(observer);
  }

  /** @param start where in its stream the piece lies */
  beginPiece(bytes: Buffer, start: number): void {
    this.#chunk = bytes;
    this.#chunkStart = start;
    if (this.#copiesFrom !== null) this.#copiesFrom = start;
  }

  endPiece(): void {
    if (this.#copiesFrom !== null) this.#copyUpTo(this.#chunkStart + this.#chunk.length);
    this.#flush();
    this.#chunk = nothing;
  }

  onUpdate(rectangles: number): void {
    // Whoever joins begins here; for all others one frame holds whatever came together, however small the updates are.
    if (this.#joining.size > 0) this.#flush();
    this.#copiesFrom = null;
    for (const observer of this.#joining) this.#following.add(observer);
    this.#joining.clear();
    const head = Buffer.allocUnsafe(4);
    head.writeUInt16BE(0, 0);
    head.writeUInt16BE(rectangles, 2);
    this.#add(head);
  }

  onRectangle(rectangle: Rectangle): void {
    this.#add(rectangle.isStateless ? headOf(rectangle) : emptyRectangle);
    if (rectangle.isStateless) this.#copiesFrom = this.#positionOf();
  }

  onRectangleEnd(): void {
    if (this.#copiesFrom !== null) this.#copyUpTo(this.#positionOf());
    this.#copiesFrom = null;
  }

  onBell(): void {
    this.#add(bellMessage);
  }

  #add(bytes: Buffer): void {
    if (this.#following.size > 0) this.#parts.push(bytes);
  }

  #copyUpTo(position: number): void {
    const from = (this.#copiesFrom ?? position) - this.#chunkStart;
    const to = position - this.#chunkStart;
    if (to > from) this.#add(this.#chunk.subarray(from, to));
    this.#copiesFrom = position;
  }

  #flush(): void {
    if (this.#parts.length === 0) return;
    const bytes = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
    this.#parts = [];
    if (bytes !== undefined) for (const observer of [...this.#following]) observer.feed(bytes);
  }
}

function headOf({ x, y, width, height, encoding, control }: Rectangle): Buffer {
  const head = Buffer.allocUnsafe(control === null ? 12 : 13);
  head.writeUInt16BE(x, 0);
  head.writeUInt16BE(y, 2);
  head.writeUInt16BE(width, 4);
  head.writeUInt16BE(height, 6);
  head.writeInt32BE(encoding, 8);
  if (control !== null) head.writeUInt8(control, 12);
  return head;
}

const emptyRectangle = headOf({
  ...{ x: 0, y: 0, width: 0, height: 0, encoding: encodings.raw },
  ...{ isStateless: true, control: null },
});
