import { isAuthorized } from "@/lib/access/authorize";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { Ticket } from "./store";

/** A step: the act is the requester's alone; whoever may see the ticket learns that, anybody else that there is none. */
export async function authorizeRequester(tx: Tx, ctx: Context, ticket: Ticket): Promise<void> {
  if (actorId(ctx.actor) === ticket.requesterId) return;
  const scope = { systemId: ticket.systemId, environment: ticket.environment };
  if (!(await isAuthorized(tx, ctx, "ticket:view", scope))) {
    throw new AppError("RESOURCE_NOT_FOUND", { resource: "ticket" });
  }
  throw new AppError("PERMISSION_DENIED", { permission: "requester", requester: ticket.requesterName });
}
