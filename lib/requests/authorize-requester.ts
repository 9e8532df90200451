import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { maySeeTicket, unknownTicket } from "./require-decider";
import type { Ticket } from "./store";

/** A step: the act is the requester's alone; whoever may see the ticket learns that, anybody else that there is none. */
export async function authorizeRequester(tx: Tx, ctx: Context, ticket: Ticket): Promise<void> {
  if (actorId(ctx.actor) === ticket.requesterId) return;
  if (!(await maySeeTicket(tx, ctx, ticket))) throw unknownTicket();
  throw new AppError("PERMISSION_DENIED", { permission: "requester", requester: ticket.requesterName });
}
