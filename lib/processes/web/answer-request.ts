import type { IncomingMessage, ServerResponse } from "node:http";
import { env, publicBaseUrl } from "@/lib/core/env";
import { logger } from "@/lib/core/logger";
import { meters } from "@/lib/core/metrics";
import { cleanRequest, type CleanRequest } from "./clean-request";
import { describeRoute } from "./describe-route";
import { forwardRecording, isRecordingPath } from "./forward-recording";
import { forwardUpload, isUploadPath } from "./forward-upload";
import { guardPageWrite } from "./guard-page-write";
import { sendOutagePage } from "./outage-page";
import { setSecurityPolicy } from "./set-security-policy";

const bodyBytesMax = 1024 * 1024;
const answerTimeoutMs = 30_000;
const bodyTimeoutMs = 30_000;
const reads = ["GET", "HEAD", "OPTIONS"];
const methods = [...reads, "POST", "PUT", "PATCH", "DELETE"];
/** Where route handlers take writes; everything else under /api is only read. */
const writablePath = /^\/api\/(v1|auth)\/[^?]/;

interface Front {
  isDatabaseAway: () => boolean;
  passOn: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** One request from the outside: what only this front may say is set, what must not pass stops here. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  front: Front,
): Promise<void> {
  const clean = cleanRequest(request);
  response.setHeader("x-request-id", clean.requestId);
  measure(request, response, clean);
  // Parts of files have limits of their own, where they arrive.
  if (isUploadPath(clean.path)) return forwardUpload(request, response, new URL(env().CONSOLE_URL));
  if (isRecordingPath(clean.path)) return forwardRecording(request, response, new URL(env().CONSOLE_URL));
  limitBody(request);
  if (isTooLarge(request)) return refuse(response, 413, "REQUEST_TOO_LARGE", clean);
  const isApi = /^\/api(\/|$)/.test(clean.path);
  if (isApi) nameRefusedMethod(response, clean);
  else if (front.isDatabaseAway() && !clean.path.startsWith("/_next/")) return sendOutagePage(response);
  const isWrite = !reads.includes(request.method ?? "");
  if (!methods.includes(request.method ?? "") || (isApi && isWrite && !writablePath.test(clean.path)))
    return refuseMethod(response, clean);
  if (!isApi && isWrite && !(await guardPageWrite(request, response, clean))) return;
  const isSecure = publicBaseUrl().protocol === "https:";
  setSecurityPolicy(request, response, { isDevelopment: env().NODE_ENV === "development", isSecure });
  limitTime(response, clean);
  await front.passOn(request, response);
}

/** Whoever sends a body a byte at a time is cut off. */
function limitBody(request: IncomingMessage): void {
  const timer = setTimeout(() => !request.complete && request.destroy(), bodyTimeoutMs);
  request.once("close", () => clearTimeout(timer));
}

function isTooLarge(request: IncomingMessage): boolean {
  return Number(request.headers["content-length"] ?? 0) > bodyBytesMax;
}

function refuse(response: ServerResponse, status: number, code: string, { requestId }: CleanRequest): void {
  response.writeHead(status, { "content-type": "application/json", connection: "close" });
  response.end(
    JSON.stringify({
      code,
      message: `The request is larger than ${bodyBytesMax} bytes.`,
      params: { bytes_max: bodyBytesMax },
      field_errors: [],
      request_id: requestId,
    }),
  );
}

/** A method no address takes, or a write to an address of the API that is only read, never reaches the framework. */
function refuseMethod(response: ServerResponse, { requestId }: CleanRequest): void {
  response.writeHead(405, { "content-type": "application/json", connection: "close" });
  response.end(JSON.stringify(methodRefusal(requestId)));
}

function methodRefusal(requestId: string) {
  return {
    code: "METHOD_NOT_ALLOWED",
    message: "This address does not take this method.",
    params: {},
    field_errors: [],
    request_id: requestId,
  };
}

/** The framework answers a method a route does not have with an empty 405; clients of the API get the error body. */
function nameRefusedMethod(response: ServerResponse, { requestId, path }: CleanRequest): void {
  if (!path.startsWith("/api/v1/")) return;
  const { writeHead, end } = response;
  let body: string | undefined;
  response.writeHead = (...words: unknown[]) => {
    if (response.statusCode === 405 && !response.hasHeader("content-type")) {
      response.setHeader("content-type", "application/json");
      body = JSON.stringify(methodRefusal(requestId));
    }
    return Reflect.apply(writeHead, response, words);
  };
  response.end = (...words: unknown[]) => {
    if (!response.headersSent && response.statusCode === 405) response.writeHead(response.statusCode);
    return Reflect.apply(end, response, body === undefined ? words : [body]);
  };
}

/** An event stream never ends by itself; everything else has half a minute. */
function limitTime(response: ServerResponse, { path, requestId }: CleanRequest): void {
  if (path.startsWith("/api/stream") || env().NODE_ENV === "development") return;
  const timer = setTimeout(() => {
    logger("web").warn({ route: describeRoute(path), requestId }, "a request took too long");
    if (response.headersSent) response.destroy();
    else {
      response.writeHead(504, { "content-type": "application/json", connection: "close" });
      response.end(
        JSON.stringify({ code: "OPERATION_TIMED_OUT", params: {}, field_errors: [], request_id: requestId }),
      );
    }
  }, answerTimeoutMs);
  response.once("close", () => clearTimeout(timer));
}

/** One wide line and one measurement per request. */
function measure(request: IncomingMessage, response: ServerResponse, clean: CleanRequest): void {
  const begun = performance.now();
  const method = request.method ?? "";
  response.once("close", () => {
    const seconds = (performance.now() - begun) / 1000;
    const route = describeRoute(clean.path);
    if (route === "/api/stream") return;
    meters().requests.observe({ method, route, status: String(response.statusCode) }, seconds);
    const line = { method, route, status: response.statusCode, ms: Math.round(seconds * 1000) };
    const isQuiet = route === "/_next" || route.startsWith("/api/health") || route === "/api/metrics";
    logger("web")[isQuiet ? "debug" : "info"]({ ...line, requestId: clean.requestId }, "request");
  });
}
