import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { logger } from "@/lib/core/logger";

const uploadPath = /^\/uploads\/[\w-]{1,64}$/;
const methods = ["HEAD", "PATCH", "DELETE"];
/** Nothing moved for so long: the browser is gone. */
const stalledMs = 60_000;
/** Who is refused may still be sending; so long is it read away, so that the refusal is read too. */
const drainMs = 30_000;

const askedHeaders = [
  ...["host", "origin", "sec-fetch-site", "cookie", "authorization", "user-agent", "x-request-id"],
  ...["x-shepherd-address", "content-type", "content-length", "tus-resumable", "upload-offset"],
];
const answeredHeaders = [
  ...["content-type", "content-length", "cache-control", "retry-after"],
  ...["tus-resumable", "upload-offset", "upload-length", "x-upload-refusal"],
];

export function isUploadPath(path: string): boolean {
  return path === "/uploads" || path.startsWith("/uploads/") || path.startsWith("/uploads?");
}

/** Passes a part of a file on as a stream, no faster than the other side takes it; that side asks who sends it. */
export function forwardUpload(request: IncomingMessage, response: ServerResponse, target: URL): void {
  const path = request.url ?? "";
  if (!uploadPath.test(path)) return refuse(response, 404, "RESOURCE_NOT_FOUND");
  if (!methods.includes(request.method ?? "")) return refuse(response, 405, "METHOD_NOT_ALLOWED");
  if (request.method === "PATCH" && request.headers["content-length"] === undefined)
    return refuse(response, 411, "INVALID_REQUEST");
  // A connection that may live on is read to the end of the answer, though the other side no longer wants the body.
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const upstream = http.request(target, {
    method: request.method ?? "",
    path,
    agent,
    headers: pick(request.headers, askedHeaders),
  });
  upstream.setTimeout(stalledMs, () => upstream.destroy(new Error("the upload process does not answer")));
  request.setTimeout(stalledMs, () => request.destroy());
  upstream.once("response", (answer) => passBack(request, response, answer));
  upstream.on("error", (error) => {
    if (response.headersSent || response.destroyed) return void response.destroy();
    logger("web").warn({ err: error }, "an upload could not be passed on");
    refuse(response, 503, "INTERNAL_ERROR");
  });
  response.once("close", () => {
    upstream.destroy();
    agent.destroy();
    // What still comes of a refused part is read away.
    request.unpipe(upstream).resume();
  });
  request.pipe(upstream);
}

function passBack(request: IncomingMessage, response: ServerResponse, answer: IncomingMessage): void {
  const status = answer.statusCode ?? 502;
  response.writeHead(status, pick(answer.headers, answeredHeaders));
  answer.pipe(response);
  answer.once("error", () => response.destroy());
  if (request.complete) return;
  const timer = setTimeout(() => request.destroy(), drainMs);
  request.once("close", () => clearTimeout(timer));
}

function pick(headers: IncomingMessage["headers"], names: string[]): http.OutgoingHttpHeaders {
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "content-type": "application/json", connection: "close" });
  response.end(JSON.stringify({ code, params: {}, field_errors: [] }));
}
