import { answerDesk } from "@/app/_http/answer-desk";
import { decisionToWire } from "@/lib/requests/desks/labels";
import { receiveDecision } from "@/lib/requests/desks/receive-decision";

/** The same as the callback, with the ticket in the path; a header that names another refuses the call. */
export function POST(request: Request, path: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerDesk(request, async (ctx, call) => {
    const { id } = await path.params;
    const ticketId = call.ticketId === "" || call.ticketId === id ? id : "";
    return decisionToWire(await receiveDecision(ctx, { ...call, ticketId }));
  });
}
