import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { logger } from "@/lib/core/logger";

const recordingPath = /^\/api\/v1\/recordings\/[0-9a-f-]{36}\/(index|stream|file)\?/;
/** Nothing moved for so long: the other side is gone. */
const stalledMs = 60_000;

const askedHeaders = ["host", "cookie", "authorization", "user-agent", "x-request-id", "x-shepherd-address"];
const answeredHeaders = [
  ...["content-type", "content-length", "content-disposition", "cache-control", "retry-after"],
  ...["x-content-type-options", "x-recording-next"],
];

export function isRecordingPath(path: string): boolean {
  return recordingPath.test(path);
}

/** Passes a question for a recording's content on to the process that can open it; that side asks who wants it. */
export function forwardRecording(request: IncomingMessage, response: ServerResponse, target: URL): void {
  if (request.method !== "GET") return refuse(response, 405, "METHOD_NOT_ALLOWED");
  const upstream = http.request(target, {
    method: "GET",
    path: request.url ?? "",
    headers: pick(request.headers, askedHeaders),
  });
  upstream.setTimeout(stalledMs, () => upstream.destroy(new Error("the console process does not answer")));
  upstream.once("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, pick(answer.headers, answeredHeaders));
    answer.once("error", () => response.destroy());
    answer.pipe(response);
  });
  upstream.on("error", (error) => {
    if (response.headersSent || response.destroyed) return void response.destroy();
    logger("web").warn({ err: error }, "a recording could not be fetched");
    refuse(response, 503, "INTERNAL_ERROR");
  });
  response.once("close", () => upstream.destroy());
  upstream.end();
}

function pick(headers: IncomingMessage["headers"], names: string[]): http.OutgoingHttpHeaders {
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify({ code, params: {}, field_errors: [] }));
}
