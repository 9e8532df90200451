import { anonymousContext } from "./current-context";
import { problemResponse, toAppError } from "./problem";
import { readSignedCall, type ReceivedCall } from "./signed-call";
import type { Context } from "@/lib/core/context";

/** Answers an approval system outside: it has no session, its signature is its proof. */
export async function answerDesk(
  request: Request,
  work: (ctx: Context, call: ReceivedCall) => Promise<object>,
): Promise<Response> {
  const ctx = anonymousContext(request.headers);
  try {
    const body = await work(ctx, await readSignedCall(request));
    return Response.json(body, { headers: { "cache-control": "no-store", "x-request-id": ctx.requestId } });
  } catch (error) {
    return problemResponse(toAppError(error, ctx.requestId), ctx.requestId);
  }
}
