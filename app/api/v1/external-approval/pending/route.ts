import { answerDesk } from "@/app/_http/answer-desk";
import { answerPending } from "@/lib/requests/desks/answer-pending";

/** For an approval system that asks instead of being told. */
export function GET(request: Request): Promise<Response> {
  return answerDesk(request, async (ctx, call) => ({ items: await answerPending(ctx, call) }));
}
