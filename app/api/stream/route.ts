import { anonymousContext, isPerson, readVisitor, requireAccess } from "@/app/_http/current-context";
import { openEventStream, type Following } from "@/app/_http/event-stream";
import { problemResponse, toAppError } from "@/app/_http/problem";
import { readInterests } from "@/lib/access/interests/rules";
import { AppError } from "@/lib/core/errors";

/** News as they happen, for as long as the page is open and its session lives. */
export async function GET(request: Request): Promise<Response> {
  const anonymous = anonymousContext(request.headers);
  try {
    const visitor = await readVisitor(anonymous, request.headers);
    requireAccess(visitor, "signed-in");
    if (!isPerson(visitor.ctx)) throw new AppError("UNAUTHORIZED");
    return new Response(openEventStream(visitor.ctx, request.signal, readFollowing(request)), {
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

/** Whoever says nothing, or nonsense, hears everything they may see from now on. */
function readFollowing(request: Request): Following {
  const { searchParams } = new URL(request.url);
  const readAt = searchParams.get("read_at");
  return {
    readAtMs: readAt !== null && /^\d{13}$/.test(readAt) ? Number(readAt) : null,
    // A browser that lost the connection says by itself what it heard last.
    lastPosition: request.headers.get("last-event-id") ?? searchParams.get("last_event_id"),
    interests: readInterests(searchParams.get("watch")),
  };
}
