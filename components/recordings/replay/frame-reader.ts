import { readFrames, type Frame } from "@/lib/console/recordings/frames/rules";
import { RecordingTrouble, troubleOf } from "./recording-trouble";

/** Reads a recording's frames in their order, some way ahead of whoever shows them. */
export class FrameReader {
  readonly #streamPath: string;
  readonly #signal: AbortSignal;
  #frames: Frame[] = [];
  #at = 0;
  #nextChunk: number | null = 0;
  #fetching: Promise<Frame[]> | null = null;
  #readying: Promise<void> | null = null;

  constructor(streamPath: string, signal: AbortSignal) {
    this.#streamPath = streamPath;
    this.#signal = signal;
  }

  /** The next frame that has arrived; null where the next one is not here yet, or there is none. */
  get current(): Frame | null {
    return this.#frames[this.#at] ?? null;
  }

  get isAtEnd(): boolean {
    return this.current === null && this.#nextChunk === null && this.#fetching === null;
  }

  shift(): void {
    this.#at += 1;
    // What comes next is fetched while this is shown.
    if (this.#frames.length - this.#at < this.#frames.length / 2) this.#prefetch();
  }

  /** Until there is a frame, or there will be none any more. @throws RecordingTrouble */
  ready(): Promise<void> {
    this.#readying ??= this.#awaitFrame().finally(() => (this.#readying = null));
    return this.#readying;
  }

  async #awaitFrame(): Promise<void> {
    while (this.current === null && !this.isAtEnd) {
      this.#prefetch();
      try {
        this.#frames = (await this.#fetching) ?? [];
        this.#at = 0;
      } finally {
        // What failed is asked for again by whoever tries again.
        this.#fetching = null;
      }
    }
  }

  #prefetch(): void {
    if (this.#fetching !== null || this.#nextChunk === null) return;
    this.#fetching = this.#fetchRange(this.#nextChunk);
    // Whoever waits for it hears of the failure; before that nobody need.
    this.#fetching.catch(() => undefined);
  }

  async #fetchRange(from: number): Promise<Frame[]> {
    const answer = await fetch(`${this.#streamPath}&from=${from}`, { signal: this.#signal });
    if (!answer.ok) throw await troubleOf(answer);
    const next = answer.headers.get("x-recording-next");
    const frames = readWhole(new Uint8Array(await answer.arrayBuffer()));
    this.#nextChunk = next === null ? null : Number(next);
    return frames;
  }
}

function readWhole(bytes: Uint8Array<ArrayBuffer>): Frame[] {
  try {
    return readFrames(bytes);
  } catch {
    throw new RecordingTrouble({ code: "INTERNAL_ERROR" });
  }
}
