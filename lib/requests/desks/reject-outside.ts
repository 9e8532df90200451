import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { closeEvent } from "@/lib/core/events";
import type { Tx } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";
import { settleReservation } from "../quotas/settle-reservation";
import { environmentOf, moveTicket, type Ticket } from "../store";

/** A step: a desk outside said no; its word, or its silence, is the reason. */
export async function rejectOutside(
  tx: Tx,
  ctx: Context,
  { ticket, approver, reason }: { ticket: Ticket; approver: string; reason: string },
): Promise<void> {
  await moveTicket(tx, ticket, "reject", {
    approverName: approver,
    rejectedAt: ctx.now,
    finishedAt: ctx.now,
    rejectReason: reason === "" ? null : reason,
  });
  await closeEvent(tx, ticket.eventId, "cancel", reason);
  await settleReservation(tx, { ticketId: ticket.id, outcome: "withdrawn" });
  await recordAudit(tx, ctx, {
    action: "approval.reject",
    resource: { type: "ticket", id: ticket.id },
    parent: { type: "system", id: ticket.systemId },
    ...environmentOf(ticket),
    details: { operation: ticket.operationType, requesterId: ticket.requesterId, reason, approver },
  });
  await notifyUsers(tx, [ticket.requesterId], {
    kind: "APPROVAL_REJECTED",
    ticketId: ticket.id,
    params: {
      operation: ticket.operationType,
      system: ticket.systemName,
      approver,
      reason: reason.slice(0, 200),
    },
  });
}
