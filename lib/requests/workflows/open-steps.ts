import { Prisma } from "@/prisma/generated/client";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { routeOutside } from "../desks/route-outside";
import { environmentOf, lockTicket, type Ticket } from "../store";
import { chooseWorkflow, findUnmet, type WorkflowQuestion } from "./choose-workflow";
import { chooseDispatcher, dispatcherOf } from "./dispatcher";
import { findEligible } from "./find-eligible";
import { listEnabledWorkflows, readQuestion } from "./read-question";
import { frozenWorkflow, type FrozenWorkflow } from "./schema";
import { askedOf, askingOf, readSteps, writeSteps } from "./store";

/**
 * A step: chooses the workflow of a ticket that must be asked, freezes it there, and begins its first step. Where nobody
 * could decide a step, not even an administrator, the request is refused: it would wait for ever.
 * @throws NO_APPROVER {step, position, environment}
 */
export async function openSteps(tx: Tx, ctx: Context, { ticketId }: { ticketId: string }): Promise<void> {
  const ticket = { ...(await lockTicket(tx, ticketId)), dispatcher: chooseDispatcher().name };
  const question = await readQuestion(tx, ticket);
  const workflow = chooseWorkflow(await listEnabledWorkflows(tx), question);
  await freezeOn(tx, ticket, workflow);
  await beginRound(tx, ctx, { ticket, workflow, question, round: 1 });
}

/**
 * A step: the requester asks for something else, so every decision is taken anew. The steps stay as they were frozen, unless
 * what is asked for now belongs to another workflow.
 */
export async function restartSteps(tx: Tx, ctx: Context, { id }: Pick<Ticket, "id">): Promise<void> {
  const ticket = await lockTicket(tx, id);
  const question = await readQuestion(tx, ticket);
  const chosen = chooseWorkflow(await listEnabledWorkflows(tx), question);
  const frozen = frozenWorkflow.safeParse(ticket.workflow);
  const workflow = frozen.success && frozen.data.id === chosen.id ? frozen.data : chosen;
  const round = (await readSteps(tx, id))[0]?.round ?? 0;
  await tx.$executeRaw`
    UPDATE approval_steps SET status = 'SKIPPED', skip_reason = 'resubmitted', finished_at = now(), due_at = NULL,
      remaining_seconds = NULL
    WHERE ticket_id = ${id} AND status IN ('WAITING', 'ACTIVE', 'ESCALATED')`;
  await freezeOn(tx, ticket, workflow);
  await beginRound(tx, ctx, { ticket, workflow, question, round: round + 1 });
}

async function freezeOn(tx: Tx, ticket: Ticket, workflow: FrozenWorkflow): Promise<void> {
  await tx.approvalTicket.update({
    where: { id: ticket.id },
    data: {
      workflow: { ...workflow },
      workflowName: workflow.name,
      dispatcher: ticket.dispatcher,
      pendingChoices: Prisma.DbNull,
    },
    select: { id: true },
  });
}

interface Round {
  ticket: Ticket;
  workflow: FrozenWorkflow;
  question: WorkflowQuestion;
  round: number;
}

async function beginRound(tx: Tx, ctx: Context, { ticket, workflow, question, round }: Round): Promise<void> {
  await writeSteps(tx, { ticketId: ticket.id, round, workflow }, ({ condition }) =>
    condition === null ? null : findUnmet(condition, question),
  );
  await requireDeciders(tx, ticket);
  await dispatcherOf(ticket).submit(tx, ctx, ticket);
  await routeOutside(tx, ctx, { ticketId: ticket.id });
}

async function requireDeciders(tx: Tx, ticket: Ticket): Promise<void> {
  const rows = (await readSteps(tx, ticket.id)).filter(({ status }) => status === "WAITING");
  const speakers = await findEligible(tx, askingOf(ticket), rows.map(askedOf));
  const stuck = rows.find((_, index) => speakers[index]?.canFinish !== true);
  if (stuck === undefined) return;
  throw new AppError("NO_APPROVER", {
    step: stuck.name,
    position: stuck.position + 1,
    ...environmentOf(ticket),
  });
}
