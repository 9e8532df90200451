import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import { restoreSnapshot } from "@/lib/snapshots/restore-snapshot";
import { takeSnapshot } from "@/lib/snapshots/take-snapshot";
import type { SubmitRequest } from "../schema";
import type { Ticket } from "../store";

type SnapshotSubmission = Extract<SubmitRequest, { operation: "CREATE_SNAPSHOT" | "RESTORE_SNAPSHOT" }>;

/** A step: what was approved of a machine's snapshots goes to its cluster. */
export function startSnapshotWork(
  tx: Tx,
  ctx: Context,
  ticket: Ticket,
  asked: SnapshotSubmission,
): Promise<void> {
  const order = {
    vmId: asked.vmId,
    eventId: ticket.eventId,
    ticketId: ticket.id,
    requester: { id: ticket.requesterId, name: ticket.requesterName },
  };
  return asked.operation === "CREATE_SNAPSHOT"
    ? takeSnapshot(tx, ctx, { ...order, label: asked.label })
    : restoreSnapshot(tx, ctx, { ...order, snapshotId: asked.snapshotId });
}
