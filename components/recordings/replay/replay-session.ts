import type { ActionResult, CodedError } from "@/components/ui/action-result";
import { recordingIndex, type OpenedRecording, type RecordingIndex } from "@/lib/console/recordings/schema";
import { codedTrouble, RecordingTrouble, troubleOf } from "./recording-trouble";
import { Replay, type ReplayState } from "./replay";
import type { ReplayPace } from "./replay-clock";
import type { OpenStage } from "./stage";

/** How often the place on the time line is told; the picture itself moves with every frame of the browser. */
const toldMs = 200;

export type ReplayPhase =
  | { kind: "closed" | "opening" | "playing" | "paused" | "seeking" | "over" }
  | { kind: "failed"; error: CodedError };

/** What the page shows of a replay; another object whenever something of it is another. */
export interface ReplayView {
  phase: ReplayPhase;
  state: ReplayState | null;
  index: RecordingIndex | null;
}

interface SessionParts {
  /** Leaves the audit record. */
  openRecording: () => Promise<ActionResult<OpenedRecording>>;
  openStage: OpenStage;
  pace: ReplayPace;
  /** Calls with the time since the last call until it is stopped. */
  everyFrame: (onFrame: (elapsedMs: number) => void) => () => void;
}

/** A recording from opening it, which is recorded, to its end. */
export class ReplaySession {
  readonly #parts: SessionParts;
  readonly #listeners = new Set<() => void>();
  readonly #gone = new AbortController();
  #view: ReplayView = { phase: { kind: "closed" }, state: null, index: null };
  #replay: Replay | null = null;
  #pace: ReplayPace;
  #stopFrames: (() => void) | null = null;
  #seeking: AbortController | null = null;
  #sinceToldMs = 0;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#pace = parts.pace;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly view = (): ReplayView => this.#view;

  setPace(pace: ReplayPace): void {
    this.#pace = pace;
  }

  async open(target: HTMLElement): Promise<void> {
    if (this.#replay !== null) return;
    this.#tell({ kind: "opening" });
    await this.#orFail(async () => {
      const { signal } = this.#gone;
      const opened = await this.#parts.openRecording();
      if (!opened.ok) throw new RecordingTrouble(opened);
      const index = await fetchIndex(opened.data.indexPath, signal);
      const stage = await this.#parts.openStage(target, signal);
      signal.addEventListener("abort", () => stage.close(), { once: true });
      this.#replay = new Replay({ streamPath: opened.data.streamPath, stage, index, signal });
      await this.#replay.ready();
      this.#view = { ...this.#view, index };
      this.play();
    });
  }

  play(): void {
    if (this.#replay === null) return;
    if (this.#view.phase.kind === "over") return void this.seek(0, { thenPlay: true });
    this.#stopFrames ??= this.#parts.everyFrame((elapsedMs) => this.#walk(elapsedMs));
    this.#tell({ kind: "playing" });
  }

  pause(): void {
    this.#stop();
    this.#tell({ kind: "paused" });
  }

  /** Another place chosen meanwhile takes the place of this one. */
  async seek(toMs: number, { thenPlay = this.#view.phase.kind === "playing" } = {}): Promise<void> {
    const replay = this.#replay;
    if (replay === null) return;
    this.#seeking?.abort();
    const mine = new AbortController();
    this.#seeking = mine;
    this.#stop();
    this.#tell({ kind: "seeking" });
    await this.#orFail(async () => {
      const signal = AbortSignal.any([mine.signal, this.#gone.signal]);
      await replay.seek(toMs, signal, () => this.#tell({ kind: "seeking" }));
      this.#tell({ kind: replay.state.isAtEnd ? "over" : "paused" });
      if (thenPlay && !replay.state.isAtEnd) this.play();
    });
  }

  close(): void {
    if (this.#view.phase.kind === "closed") return;
    this.#stop();
    this.#gone.abort();
  }

  #walk(elapsedMs: number): void {
    const replay = this.#replay;
    if (replay === null) return;
    replay.walk(elapsedMs, this.#pace);
    const { isAtEnd, isWaiting } = replay.state;
    if (isWaiting) void this.#orFail(() => replay.ready());
    this.#sinceToldMs += elapsedMs;
    if (isAtEnd) {
      this.#stop();
      this.#tell({ kind: "over" });
    } else if (this.#sinceToldMs >= toldMs) this.#tell({ kind: "playing" });
  }

  #stop(): void {
    this.#stopFrames?.();
    this.#stopFrames = null;
  }

  #tell(phase: ReplayPhase): void {
    this.#sinceToldMs = 0;
    this.#view = { ...this.#view, phase, state: this.#replay?.state ?? null };
    for (const listener of this.#listeners) listener();
  }

  async #orFail(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // Another place was chosen, or the page is left: neither is a failure.
      if (isAborted(error) || this.#gone.signal.aborted) return;
      this.#stop();
      this.#tell({ kind: "failed", error: codedTrouble(error) });
    }
  }
}

async function fetchIndex(path: string, signal: AbortSignal): Promise<RecordingIndex> {
  const answer = await fetch(path, { signal });
  if (!answer.ok) throw await troubleOf(answer);
  return recordingIndex.parse(await answer.json());
}

function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
