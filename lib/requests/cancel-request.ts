import { authorizeRequester } from "./authorize-requester";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { closeEvent } from "@/lib/core/events";
import { inTransaction } from "@/lib/core/transaction";
import { withdrawOutside } from "./desks/route-outside";
import type { CancelRequest } from "./schema";
import { environmentOf, lockTicket, moveTicket } from "./store";

/** Only whoever asked may withdraw, and only while nobody has decided (spec §5.16). */
export function cancelRequest(ctx: Context, input: CancelRequest): Promise<void> {
  return inTransaction(async (tx) => {
    const ticket = await lockTicket(tx, input.ticketId);
    await authorizeRequester(tx, ctx, ticket);
    await moveTicket(tx, ticket, "cancel", { cancelledAt: ctx.now, finishedAt: ctx.now });
    await closeEvent(tx, ticket.eventId, "cancel", input.reason);
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
