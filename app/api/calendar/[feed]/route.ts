import { z } from "zod";
import { anonymousContext } from "@/app/_http/current-context";
import { problemResponse, toAppError } from "@/app/_http/problem";
import { AppError } from "@/lib/core/errors";
import { calendarLocales } from "@/lib/requests/calendar/labels";
import { readFeed } from "@/lib/requests/calendar/read-feed";

const address = z.string().regex(/^[\w-]{43}\.ics$/);
const language = z.enum(calendarLocales).catch("en");

/** A calendar program reads it by its address alone, which is the secret. */
export async function GET(request: Request, path: { params: Promise<{ feed: string }> }): Promise<Response> {
  const anonymous = anonymousContext(request.headers);
  try {
    const named = address.safeParse((await path.params).feed);
    if (!named.success) throw new AppError("RESOURCE_NOT_FOUND");
    const locale = language.parse(new URL(request.url).searchParams.get("lang"));
    const text = await readFeed(anonymous, { token: named.data.slice(0, -4), locale });
    return new Response(text, {
      headers: {
        "content-type": "text/calendar; charset=utf-8",
        "cache-control": "private, no-store",
        "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-request-id": anonymous.requestId,
      },
    });
  } catch (error) {
    return problemResponse(toAppError(error, anonymous.requestId), anonymous.requestId);
  }
}
