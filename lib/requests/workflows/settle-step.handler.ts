import { platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { DryRunVerdict } from "@/lib/vms/schema";
import { checkAtCluster } from "../complete-approval";
import { lockTicket, type Ticket } from "../store";
import { mergeChoices } from "./decide-step";
import { dispatcherOf } from "./dispatcher";
import { clock, endSteps, timePassed } from "./end-steps";
import { postponeStep } from "./pause-steps";
import { standingAfter } from "./run-steps";
import { advance, type Happening } from "./rules";
import { readSpeakers, readSteps, stateOf } from "./store";

/**
 * A step's time has passed, or nobody is left whom it waits for. Several workers may see it: the ticket's lock and the
 * database's clock let one through. An approval by the clock passes the cluster's check as any other does; where that
 * refuses, the step goes on waiting for a person.
 */
export async function settleStep({ stepId }: { stepId: string }): Promise<void> {
  const ctx = platformContext("clock");
  const seen = await findTicket(stepId);
  if (seen === null) return;
  const happening = await happeningOf(db(), seen, stepId);
  if (happening === null) return;
  const rows = await readSteps(db(), seen.id);
  const isLast = standingAfter(advance(stateOf(rows), happening).commands) === "approved";
  const check = isLast ? await checkForClock(ctx, seen) : { isRefused: false, dryRun: null };
  await inTransaction(async (tx) => {
    const ticket = await lockTicket(tx, seen.id);
    const still = await happeningOf(tx, ticket, stepId);
    if (still === null) return;
    if (check.isRefused) return postponeStep(tx, stepId);
    if (ticket.version !== seen.version) return;
    await settle(tx, ctx, { ticket, happening: still, dryRun: check.dryRun });
  });
}

async function findTicket(stepId: string): Promise<Ticket | null> {
  const step = await db().approvalStep.findUnique({ where: { id: stepId }, select: { ticketId: true } });
  if (step === null) return null;
  return db().approvalTicket.findUnique({ where: { id: step.ticketId } });
}

/** Null where it is not time, or no longer, by the database's clock. */
async function happeningOf(tx: Tx, ticket: Ticket, stepId: string): Promise<Happening | null> {
  if (ticket.status !== "PENDING") return null;
  const due = await tx.$queryRaw<{ level: number; isDue: boolean }[]>`
    SELECT s.escalation_level AS level, coalesce(s.due_at <= now(), FALSE) AS "isDue" FROM approval_steps s
    WHERE s.id = ${stepId} AND s.status = 'ACTIVE'`;
  const found = due[0];
  if (found === undefined) return null;
  if (found.isDue) return { kind: "expire", stepId, level: found.level };
  const rows = (await readSteps(tx, ticket.id)).filter(({ id }) => id === stepId);
  const speakers = await readSpeakers(tx, ticket, rows);
  return { kind: "recount", stepId, seats: speakers.get(stepId)?.seats ?? [] };
}

interface Check {
  isRefused: boolean;
  dryRun: DryRunVerdict | null;
}

async function checkForClock(ctx: Context, ticket: Ticket): Promise<Check> {
  try {
    return { isRefused: false, dryRun: await checkAtCluster(ctx, ticket, mergeChoices(ticket, {})) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { isRefused: true, dryRun: null };
  }
}

interface Settling {
  ticket: Ticket;
  happening: Happening;
  dryRun: DryRunVerdict | null;
}

async function settle(tx: Tx, ctx: Context, { ticket, happening, dryRun }: Settling): Promise<void> {
  const standing = await dispatcherOf(ticket).signal(tx, ctx, { ticket, happening });
  const choices = mergeChoices(ticket, {});
  await endSteps(tx, ctx, { ticket, standing, choices, dryRun, approver: clock, reason: timePassed });
}
