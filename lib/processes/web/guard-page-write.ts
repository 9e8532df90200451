import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "@/lib/core/context";
import { isDatabaseUnavailable } from "@/lib/core/database-failures";
import { publicBaseUrl } from "@/lib/core/env";
import { logger } from "@/lib/core/logger";
import { errorStatus, type ErrorCode } from "@/lib/vocabulary/error-codes";
import { checkSession } from "@/lib/identity/check-session";
import { isSameOrigin, readCookie, sessionCookieName } from "@/lib/identity/rules";
import type { CleanRequest } from "./clean-request";

/**
 * A page path takes writes only as server actions of the portal's own pages in a live session; whatever else comes there
 * never reaches the framework (spec §0.7).
 * @returns whether the request may go on
 */
export async function guardPageWrite(
  request: IncomingMessage,
  response: ServerResponse,
  clean: CleanRequest,
): Promise<boolean> {
  const origin = header(request, "origin");
  const sender = { origin, fetchSite: header(request, "sec-fetch-site"), host: header(request, "host") };
  if (request.method !== "POST") return refuse(response, clean, "METHOD_NOT_ALLOWED");
  if (!isSameOrigin(sender, publicBaseUrl().origin)) return refuse(response, clean, "FOREIGN_ORIGIN");
  const session = await readSession(request, clean);
  if (session !== "live") return refuse(response, clean, session);
  // The framework compares the two itself and does not know the portal's other names.
  if (origin !== null) request.headers["x-forwarded-host"] = new URL(origin).host;
  return true;
}

function header(request: IncomingMessage, name: string): string | null {
  return [request.headers[name]].flat()[0] ?? null;
}

async function readSession(request: IncomingMessage, clean: CleanRequest): Promise<"live" | ErrorCode> {
  const cookie = readCookie(header(request, "cookie"), sessionCookieName);
  if (cookie === null || cookie === "") return "UNAUTHORIZED";
  const ctx: Context = {
    actor: { kind: "anonymous" },
    requestId: clean.requestId,
    now: new Date(),
    address: clean.address,
    userAgent: header(request, "user-agent"),
  };
  try {
    return (await checkSession(ctx, cookie)) === null ? "SESSION_EXPIRED" : "live";
  } catch (error) {
    if (isDatabaseUnavailable(error)) return "DATABASE_UNAVAILABLE";
    logger("web").error({ err: error, requestId: clean.requestId }, "a session could not be checked");
    return "INTERNAL_ERROR";
  }
}

function refuse(response: ServerResponse, { requestId, path }: CleanRequest, code: ErrorCode): false {
  response.statusCode = errorStatus[code];
  if (errorStatus[code] === 401) {
    // A page's script that calls an action goes to the sign-in page instead of showing a broken answer.
    const target = `/login?return_to=${encodeURIComponent(path)}&reason=session_expired`;
    response.setHeader("x-action-redirect", `${target};push`);
  }
  if (errorStatus[code] === 503) response.setHeader("retry-after", "2");
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ code, params: {}, field_errors: [], request_id: requestId }));
  return false;
}
