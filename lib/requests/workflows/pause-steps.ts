import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import type { Ticket } from "../store";
import { dispatcherOf } from "./dispatcher";

/** A step: while the requester is asked for more, no time limit runs. */
export async function pauseSteps(tx: Tx, ticket: Pick<Ticket, "id">): Promise<void> {
  const paused = await tx.$executeRaw`
    UPDATE approval_steps SET remaining_seconds = greatest(0, extract(epoch FROM due_at - now())::int), due_at = NULL
    WHERE ticket_id = ${ticket.id} AND status = 'ACTIVE' AND due_at IS NOT NULL`;
  if (paused > 0) await tellLimits(tx, ticket);
}

/** A step: the limits go on with what was left of them. */
export async function resumeSteps(tx: Tx, ticket: Pick<Ticket, "id">): Promise<void> {
  const resumed = await tx.$executeRaw`
    UPDATE approval_steps SET due_at = now() + make_interval(secs => remaining_seconds), remaining_seconds = NULL
    WHERE ticket_id = ${ticket.id} AND status = 'ACTIVE' AND remaining_seconds IS NOT NULL`;
  if (resumed > 0) await tellLimits(tx, ticket);
}

async function tellLimits(tx: Tx, { id }: Pick<Ticket, "id">): Promise<void> {
  const ticket = await tx.approvalTicket.findUniqueOrThrow({ where: { id }, select: { dispatcher: true } });
  await dispatcherOf(ticket).retime(tx, id);
}

/** A step: whoever decides without waiting for an answer ends the pause. */
export async function endPause(tx: Tx, ctx: Context, ticket: Ticket): Promise<Ticket> {
  if (ticket.infoRequestedAt === null) return ticket;
  await resumeSteps(tx, ticket);
  const seconds = Math.max(0, Math.round((ctx.now.getTime() - ticket.infoRequestedAt.getTime()) / 1000));
  await tx.approvalTicket.update({
    where: { id: ticket.id },
    data: { infoRequestedAt: null, pausedSeconds: { increment: seconds } },
    select: { id: true },
  });
  return { ...ticket, infoRequestedAt: null, pausedSeconds: ticket.pausedSeconds + seconds };
}

const postponedHours = 1;

/** A step: what the check refused to the clock, a person looks at; the clock asks again later. */
export async function postponeStep(tx: Tx, stepId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE approval_steps SET due_at = now() + make_interval(hours => ${postponedHours}::int)
    WHERE id = ${stepId} AND status = 'ACTIVE' AND due_at IS NOT NULL`;
}
