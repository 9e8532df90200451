import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { startOrHold } from "./calendar/start-or-hold";
import { placeCreation, readCreation } from "./place-creation";

import { environmentOf, lockTicket, moveTicket } from "./store";

/** A step: policy asked nobody. The ticket is approved by its rule and starts in the same transaction (spec §5.14). */
export async function runNow(tx: Tx, ctx: Context, ticketId: string): Promise<void> {
  const ticket = await lockTicket(tx, ticketId);
  const approved = { approvedAt: ctx.now, approverName: `policy:${ticket.policyName ?? "none"}` };
  if (ticket.operationType !== "CREATE") {
    await moveTicket(tx, ticket, "approve", approved);
    await startOrHold(tx, ctx, { ticket });
    return;
  }
  const creation = await readCreation(tx, ticket, {});
  const candidate = creation.candidates.find(({ recommended }) => recommended);
  if (candidate === undefined) throw new AppError("NO_CANDIDATE_CLUSTER", environmentOf(ticket));
  const placed = placeCreation(creation, candidate.clusterId);
  await moveTicket(tx, ticket, "approve", approved);
  await startOrHold(tx, ctx, { ticket, placed });
}
