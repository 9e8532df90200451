import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import { lockTicket } from "../store";
import { returnToQueue, type FallbackReason } from "./route-onward";
import { isOpen, lockRequest } from "./store";

/** A step: whatever waits at a desk comes back to the built-in queue; says how many that were. */
export async function withdrawWaiting(
  tx: Tx,
  ctx: Context,
  { deskId, reason }: { deskId: string; reason: FallbackReason },
): Promise<number> {
  const open = await tx.externalApprovalRequest.findMany({
    where: { externalSystemId: deskId, status: { in: ["sending", "waiting"] } },
    orderBy: { id: "asc" },
    select: { id: true, ticketId: true },
  });
  for (const { id, ticketId } of open) {
    const ticket = await lockTicket(tx, ticketId);
    const request = await lockRequest(tx, id);
    if (!isOpen(request)) continue;
    await returnToQueue(tx, ctx, { ticket, request, reason, message: reason });
  }
  return open.length;
}
