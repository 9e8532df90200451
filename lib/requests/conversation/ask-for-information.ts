import { recordAudit } from "@/lib/core/audit";
import { shownName, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";
import { requireDecider } from "../require-decider";
import { environmentOf, lockTicket, requireVersion } from "../store";
import { pauseSteps } from "../workflows/pause-steps";
import { recordComment } from "./record-comment";
import type { AskForInformation } from "./schema";

/**
 * An approver wants to know more: the request goes back to whoever asked, and no clock runs until they answer.
 * @throws INVALID_STATE for what is decided, or waits for an answer already
 */
export function askForInformation(ctx: Context, input: AskForInformation): Promise<void> {
  return inTransaction(async (tx) => {
    const ticket = await lockTicket(tx, input.ticketId);
    await requireDecider(tx, ctx, ticket);
    requireVersion(ticket, input.version);
    const state = ticket.status !== "PENDING" ? ticket.status : ticket.infoRequestedAt && "ASKED";
    if (state !== null) throw new AppError("INVALID_STATE", { object: "request", state, move: "ask" });
    await tx.approvalTicket.update({
      where: { id: ticket.id },
      data: { infoRequestedAt: ctx.now, version: { increment: 1 } },
      select: { id: true },
    });
    await pauseSteps(tx, ticket);
    await recordComment(tx, ctx, { ticket, kind: "question", body: input.question });
    await recordAudit(tx, ctx, {
      action: "approval.information_request",
      resource: { type: "ticket", id: ticket.id },
      parent: { type: "system", id: ticket.systemId },
      ...environmentOf(ticket),
      details: { requesterId: ticket.requesterId, question: input.question },
    });
    await notifyUsers(tx, [ticket.requesterId], {
      kind: "INFORMATION_REQUESTED",
      ticketId: ticket.id,
      params: {
        operation: ticket.operation,
        system: ticket.systemName,
        vm: ticket.resourceName,
        approver: shownName(ctx.actor),
        question: input.question.slice(0, 200),
      },
    });
  });
}
