import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { lockTicket } from "../store";
import { returnToQueue } from "./route-onward";
import type { TakeBack } from "./schema";
import { lockRequest } from "./store";

/**
 * An administrator no longer waits for a desk outside: people decide it here, and the desk is told.
 * @throws INVALID_STATE where it does not wait outside
 */
export function takeBackRequest(ctx: Context, { ticketId, reason }: TakeBack): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const ticket = await lockTicket(tx, ticketId);
    const open = await tx.externalApprovalRequest.findFirst({
      where: { ticketId, status: { in: ["sending", "waiting"] } },
      select: { id: true },
    });
    if (open === null || ticket.status !== "PENDING")
      throw new AppError("INVALID_STATE", {
        object: "request",
        state: ticket.externalState ?? ticket.status,
      });
    const request = await lockRequest(tx, open.id);
    await returnToQueue(tx, ctx, { ticket, request, reason: "taken_back", message: reason });
  });
}
