import type { Happening, StepState } from "@/lib/requests/workflows/rules";
import type { Arrived } from "@/lib/requests/workflows/temporal/rules";
import type { Scenario, Told } from "./record-history";

function step(position: number, given: Partial<StepState> = {}): StepState {
  return {
    id: `step-${position + 1}`,
    position,
    stage: position,
    mode: "any",
    needed: 1,
    status: "WAITING",
    skipReason: null,
    level: 0,
    escalations: 0,
    timeoutHours: null,
    onTimeout: "remind",
    decisions: [],
    ...given,
  };
}

const word = (sequence: number, happening: Happening | null): Arrived => ({
  ...{ id: `word-${sequence}`, sequence, happening },
});

const told = (atMinutes: number, ...words: Arrived[]): Told => ({ atMinutes, words });

function says(approverId: string, stepId: string, verdict: "approve" | "reject" = "approve"): Happening {
  return {
    kind: "decide",
    stepId,
    approverId,
    onBehalfOf: null,
    verdict,
    seats: [approverId],
    reconsidered: [],
  };
}

const started = told(0, word(1, { kind: "begin" }));

/** What a request can go through; each is kept as a history, and what runs by one of these must go on by it. */
export const scenarios: Scenario[] = [
  {
    name: "three-steps",
    steps: [step(0), step(1), step(2)],
    told: [
      started,
      told(5, word(2, says("ann", "step-1"))),
      told(10, word(3, says("bob", "step-2"))),
      told(15, word(4, says("carl", "step-3"))),
    ],
  },
  {
    name: "escalation",
    steps: [step(0, { timeoutHours: 24, onTimeout: "escalate", escalations: 1 })],
    told: [started, told(25 * 60, word(2, says("bob", "step-1")))],
  },
  {
    name: "rejection",
    steps: [step(0, { timeoutHours: 4 }), step(1)],
    told: [started, told(7, word(2, says("ann", "step-1", "reject")))],
  },
  {
    name: "pause",
    steps: [step(0, { timeoutHours: 2, onTimeout: "reject" })],
    told: [
      started,
      { ...told(60, word(2, null)), rows: "pause" },
      { ...told(600, word(3, null)), rows: "resume" },
    ],
  },
  {
    name: "repeated-signal",
    steps: [step(0, { mode: "quorum", needed: 2, timeoutHours: 8 })],
    told: [
      started,
      told(5, word(2, says("ann", "step-1"))),
      told(6, word(2, says("ann", "step-1"))),
      told(7, word(1, { kind: "begin" }), word(2, says("ann", "step-1")), word(3, says("bob", "step-1"))),
    ],
  },
  {
    name: "reminders-and-time-that-approves",
    steps: [step(0, { timeoutHours: 1 }), step(1, { timeoutHours: 1, onTimeout: "approve" })],
    told: [started, told(150, word(2, says("ann", "step-1")))],
  },
];
