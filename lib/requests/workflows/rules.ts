import { canMove } from "@/lib/core/state-machine";
import { stepMachine, type StepStatus } from "./machine";
import type { StepDefinition } from "./schema";

/** One word that was said; a person speaks once, and for one seat. */
export interface StepDecision {
  level: number;
  approverId: string;
  onBehalfOf: string | null;
  verdict: "approve" | "reject";
}

/** A step as the engine sees it: plain JSON, so that another machine may keep it. */
export interface StepState {
  id: string;
  position: number;
  stage: number;
  mode: StepDefinition["mode"];
  needed: number;
  status: StepStatus;
  skipReason: string | null;
  level: number;
  /** How many escalations there are. */
  escalations: number;
  timeoutHours: number | null;
  onTimeout: StepDefinition["onTimeout"];
  decisions: StepDecision[];
}

export interface WorkflowState {
  steps: StepState[];
}

export type Happening =
  | { kind: "begin" }
  | {
      kind: "decide";
      stepId: string;
      approverId: string;
      onBehalfOf: string | null;
      verdict: "approve" | "reject";
      /** Whose word would count at this moment. */
      seats: string[];
      /** Steps passed over whose condition holds by now, because the request has grown. */
      reconsidered: string[];
    }
  /** The people of a step have changed: perhaps all that are left have spoken. */
  | { kind: "recount"; stepId: string; seats: string[] }
  | { kind: "expire"; stepId: string; level: number }
  | { kind: "withdraw"; reason: string };

export type Command =
  | { kind: "record"; stepId: string; decision: StepDecision }
  | { kind: "reconsider"; stepId: string }
  | { kind: "activate"; stepId: string; hours: number | null }
  | { kind: "settle"; stepId: string; status: "APPROVED" | "REJECTED" | "EXPIRED" }
  | { kind: "skip"; stepId: string; reason: string }
  | { kind: "remind"; stepId: string; hours: number | null }
  | { kind: "escalate"; stepId: string; level: number; hours: number | null }
  | { kind: "finish"; outcome: "approved" | "rejected" };

export interface Advance {
  state: WorkflowState;
  commands: Command[];
}

/** The engine: what follows from what happened. What comes too late or twice changes nothing. */
export function advance(state: WorkflowState, happening: Happening): Advance {
  switch (happening.kind) {
    case "begin":
      return continueStages({ state, commands: [] });
    case "decide":
      return decide(state, happening);
    case "recount":
      return recount(state, happening);
    case "expire":
      return expire(state, happening);
    case "withdraw":
      return endAll({ state, commands: [] }, happening.reason);
  }
}

function decide(state: WorkflowState, happening: Extract<Happening, { kind: "decide" }>): Advance {
  const step = findActive(state, happening.stepId);
  const { approverId, onBehalfOf, verdict, seats } = happening;
  if (step === undefined || !maySpeak(step, { approverId, onBehalfOf })) return { state, commands: [] };
  const decision = { level: step.level, approverId, onBehalfOf, verdict };
  const said = apply({ state, commands: [] }, { kind: "record", stepId: step.id, decision });
  if (verdict === "reject")
    return finish(apply(said, { kind: "settle", stepId: step.id, status: "REJECTED" }), "rejected");
  const grown = happening.reconsidered
    .filter((id) => isPassedOver(state, id))
    .reduce((so, stepId) => apply(so, { kind: "reconsider", stepId }), said);
  return settleIfDone(grown, step.id, seats);
}

function recount(state: WorkflowState, { stepId, seats }: Extract<Happening, { kind: "recount" }>): Advance {
  const step = findActive(state, stepId);
  if (step === undefined || approvalsOf(step).length === 0) return { state, commands: [] };
  return settleIfDone({ state, commands: [] }, stepId, seats);
}

function settleIfDone(so: Advance, stepId: string, seats: readonly string[]): Advance {
  const step = findActive(so.state, stepId);
  if (step === undefined || !isDone(step, seats)) return so;
  return continueStages(apply(so, { kind: "settle", stepId, status: "APPROVED" }));
}

function expire(state: WorkflowState, happening: Extract<Happening, { kind: "expire" }>): Advance {
  const step = findActive(state, happening.stepId);
  const nothing: Advance = { state, commands: [] };
  if (step === undefined || step.level !== happening.level || step.timeoutHours === null) return nothing;
  const { id: stepId, timeoutHours: hours } = step;
  switch (step.onTimeout) {
    case "remind":
      return apply(nothing, { kind: "remind", stepId, hours });
    case "escalate":
      return step.level < step.escalations
        ? apply(nothing, { kind: "escalate", stepId, level: step.level + 1, hours })
        : apply(nothing, { kind: "remind", stepId, hours });
    case "reject":
      return finish(apply(nothing, { kind: "settle", stepId, status: "EXPIRED" }), "rejected");
    case "approve":
      return continueStages(apply(nothing, { kind: "settle", stepId, status: "APPROVED" }));
  }
}

