import { advance, type Command, type Happening, type WorkflowState } from "../rules";

/** One thing that happened, in the order in which it was written down. */
export interface Arrived {
  id: string;
  sequence: number;
  /** Null where the rows say what has changed: a pause, an end. */
  happening: Happening | null;
}

/** What is left of a running step's time, by the database's clock. */
export interface Remaining {
  stepId: string;
  level: number;
  seconds: number;
}

/** The rows at one moment: with these somebody who knows nothing yet can lead the request. */
export interface Seen {
  state: WorkflowState;
  remaining: Remaining[];
}

interface Timer {
  stepId: string;
  level: number;
  atMs: number;
}

/** What is led: plain JSON, and all that has to be remembered between two happenings. */
export interface Memory {
  ticketId: string;
  state: WorkflowState;
  timers: Timer[];
  /** What has arrived and is not carried out yet. */
  arrived: Arrived[];
  /** The last that was carried out. */
  sequence: number;
  isOver: boolean;
}

/** What the rows shall do; without an id it is a time limit that has passed. */
export interface Order {
  ticketId: string;
  arrived: Omit<Arrived, "happening"> | null;
  happening: Happening | null;
  commands: Command[];
}

/** diverged: the rows are no longer as the order takes them to be; later: the limit has not passed, or words are on their way. */
export interface Answer extends Seen {
  outcome: "applied" | "refused" | "diverged" | "later" | "over";
}

export type Move =
  { kind: "apply"; order: Order } | { kind: "wait"; milliseconds: number | null } | { kind: "end" };

export interface Start extends Seen {
  ticketId: string;
  /** Everything up to here is settled. */
  sequence: number;
}

export function begin({ ticketId, sequence, state, remaining }: Start, nowMs: number): Memory {
  const timers = timersOf(remaining, nowMs);
  return { ticketId, sequence, state, timers, arrived: [], isOver: false };
}

/** What comes twice is kept once; what has been carried out already is dropped. */
export function receive(memory: Memory, words: readonly Arrived[]): Memory {
  const isNew = ({ id, sequence }: Arrived) =>
    sequence > memory.sequence && memory.arrived.every((known) => known.id !== id);
  const arrived = [...memory.arrived, ...words.filter(isNew)];
  return { ...memory, arrived: arrived.toSorted((a, b) => a.sequence - b.sequence) };
}

/** Words before time limits: what somebody said in time counts, however late it arrives. */
export function findMove(memory: Memory, nowMs: number): Move {
  if (memory.isOver) return { kind: "end" };
  const { ticketId, state } = memory;
  const [next] = memory.arrived;
  if (next !== undefined) {
    const { id, sequence, happening } = next;
    const commands = happening === null ? [] : advance(state, happening).commands;
    return { kind: "apply", order: { ticketId, arrived: { id, sequence }, happening, commands } };
  }
  const timer = memory.timers.toSorted((a, b) => a.atMs - b.atMs)[0];
  if (timer === undefined) return { kind: "wait", milliseconds: null };
  if (timer.atMs > nowMs) return { kind: "wait", milliseconds: timer.atMs - nowMs };
  const happening: Happening = { kind: "expire", stepId: timer.stepId, level: timer.level };
  const { commands } = advance(state, happening);
  return { kind: "apply", order: { ticketId, arrived: null, happening, commands } };
}

/** The rows have answered, and what they say holds; where they had moved on, the same is looked at again. */
export function conclude(memory: Memory, order: Order, { answer, nowMs }: Concluded): Memory {
  const isSettled = answer.outcome !== "diverged" && order.arrived !== null;
  const sequence = isSettled ? (order.arrived?.sequence ?? memory.sequence) : memory.sequence;
  return {
    ...memory,
    sequence,
    state: answer.state,
    timers: timersOf(answer.remaining, nowMs),
    arrived: memory.arrived.filter((word) => word.sequence > sequence),
    isOver: answer.outcome === "over",
  };
}

export interface Concluded {
  answer: Answer;
  nowMs: number;
}

/** Two machines' clocks may differ, so that only what is left is told, and never less than a moment. */
function timersOf(remaining: readonly Remaining[], nowMs: number): Timer[] {
  return remaining.map(({ stepId, level, seconds }) => ({
    ...{ stepId, level },
    atMs: nowMs + Math.max(1, Math.ceil(seconds)) * 1000,
  }));
}
