import { recordAudit } from "@/lib/core/audit";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { closeEvent } from "@/lib/core/events";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";
import type { Approver } from "./complete-approval";
import { requireDecider } from "./require-decider";
import type { RejectRequest } from "./schema";
import { environmentOf, lockTicket, moveTicket, requireVersion, type Ticket } from "./store";
import { decideStep } from "./workflows/decide-step";

/** A rejection needs a reason, which the requester reads (spec §5.11); at whichever step, it ends the request. */
export function rejectRequest(ctx: Context, input: RejectRequest): Promise<void> {
  return inTransaction(async (tx) => {
    const ticket = await lockTicket(tx, input.ticketId);
    const speaker = await requireDecider(tx, ctx, ticket);
    requireVersion(ticket, input.version);
    const word = { ticket, speaker, verdict: "reject", comment: input.reason, choices: {} } as const;
    const { isLast } = await decideStep(tx, ctx, word);
    if (!isLast) return;
    const approver = { id: actorId(ctx.actor), name: shownName(ctx.actor) };
    await completeRejection(tx, ctx, { ticket, approver, reason: input.reason });
  });
}

export interface Rejection {
  ticket: Ticket;
  approver: Approver;
  reason: string;
}

/** A step: the request ends here, whoever said no: a person, or a time limit that passed. */
export async function completeRejection(
  tx: Tx,
  ctx: Context,
  { ticket, approver, reason }: Rejection,
): Promise<void> {
  await moveTicket(tx, ticket, "reject", {
    approverId: approver.id,
    approverName: approver.name,
    rejectedAt: ctx.now,
    finishedAt: ctx.now,
    rejectReason: reason,
  });
  await closeEvent(tx, ticket.eventId, "cancel", reason);
  await recordAudit(tx, ctx, {
    action: "approval.reject",
    resource: { type: "ticket", id: ticket.id },
    parent: { type: "system", id: ticket.systemId },
    ...environmentOf(ticket),
    details: { operation: ticket.operationType, requesterId: ticket.requesterId, reason },
  });
  await notifyUsers(tx, [ticket.requesterId], {
    kind: "APPROVAL_REJECTED",
    ticketId: ticket.id,
    params: {
      operation: ticket.operationType,
      system: ticket.systemName,
      approver: approver.name,
      reason: reason.slice(0, 200),
    },
  });
}
