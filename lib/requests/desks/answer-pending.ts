import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { requireSignedCall, type SignedCall } from "./require-signed-call";
import { renderQuestion } from "./render-question";

const pendingMax = 200;

/** What waits at the desk that asks, oldest first (spec §5.25). */
export async function answerPending(ctx: Context, call: SignedCall): Promise<Record<string, unknown>[]> {
  const desk = await requireSignedCall(ctx, call);
  const waiting = await db().externalApprovalRequest.findMany({
    where: { externalSystemId: desk.id, status: { in: ["sending", "waiting"] } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: pendingMax,
    select: { ticketId: true },
  });
  const tickets = await db().approvalTicket.findMany({
    where: { id: { in: waiting.map(({ ticketId }) => ticketId) }, status: "PENDING" },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: pendingMax,
  });
  return tickets.map((ticket) => renderQuestion(ticket, { deskId: desk.id, reference: ticket.id }).body);
}