/** The earliest stage that still waits begins once nothing runs; after the last one the request is approved. */
function continueStages(so: Advance): Advance {
  const { steps } = so.state;
  if (steps.some(({ status }) => status === "ACTIVE")) return so;
  const waiting = steps.filter(({ status }) => status === "WAITING");
  if (waiting.length === 0) return finish(so, "approved");
  const stage = Math.min(...waiting.map((step) => step.stage));
  return waiting
    .filter((step) => step.stage === stage)
    .reduce(
      (then, { id: stepId, timeoutHours: hours }) => apply(then, { kind: "activate", stepId, hours }),
      so,
    );
}

function finish(so: Advance, outcome: "approved" | "rejected"): Advance {
  const ended = outcome === "rejected" ? endAll(so, "ended") : so;
  return { ...ended, commands: [...ended.commands, { kind: "finish", outcome }] };
}

function endAll(so: Advance, reason: string): Advance {
  return so.state.steps
    .filter(({ status }) => canMove(stepMachine, status, "skip"))
    .reduce((then, { id: stepId }) => apply(then, { kind: "skip", stepId, reason }), so);
}

/** The command and what it makes of the state, in one place: whoever keeps rows does the same to them. */
function apply(so: Advance, command: Command): Advance {
  const steps = so.state.steps.map((step) =>
    "stepId" in command && step.id === command.stepId ? changed(step, command) : step,
  );
  return { state: { steps }, commands: [...so.commands, command] };
}

function changed(step: StepState, command: Exclude<Command, { kind: "finish" }>): StepState {
  switch (command.kind) {
    case "record":
      return { ...step, decisions: [...step.decisions, command.decision] };
    case "reconsider":
      return { ...step, status: "WAITING", skipReason: null };
    case "activate":
      return { ...step, status: "ACTIVE" };
    case "settle":
      return { ...step, status: command.status };
    case "skip":
      return { ...step, status: "SKIPPED", skipReason: command.reason };
    case "remind":
      return step;
    case "escalate":
      return { ...step, status: "ACTIVE", level: command.level };
  }
}

function findActive(state: WorkflowState, stepId: string): StepState | undefined {
  return state.steps.find(({ id, status }) => id === stepId && status === "ACTIVE");
}

function isPassedOver(state: WorkflowState, stepId: string): boolean {
  return state.steps.some(({ id, status }) => id === stepId && status === "SKIPPED");
}

/** What was said at the step's present escalation; each asks anew. */
function wordsOf(step: StepState): StepDecision[] {
  return step.decisions.filter(({ level }) => level === step.level);
}

function approvalsOf(step: StepState): StepDecision[] {
  return wordsOf(step).filter(({ verdict }) => verdict === "approve");
}

/** Whose word a decision is: a stand-in fills the seat of whom they stand in for. */
export function seatOf({ approverId, onBehalfOf }: Pick<StepDecision, "approverId" | "onBehalfOf">): string {
  return onBehalfOf ?? approverId;
}

/** One person counts once in a step, and so does one seat, whoever fills it. */
export function maySpeak(
  step: Pick<StepState, "decisions" | "level">,
  speaker: Pick<StepDecision, "approverId" | "onBehalfOf">,
): boolean {
  return step.decisions
    .filter(({ level }) => level === step.level)
    .every((word) => word.approverId !== speaker.approverId && seatOf(word) !== seatOf(speaker));
}

/** After an escalation one word of those it was passed to is enough. */
function isDone(step: StepState, seats: readonly string[]): boolean {
  const approvals = approvalsOf(step);
  if (approvals.length === 0) return false;
  switch (step.level > 0 ? "any" : step.mode) {
    case "any":
      return true;
    case "quorum":
      return approvals.length >= step.needed;
    case "all": {
      const filled = new Set(approvals.map(seatOf));
      return seats.every((seat) => filled.has(seat));
    }
  }
}

/** Stages count up; a parallel step joins the stage of the one before it. */
export function stagesOf(steps: readonly Pick<StepDefinition, "parallel">[]): number[] {
  const stages: number[] = [];
  for (const [index, { parallel }] of steps.entries()) {
    const before = stages[index - 1];
    stages.push(before === undefined ? 0 : parallel ? before : before + 1);
  }
  return stages;
}
