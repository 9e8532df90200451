import { clientMessages } from "../rfb/client-messages";

const nothing = Buffer.alloc(0);

/** What the person who has the screen says, with what the portal puts between their messages and in place of some. */
export class ClientRewriter {
  readonly #positionOf: () => number;
  readonly #writeEncodings: () => Buffer;
  /** Said at the next end of a message. */
  #queued: (() => Buffer)[] = [];
  #parts: Buffer[] = [];
  #piece: Buffer = nothing;
  #pieceStart = 0;
  #copiesFrom = 0;
  /** What has come of a message that is being replaced. */
  #held: Buffer[] | null = null;
  #heldFrom = 0;
  isReplacing = false;

  /** @param writeEncodings what is said in place of the person's own wishes for encodings */
  constructor(positionOf: () => number, writeEncodings: () => Buffer) {
    this.#positionOf = positionOf;
    this.#writeEncodings = writeEncodings;
  }

  queue(message: () => Buffer): void {
    this.#queued.push(message);
  }

  takeQueued(): Buffer {
    const queued = this.#queued;
    this.#queued = [];
    return Buffer.concat(queued.map((message) => message()));
  }

  beginPiece(bytes: Buffer, start: number): void {
    this.#piece = bytes;
    this.#pieceStart = start;
    this.#copiesFrom = start;
    this.#heldFrom = start;
  }

  onMessage({ type, startedAt }: { type: number; startedAt: number }): void {
    if (!this.isReplacing || type !== clientMessages.setEncodings) return;
    this.#copyUpTo(startedAt);
    this.#held = [];
    this.#heldFrom = startedAt;
  }

  onMessageEnd(): void {
    const position = this.#positionOf();
    if (this.#held !== null) {
      this.#held = null;
      this.#copiesFrom = position;
      this.#parts.push(this.#writeEncodings());
    }
    if (this.#queued.length === 0) return;
    this.#copyUpTo(position);
    this.#parts.push(this.takeQueued());
  }

  /** @param isLost the stream is not understood any more, so nothing is held back */
  endPiece(isLost: boolean): Buffer {
    const end = this.#pieceStart + this.#piece.length;
    if (this.#held === null) this.#copyUpTo(end);
    else {
      this.#held.push(this.#piece.subarray(this.#heldFrom - this.#pieceStart));
      if (isLost) {
        this.#parts.push(...this.#held);
        this.#held = null;
      }
    }
    const parts = this.#parts;
    this.#parts = [];
    this.#piece = nothing;
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
  }

  #copyUpTo(position: number): void {
    const bytes = this.#piece.subarray(this.#copiesFrom - this.#pieceStart, position - this.#pieceStart);
    if (bytes.length > 0) this.#parts.push(bytes);
    this.#copiesFrom = position;
  }
}
