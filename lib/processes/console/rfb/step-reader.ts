/** Passes over what only its own bytes can measure, faster than step by step. */
export interface Scanner {
  readonly isDone: boolean;
  /** Why it understands no more; null while it does. */
  readonly trouble: string | null;
  /** Answers how many bytes from there on it has passed over: all of them while it is not done. */
  scan(bytes: Buffer, at: number): number;
}

/** What a parser asks for next: a positive number of bytes to look at, a negative number to pass over, or a scan. */
export type Step = number | Scanner;
/** A parser ends with the word for why it understands no more. */
export type Steps = Generator<Step, string, Buffer>;
/** A part of a parser: the word for why it understands no more, or null where all went well. */
export type PartialSteps = Generator<Step, string | null, Buffer>;

const nothing = Buffer.alloc(0);

/** Heads of messages are shorter; only lists and names are longer. */
const shortMax = 32;

/**
 * Feeds a parser with a stream that arrives in pieces of any size. What it passes over is never kept, and what it looks
 * at is a copy, good until its next step: a parser that waits must not hold a whole piece for the sake of one byte.
 */
export class StepReader {
  readonly #steps: Steps;
  /** The short views of one small buffer, by their length. */
  readonly #views: (Buffer | undefined)[] = [];
  readonly #short = Buffer.alloc(shortMax);
  #step: Step = 0;
  #wanted: Buffer = nothing;
  #length = 0;
  #position = 0;
  #trouble: string | null = null;

  constructor(steps: Steps) {
    this.#steps = steps;
    this.#advance(nothing);
  }

  /** How many bytes of the stream are understood. */
  get position(): number {
    return this.#position;
  }

  /** Why the stream is not understood any more; null while it is. */
  get trouble(): string | null {
    return this.#trouble;
  }

  push(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length && this.#trouble === null) {
      const step = this.#step;
      if (typeof step === "object") at += this.#scan(step, bytes, at);
      else at += step > 0 ? this.#take(step, bytes, at) : this.#pass(step, bytes, at);
    }
  }

  /** Gives the parser the bytes it wants, as soon as they are all there. */
  #take(wanted: number, bytes: Buffer, at: number): number {
    if (this.#length === 0) this.#wanted = this.#makeRoom(wanted);
    const used = bytes.copy(this.#wanted, this.#length, at);
    this.#length += used;
    if (this.#length < wanted) return used;
    const whole = this.#wanted;
    this.#wanted = nothing;
    this.#length = 0;
    this.#position += whole.length;
    this.#advance(whole);
    return used;
  }

  #makeRoom(length: number): Buffer {
    if (length > shortMax) return Buffer.allocUnsafe(length);
    return (this.#views[length] ??= this.#short.subarray(0, length));
  }

  #pass(step: number, bytes: Buffer, at: number): number {
    const used = Math.min(-step, bytes.length - at);
    this.#position += used;
    this.#step = step + used;
    if (this.#step === 0) this.#advance(nothing);
    return used;
  }

  #scan(scanner: Scanner, bytes: Buffer, at: number): number {
    const used = scanner.scan(bytes, at);
    this.#position += used;
    if (scanner.trouble !== null) this.#trouble = scanner.trouble;
    else if (scanner.isDone) this.#advance(nothing);
    return used;
  }

  #advance(bytes: Buffer): void {
    let taken = bytes;
    do {
      const next = this.#steps.next(taken);
      if (next.done === true) {
        this.#trouble = next.value;
        return;
      }
      this.#step = next.value;
      taken = nothing;
      // A step of no bytes is taken at once.
    } while (this.#step === 0 || (typeof this.#step === "object" && this.#step.isDone));
  }
}
