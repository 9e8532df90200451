import { bindResourceRole } from "@/lib/access/bind-resource-role";
import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import type { Ticket } from "@/lib/requests/store";
import { endOf, requireMore } from "./rules";
import type { AccessTerms } from "./schema";
import { lockSeat } from "./store";

/**
 * A step: the requester has the role until its time is up. What they have by now decides, so that nobody loses by being
 * granted less; a lower role that it replaces stays on record.
 */
export async function grantAccess(
  tx: Tx,
  ctx: Context,
  { ticket, terms: { role, days } }: { ticket: Ticket; terms: AccessTerms },
): Promise<void> {
  const { systemId, requesterId: userId } = ticket;
  const until = endOf(ctx.now, days);
  requireMore(await lockSeat(tx, { systemId, userId }), { role, until });
  await bindResourceRole(tx, ctx, {
    userId,
    role,
    resource: { type: "system", id: systemId },
    expiresAt: until,
    source: "request",
    ticketId: ticket.id,
  });
}
