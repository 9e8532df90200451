import { authorizeRequester } from "./authorize-requester";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { closeEvent } from "@/lib/core/events";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { withdrawOutside } from "./desks/route-outside";
import type { CancelRequest } from "./schema";
import { environmentOf, lockTicket, moveTicket } from "./store";

/**
 * Only whoever asked may withdraw, and only while nobody has decided (spec §5.16) or what was approved waits for its hour.
 * @throws INVALID_STATE once it has begun
 */
export function cancelRequest(ctx: Context, input: CancelRequest): Promise<void> {
  return inTransaction(async (tx) => {
    const ticket = await lockTicket(tx, input.ticketId);
    await authorizeRequester(tx, ctx, ticket);
    const move = ticket.status === "APPROVED" && ticket.heldUntil !== null ? "recall" : "cancel";
    await moveTicket(tx, ticket, move, { cancelledAt: ctx.now, finishedAt: ctx.now, heldUntil: null });
    const isWithdrawn = await closeEvent(tx, ticket.eventId, "cancel", input.reason);
    if (!isWithdrawn) throw new AppError("INVALID_STATE", { object: "request", state: ticket.status, move });
    await withdrawOutside(tx, ticket.id);
    await recordAudit(tx, ctx, {
      action: "approval.cancel",
      resource: { type: "ticket", id: ticket.id },
      parent: { type: "system", id: ticket.systemId },
      ...environmentOf(ticket),
      details: { operation: ticket.operationType, reason: input.reason },
    });
  });
}
