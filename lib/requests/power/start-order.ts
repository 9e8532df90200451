import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { requireUnheld } from "@/lib/snapshots/require-unheld";
import type { PowerOperation } from "@/lib/vocabulary/power-operations";
import { powerMoves, startPower } from "@/lib/vms/start-power";
import type { Ticket } from "../store";
import { findCover, isCovered } from "./find-cover";

/** A step: the approved power operation begins; what a grant covered needs that grant still. */
export async function startOrder(
  tx: Tx,
  ctx: Context,
  ticket: Ticket,
  { vmId, operation }: { vmId: string; operation: PowerOperation },
): Promise<void> {
  if (isCovered(ticket)) await requireCover(tx, ticket.requesterId, { vmId, operation });
  await requireUnheld(tx, vmId, powerMoves[operation] ?? operation);
  await startPower(tx, ctx, { vmId, operation, eventId: ticket.eventId });
}

/** It may have waited for a window meanwhile. */
async function requireCover(
  tx: Tx,
  requesterId: string,
  asked: { vmId: string; operation: PowerOperation },
): Promise<void> {
  if ((await findCover(tx, requesterId, asked)) !== null) return;
  throw new AppError("INVALID_STATE", { object: "request", state: "grant_over", move: "execute" });
}
