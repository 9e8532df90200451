import { Prisma } from "@/prisma/generated/client";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import { findEligible, seatsNeededOf, type Asking, type AskedStep, type Speakers } from "./find-eligible";
import { stepMachine, type StepMove, type StepStatus } from "./machine";
import { stagesOf, type Command, type StepState, type WorkflowState } from "./rules";
import { stepDefinition, type ApproverRef, type FrozenWorkflow } from "./schema";

/** The steps of the present round, in order, with what was said in them. */
export async function readSteps(tx: Tx, ticketId: string) {
  const rows = await tx.approvalStep.findMany({
    where: { ticketId },
    orderBy: [{ round: "desc" }, { position: "asc" }],
    include: { decisions: { orderBy: [{ at: "asc" }, { id: "asc" }] } },
    take: 200,
  });
  const round = rows[0]?.round ?? 0;
  return rows
    .filter((row) => row.round === round)
    .map((row) => ({ ...row, definition: stepDefinition.parse(row.definition) }));
}
export type StepRow = Awaited<ReturnType<typeof readSteps>>[number];

/** The rows as the engine sees them. */
export function stateOf(rows: readonly StepRow[]): WorkflowState {
  return { steps: rows.map(stepOf) };
}

export function stepOf(row: StepRow): StepState {
  const { mode, timeoutHours, onTimeout, escalateTo } = row.definition;
  return {
    id: row.id,
    position: row.position,
    stage: row.stage,
    mode,
    needed: row.needed,
    // The database checks that it is one of the machine's states.
    status: row.status as StepStatus,
    skipReason: row.skipReason,
    level: row.escalationLevel,
    escalations: escalateTo.length,
    timeoutHours,
    onTimeout,
    decisions: row.decisions.map(({ level, approverId, onBehalfOf, verdict }) => ({
      level,
      approverId,
      onBehalfOf,
      // The database checks that it is one of the two.
      verdict: verdict as "approve" | "reject",
    })),
  };
}

/** Writes the frozen steps as the rows of a new round; what a condition passes over says so. */
export async function writeSteps(
  tx: Tx,
  { ticketId, round, workflow }: { ticketId: string; round: number; workflow: FrozenWorkflow },
  skipReasonOf: (step: FrozenWorkflow["steps"][number]) => string | null,
): Promise<void> {
  const stages = stagesOf(workflow.steps);
  const rows = workflow.steps.map((definition, position) => ({
    id: newId(),
    ticketId,
    round,
    position,
    stage: stages[position] ?? position,
    name: definition.name,
    mode: definition.mode,
    needed: definition.mode === "quorum" ? definition.needed : 1,
    definition,
    skipReason: skipReasonOf(definition),
  }));
  await tx.approvalStep.createMany({
    data: rows.map((row) => ({ ...row, status: row.skipReason === null ? "WAITING" : "SKIPPED" })),
  });
  await tx.approvalStepApprover.createMany({
    data: rows.flatMap(({ id: stepId, definition }) =>
      [definition.approvers, ...definition.escalateTo].flatMap((approvers, level) =>
        approvers.map(({ kind, refId }) => ({ id: newId(), stepId, level, kind, refId })),
      ),
    ),
  });
}

/** Whom a step asks at its present escalation. */
export function askedOf(row: Pick<StepRow, "definition" | "escalationLevel">): AskedStep {
  const { definition, escalationLevel: level } = row;
  const approvers: readonly ApproverRef[] =
    level === 0 ? definition.approvers : (definition.escalateTo[level - 1] ?? definition.approvers);
  return { approvers, seatsNeeded: seatsNeededOf(definition, level) };
}

export function askingOf(ticket: {
  systemId: string;
  environment: string | null;
  requesterId: string;
  createdAt: Date;
}): Asking {
  const { systemId, environment, requesterId, createdAt: askedAt } = ticket;
  return { systemId, environment, requesterId, askedAt };
}

/** Who may speak in each of the rows, asked at this moment. */
export async function readSpeakers(
  tx: Tx,
  ticket: Parameters<typeof askingOf>[0],
  rows: readonly StepRow[],
): Promise<Map<string, Speakers>> {
  const found = await findEligible(tx, askingOf(ticket), rows.map(askedOf));
  return new Map(rows.flatMap((row, index) => (found[index] === undefined ? [] : [[row.id, found[index]]])));
}

const moveOf = {
  reconsider: "reconsider",
  skip: "skip",
  activate: "activate",
} as const satisfies Partial<Record<Command["kind"], StepMove>>;
const settling = { APPROVED: "approve", REJECTED: "reject", EXPIRED: "expire" } as const;

/** Does to the rows what the command did to the state; compare-and-set, so that somebody quicker is noticed. */
export async function writeCommand(
  tx: Tx,
  command: Exclude<Command, { kind: "finish" | "record" }>,
): Promise<void> {
  const { stepId } = command;
  switch (command.kind) {
    case "activate":
      await moveStep(tx, stepId, moveOf.activate, startsNow(command.hours));
      return;
    case "reconsider":
      return moveStep(tx, stepId, moveOf.reconsider, Prisma.sql`, skip_reason = NULL, finished_at = NULL`);
    case "skip":
      return moveStep(tx, stepId, moveOf.skip, Prisma.sql`, skip_reason = ${command.reason}, ${ended}`);
    case "settle":
      return moveStep(tx, stepId, settling[command.status], Prisma.sql`, ${ended}`);
    case "escalate":
      await moveStep(tx, stepId, "escalate", Prisma.sql`, escalation_level = ${command.level}`);
      return moveStep(tx, stepId, "activate", startsNow(command.hours));
    case "remind":
      await tx.$executeRaw`UPDATE approval_steps SET due_at = ${dueIn(command.hours)} WHERE id = ${stepId}`;
  }
}

const ended = Prisma.sql`finished_at = now(), due_at = NULL, remaining_seconds = NULL`;

/** The database's clock runs the time limits. */
function dueIn(hours: number | null): Prisma.Sql {
  return hours === null
    ? Prisma.sql`NULL`
    : Prisma.sql`now() + make_interval(secs => ${hours * 3600}::float8)`;
}

function startsNow(hours: number | null): Prisma.Sql {
  return Prisma.sql`, activated_at = now(), due_at = ${dueIn(hours)}`;
}

async function moveStep(tx: Tx, stepId: string, move: StepMove, set: Prisma.Sql): Promise<void> {
  const { from, to } = stepMachine.moves[move];
  const moved = await tx.$executeRaw`
    UPDATE approval_steps SET status = ${to} ${set} WHERE id = ${stepId} AND status = ANY(${[...from]})`;
  if (moved === 0) throw new AppError("INVALID_STATE", { object: "approval_step", move });
}
