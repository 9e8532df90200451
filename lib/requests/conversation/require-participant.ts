import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import { maySeeTicket, unknownTicket } from "../require-decider";
import type { Ticket } from "../store";

/** A step: for whoever may see the request; to anybody else there is none. */
export async function requireParticipant(tx: Tx, ctx: Context, ticket: Ticket): Promise<void> {
  if (!(await maySeeTicket(tx, ctx, ticket))) throw unknownTicket();
}
