import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import { startModification } from "@/lib/vms/modification/start-modification";
import type { Ticket } from "../store";
import { chooseChange, type ApprovedChange } from "./choose-change";

/** A step: the approved change goes to the cluster; where nobody was asked, it is the change as it was wished. */
export async function startChange(
  tx: Tx,
  ctx: Context,
  { ticket, change }: { ticket: Ticket; change: ApprovedChange | null },
): Promise<void> {
  const { wish, base } = change ?? (await requireChange(tx, ticket));
  await startModification(tx, ctx, {
    vmId: ticket.resourceId ?? "",
    eventId: ticket.eventId,
    ticketId: ticket.id,
    reason: ticket.reason,
    requester: { id: ticket.requesterId, name: ticket.requesterName },
    wish,
    // Nobody looked at the machine, so nothing of it was approved.
    base: change === null ? null : base,
  });
}

async function requireChange(tx: Tx, ticket: Ticket): Promise<ApprovedChange> {
  const change = await chooseChange(tx, ticket, {});
  if (change === null) throw new AppError("INVALID_REQUEST", { reason: "not a change" });
  return change;
}
