import { answerDesk } from "@/app/_http/answer-desk";
import { receiveDecision } from "@/lib/requests/desks/receive-decision";
import { decisionToWire } from "@/lib/requests/desks/labels";

/** An approval system outside has decided (spec §5.25). */
export function POST(request: Request): Promise<Response> {
  return answerDesk(request, async (ctx, call) => decisionToWire(await receiveDecision(ctx, call)));
}
