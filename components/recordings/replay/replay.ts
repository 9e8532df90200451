import type { Frame } from "@/lib/console/recordings/frames/rules";
import type { RecordingIndex } from "@/lib/console/recordings/schema";
import { FrameReader } from "./frame-reader";
import { advance, type ReplayPace } from "./replay-clock";
import type { Stage } from "./stage";

/** So much is drawn at once; between such portions the page stays usable and the picture can catch up. */
const portionBytes = 1024 * 1024;

export interface ReplayState {
  atMs: number;
  /** Nothing to show yet: the next part is on its way. */
  isWaiting: boolean;
  isAtEnd: boolean;
  /** The last place behind us where something is missing. */
  gapAtMs: number | null;
  /** Since that place the picture cannot be drawn. */
  isUnshowable: boolean;
  /** Why the session ended, once it has. */
  endReason: string | null;
}

/**
 * One recording on one stage, moved on by its caller's clock. A screen can only be drawn from its beginning, so going back
 * means beginning anew and drawing fast.
 */
export class Replay {
  readonly #streamPath: string;
  readonly #stage: Stage;
  readonly #index: RecordingIndex;
  readonly #signal: AbortSignal;
  #reader: FrameReader;
  #atMs = 0;
  #lastMs = 0;
  #gapAtMs: number | null = null;
  #isUnshowable = false;
  #endReason: string | null = null;
  /** How a screen's session began: who joins after a gap needs it again. */
  #greeting: Uint8Array<ArrayBuffer>[] = [];
  #messages = 0;

  constructor(parts: { streamPath: string; stage: Stage; index: RecordingIndex; signal: AbortSignal }) {
    this.#streamPath = parts.streamPath;
    this.#stage = parts.stage;
    this.#index = parts.index;
    this.#signal = parts.signal;
    this.#reader = new FrameReader(parts.streamPath, parts.signal);
  }

  get state(): ReplayState {
    return {
      atMs: this.#atMs,
      isWaiting: this.#reader.current === null && !this.#reader.isAtEnd,
      isAtEnd: this.#reader.isAtEnd && this.#atMs >= this.#index.durationMs,
      gapAtMs: this.#gapAtMs,
      isUnshowable: this.#isUnshowable,
      endReason: this.#endReason,
    };
  }

  /** Until there is something to show. @throws RecordingTrouble */
  ready(): Promise<void> {
    return this.#reader.ready();
  }

  /** Moves on by so much of the person's time and shows what falls into it, as far as it is here. */
  walk(elapsedMs: number, pace: ReplayPace): void {
    const next = this.#reader.current;
    // While the next part is on its way, time stands still.
    if (next === null && !this.#reader.isAtEnd) return;
    this.#atMs = advance(this.#atMs, elapsedMs, {
      ...pace,
      lastMs: this.#lastMs,
      nextMs: next?.atMs ?? null,
      endMs: this.#index.durationMs,
    });
    this.#showUntil(this.#atMs, Number.POSITIVE_INFINITY);
  }

  /** Goes to a place, showing everything before it in haste. @param onMoved where it is meanwhile */
  async seek(toMs: number, signal: AbortSignal, onMoved: (atMs: number) => void): Promise<void> {
    if (toMs < this.#lastMs) this.#rewind();
    for (;;) {
      await this.#reader.ready();
      signal.throwIfAborted();
      this.#showUntil(toMs, portionBytes);
      const next = this.#reader.current;
      if (this.#reader.isAtEnd || (next !== null && next.atMs > toMs)) break;
      onMoved(this.#lastMs);
      await nextTurn();
    }
    this.#atMs = Math.min(toMs, this.#index.durationMs);
  }

  #rewind(): void {
    this.#stage.restart();
    this.#reader = new FrameReader(this.#streamPath, this.#signal);
    this.#atMs = this.#lastMs = this.#messages = 0;
    this.#greeting = [];
    this.#gapAtMs = this.#endReason = null;
    this.#isUnshowable = false;
  }

  #showUntil(untilMs: number, bytesMax: number): void {
    let bytes = 0;
    for (let frame = this.#reader.current; frame !== null; frame = this.#reader.current) {
      if (frame.atMs > untilMs || bytes >= bytesMax) return;
      bytes += this.#show(frame);
      this.#lastMs = frame.atMs;
      this.#reader.shift();
    }
  }

  /** @returns how many bytes were drawn */
  #show(frame: Frame): number {
    if (frame.kind === "end") {
      this.#endReason = frame.reason;
      return 0;
    }
    if (frame.kind === "gap") {
      this.#gapAtMs = frame.atMs;
      this.#joinAgain();
      return 0;
    }
    if (frame.kind === "message") this.#messages += 1;
    // The greeting is the first message that a recording knows of.
    if (this.#stage.hasGreeting && this.#messages < 2) this.#greeting.push(frame.bytes);
    this.#feed(frame.bytes);
    return frame.bytes.length;
  }

  /** After a gap nobody knows what the screen should hold, so it begins with what is sent from here on. */
  #joinAgain(): void {
    if (!this.#stage.hasGreeting) return;
    this.#stage.restart();
    this.#isUnshowable = false;
    for (const bytes of this.#greeting) this.#feed(bytes);
  }

  #feed(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#isUnshowable) return;
    try {
      this.#stage.feed(bytes);
    } catch {
      // What draws a picture throws whatever it likes at a stream it does not understand.
      this.#isUnshowable = true;
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
