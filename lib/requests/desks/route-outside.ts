import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { enqueue } from "@/lib/core/jobs";
import type { Tx } from "@/lib/core/transaction";
import { environmentOf, type Ticket } from "../store";
import { pauseSteps } from "../workflows/pause-steps";
import { sendRequestJob, withdrawRequestJob } from "./jobs";
import { chooseDesk } from "./rules";
import { listOpenDesks, routableOf, type DeskSettings } from "./store";

/** A step: a waiting request goes to the first desk outside that takes it; false where none does. */
export async function routeOutside(
  tx: Tx,
  ctx: Context,
  { ticketId }: { ticketId: string },
): Promise<boolean> {
  const desks = await listOpenDesks(tx);
  if (desks.length === 0) return false;
  const ticket = await tx.approvalTicket.findUniqueOrThrow({ where: { id: ticketId } });
  const desk = chooseDesk(desks, routableOf(ticket), []);
  if (desk === null) return false;
  await openAtDesk(tx, ctx, ticket, desk);
  return true;
}

/** A step: the request is this desk's from now on; a job sends it after the commit. */
export async function openAtDesk(tx: Tx, ctx: Context, ticket: Ticket, desk: DeskSettings): Promise<void> {
  const requestId = newId();
  const place = { ticketId: ticket.id, externalSystemId: desk.id };
  const before = await tx.externalApprovalRequest.count({ where: place });
  // What was withdrawn there and is asked anew is another question.
  const reference = before === 0 ? ticket.id : `${ticket.id}.${before + 1}`;
  await tx.externalApprovalRequest.create({
    data: { id: requestId, reference, ...place },
    select: { id: true },
  });
  await tx.approvalTicket.update({
    where: { id: ticket.id },
    data: { externalSystemId: desk.id, externalState: "sending" },
    select: { id: true },
  });
  // While a desk outside decides, nobody here is late.
  await pauseSteps(tx, ticket);
  await enqueue(tx, sendRequestJob, { requestId });
  await recordAudit(tx, ctx, {
    action: "approval.external",
    resource: { type: "ticket", id: ticket.id },
    parent: { type: "system", id: ticket.systemId },
    ...environmentOf(ticket),
    details: { desk: desk.name, deskId: desk.id, phase: "routed" },
  });
}

/** A step: whoever waits for an answer outside does so no more; the desk is told after the commit. */
export async function withdrawOutside(tx: Tx, ticketId: string): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE external_approval_requests SET status = 'withdrawn', finished_at = now(), cancel_due_at = now(),
      next_attempt_at = NULL, next_poll_at = NULL
    WHERE ticket_id = ${ticketId} AND status IN ('sending', 'waiting') RETURNING id`;
  if (rows.length === 0) return;
  await tx.approvalTicket.update({
    where: { id: ticketId },
    data: { externalState: "cancelled" },
    select: { id: true },
  });
  for (const { id } of rows) await enqueue(tx, withdrawRequestJob, { requestId: id });
}
