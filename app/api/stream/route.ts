import { anonymousContext, isPerson, readVisitor, requireAccess } from "@/app/_http/current-context";
import { openEventStream } from "@/app/_http/event-stream";
import { problemResponse, toAppError } from "@/app/_http/problem";
import { AppError } from "@/lib/core/errors";

/** News as they happen, for as long as the page is open and its session lives. */
export async function GET(request: Request): Promise<Response> {
  const anonymous = anonymousContext(request.headers);
  try {
    const visitor = await readVisitor(anonymous, request.headers);
    requireAccess(visitor, "signed-in");
    if (!isPerson(visitor.ctx)) throw new AppError("UNAUTHORIZED");
    return new Response(openEventStream(visitor.ctx, request.signal, readAt(request)), {
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        // A compressing proxy would hold the news back.
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
      },
    });
  } catch (error) {
    return problemResponse(toAppError(error, anonymous.requestId), anonymous.requestId);
  }
}

/** When the page was read; null for whoever does not say, or says nonsense. */
function readAt(request: Request): number | null {
  const said = new URL(request.url).searchParams.get("read_at");
  return said !== null && /^\d{13}$/.test(said) ? Number(said) : null;
}
