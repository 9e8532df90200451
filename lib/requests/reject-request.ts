import { recordAudit } from "@/lib/core/audit";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { closeEvent } from "@/lib/core/events";
import { inTransaction } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";
import { requireDecider } from "./require-decider";
import type { RejectRequest } from "./schema";
import { environmentOf, lockTicket, moveTicket, requireVersion } from "./store";

/** A rejection needs a reason, which the requester reads (spec §5.11). */
export function rejectRequest(ctx: Context, input: RejectRequest): Promise<void> {
  return inTransaction(async (tx) => {
    const ticket = await lockTicket(tx, input.ticketId);
    await requireDecider(tx, ctx, ticket);
    requireVersion(ticket, input.version);
    await moveTicket(tx, ticket, "reject", {
      approverId: actorId(ctx.actor),
      approverName: shownName(ctx.actor),
      rejectedAt: ctx.now,
      finishedAt: ctx.now,
      rejectReason: input.reason,
    });
    await closeEvent(tx, ticket.eventId, "cancel", input.reason);
    await recordAudit(tx, ctx, {
      action: "approval.reject",
      resource: { type: "ticket", id: ticket.id },
      parent: { type: "system", id: ticket.systemId },
      ...environmentOf(ticket),
      details: { operation: ticket.operationType, requesterId: ticket.requesterId, reason: input.reason },
    });
    await notifyUsers(tx, [ticket.requesterId], {
      kind: "APPROVAL_REJECTED",
      ticketId: ticket.id,
      params: {
        operation: ticket.operationType,
        system: ticket.systemName,
        approver: shownName(ctx.actor),
        reason: input.reason.slice(0, 200),
      },
    });
  });
}
