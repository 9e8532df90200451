import type { Tx } from "@/lib/core/transaction";
import type { Standing } from "./dispatcher";

/** A step: where a request stands by its row, whoever leads it. */
export async function readStanding(tx: Tx, ticketId: string): Promise<Exclude<Standing, "pending">> {
  const ticket = await tx.approvalTicket.findUnique({ where: { id: ticketId }, select: { status: true } });
  if (ticket?.status === "PENDING") return "waiting";
  return ticket === null || ["REJECTED", "CANCELLED"].includes(ticket.status) ? "rejected" : "approved";
}
