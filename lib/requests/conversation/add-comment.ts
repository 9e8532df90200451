import { recordAudit } from "@/lib/core/audit";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";
import { environmentOf, lockTicket } from "../store";
import { findListeners } from "./find-listeners";
import { recordComment } from "./record-comment";
import { requireParticipant } from "./require-participant";
import type { AddComment } from "./schema";

/** Whoever may see a request may say something about it, before and after it is decided. */
export function addComment(ctx: Context, input: AddComment): Promise<void> {
  return inTransaction(async (tx) => {
    const ticket = await lockTicket(tx, input.ticketId);
    await requireParticipant(tx, ctx, ticket);
    const told = await findListeners(tx, ticket, actorId(ctx.actor));
    await recordComment(tx, ctx, { ticket, kind: "comment", body: input.body });
    await recordAudit(tx, ctx, {
      action: "approval.comment",
      resource: { type: "ticket", id: ticket.id },
      parent: { type: "system", id: ticket.systemId },
      ...environmentOf(ticket),
      details: { length: input.body.length },
    });
    await notifyUsers(tx, told, {
      kind: "REQUEST_COMMENT",
      ticketId: ticket.id,
      params: {
        operation: ticket.operation,
        system: ticket.systemName,
        vm: ticket.resourceName,
        author: shownName(ctx.actor),
        comment: input.body.slice(0, 200),
      },
    });
  });
}
