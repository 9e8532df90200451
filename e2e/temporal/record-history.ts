import type { StepState } from "@/lib/requests/workflows/rules";
import {
  begin,
  conclude,
  findMove,
  receive,
  type Answer,
  type Arrived,
  type Memory,
  type Order,
  type Start,
} from "@/lib/requests/workflows/temporal/rules";
import { HistoryWriter } from "./history-writer";
import { pretendRows, type PretendRows } from "./pretend-rows";

export interface Told {
  atMinutes: number;
  words: Arrived[];
  /** What the rows have done by then. */
  rows?: "pause" | "resume";
}

export interface Scenario {
  name: string;
  steps: StepState[];
  /** The first begins it. */
  told: Told[];
}

const beganMs = Date.UTC(2026, 0, 5, 9);
const activityMs = 200;
const taskMs = 10;

type Waiting =
  | { kind: "activity"; order: Order; answer: Answer; atMs: number }
  | { kind: "timer"; atMs: number }
  | { kind: "signal" }
  | { kind: "end" };

/**
 * The history that a server would write of a request, event by event. Nothing is taken on trust: the SDK's own core runs the
 * real workflow through these events and refuses them where it would have ordered anything else.
 */
export function recordHistory(scenario: Scenario): object {
  return new Recorder(scenario).run();
}

class Recorder {
  private readonly rows: PretendRows;
  private readonly start: Start;
  private readonly writer: HistoryWriter;
  private readonly pending: (Told & { atMs: number })[];
  private memory: Memory | null = null;
  private waiting: Waiting = { kind: "signal" };

  constructor({ steps, told }: Scenario) {
    this.rows = pretendRows(steps);
    this.start = { ticketId: "ticket", sequence: 0, ...this.rows.seen(beganMs) };
    this.writer = new HistoryWriter("runApproval", [{ start: this.start, memory: null }], beganMs);
    this.pending = told.map((one) => ({ ...one, atMs: beganMs + one.atMinutes * 60_000 }));
  }

  run(): object {
    while (this.waiting.kind !== "end") {
      const { waiting } = this;
      const next = this.pending[0];
      if (waiting.kind !== "signal" && (next === undefined || waiting.atMs <= next.atMs)) this.pass(waiting);
      else if (next === undefined) break;
      else this.tell(next);
    }
    return this.writer.history();
  }

  /** What was waited for has come: a timer, or the answer to an order. */
  private pass(due: Extract<Waiting, { atMs: number }>): void {
    if (due.kind === "timer") this.writer.fireTimer(due.atMs);
    else this.writer.completeActivity(due.answer, due.atMs);
    const nowMs = this.writer.beginTask(taskMs);
    this.writer.endTask();
    if (due.kind === "activity")
      this.memory = conclude(this.known(nowMs), due.order, { answer: due.answer, nowMs });
    this.goOn(nowMs);
  }

  private tell(one: Told & { atMs: number }): void {
    this.pending.shift();
    if (one.rows !== undefined) this.rows[one.rows](one.atMs);
    this.writer.signal("happened", [one.words], one.atMs);
    const nowMs = this.writer.beginTask(taskMs);
    this.writer.endTask();
    this.memory = receive(this.known(nowMs), one.words);
    // Nothing is ordered until the order before it has been answered.
    if (this.waiting.kind === "activity") return;
    if (this.waiting.kind === "timer") this.writer.cancelTimer();
    this.goOn(nowMs);
  }

  private goOn(nowMs: number): void {
    const move = findMove(this.known(nowMs), nowMs);
    this.waiting = { kind: "signal" };
    if (move.kind === "end") {
      this.writer.complete();
      this.waiting = { kind: "end" };
    } else if (move.kind === "apply") {
      this.writer.scheduleActivity("settleHappening", [move.order]);
      const atMs = nowMs + activityMs;
      this.waiting = {
        kind: "activity",
        order: move.order,
        answer: this.rows.settle(move.order, atMs),
        atMs,
      };
    } else if (move.milliseconds !== null) {
      this.writer.startTimer(move.milliseconds);
      this.waiting = { kind: "timer", atMs: nowMs + move.milliseconds };
    }
  }

  private known(nowMs: number): Memory {
    return this.memory ?? begin(this.start, nowMs);
  }
}
