import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { Users } from "./access";
import { bearerToken, requireAllowed } from "./access";
import type { Answer, Call } from "./call";
import { readBody } from "./call";
import type { Cluster } from "./cluster";
import type { ConsoleSockets } from "./console/websockets";
import { isConsolePath, notAWebSocket } from "./console/websockets";
import type { LabControl } from "./control";
import { answerControl } from "./control";
import { Failure, internalError, noSuchPath, unauthorized } from "./failures";
import { parseSubresourcePath } from "./paths";
import { routeAndRecord, subjectOfSubresource } from "./router";
import { requireReachable } from "./subresources/subresources";

export interface Front {
  cluster: Cluster;
  users: Users;
  control: LabControl;
  consoles: ConsoleSockets;
}

/** One request from its first byte to its answer, through the faults that are set. */
export async function answerRequest(
  front: Front,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.on("error", () => response.destroy());
  try {
    const call = await readCall(front, request, response);
    const isControl = call.path.startsWith("/lab/");
    if (!isControl && (await suffer(front.cluster, call))) return;
    const answer = isControl ? await answerControl(front.control, call) : answerCall(front, call);
    if (!answer) return;
    if (!isControl && front.cluster.faults.take("dropAnswer", call.method, targetOf(call))) {
      response.destroy();
      return;
    }
    send(response, answer);
  } catch (error) {
    sendFailure(response, asFailure(error));
  }
}

function answerCall(front: Front, call: Call): Answer | undefined {
  const isConsole = isConsolePath(parseSubresourcePath(call.path));
  if (isConsole && call.method === "GET") throw notAWebSocket();
  return routeAndRecord(front.cluster, call, (error) => asFailure(error).facts.code);
}

async function readCall(front: Front, request: IncomingMessage, response: ServerResponse): Promise<Call> {
  const head = readHead(front, request);
  return { ...head, response, body: await readBody(request) };
}

function readHead(front: Front, request: IncomingMessage): Omit<Call, "response" | "body"> {
  const url = new URL(request.url ?? "/", "https://lab");
  const protocols = String(request.headers["sec-websocket-protocol"] ?? "");
  const user = front.users.find(bearerToken(request.headers.authorization ?? "", protocols));
  if (!user) throw unauthorized();
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/+$/, "") : url.pathname;
  const contentType = (request.headers["content-type"] ?? "").split(";")[0]?.trim() ?? "";
  return { method: request.method ?? "GET", url, path, query: url.searchParams, request, contentType, user };
}

function targetOf(call: Pick<Call, "url">): string {
  return call.url.pathname + call.url.search;
}

/** Delays the call, or answers it with trouble; true when it is not to be done. */
async function suffer(cluster: Cluster, call: Call): Promise<boolean> {
  const { faults } = cluster;
  const target = targetOf(call);
  if (faults.take("hang", call.method, target)) return true;
  const slow = faults.take("latencyMs", call.method, target);
  if (slow?.latencyMs !== undefined) await wait(slow.latencyMs, undefined, { ref: false });
  const refused = faults.take("status", call.method, target);
  if (refused?.status === undefined) return false;
  sendFailure(call.response, troubled(refused.status, refused.retryAfterSeconds));
  return true;
}

function troubled(code: number, retryAfterSeconds: number | undefined): Failure {
  const reasons: Record<number, [string, string]> = {
    429: ["TooManyRequests", "the server has received too many requests and has asked us to try again later"],
    500: ["InternalError", "Internal error occurred: etcdserver: request timed out"],
    503: ["ServiceUnavailable", "the server is currently unable to handle the request"],
    504: [
      "Timeout",
      "Timeout: request did not complete within requested timeout - context deadline exceeded",
    ],
  };
  const [reason, message] = reasons[code] ?? [
    "Unknown",
    "an error on the server has prevented the request from succeeding",
  ];
  return new Failure({
    code,
    reason,
    message,
    details: retryAfterSeconds === undefined ? {} : { retryAfterSeconds },
    headers: retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) },
  });
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${text}\n`);
  return internalError(error instanceof Error ? error.message : "unknown");
}

function send(response: ServerResponse, answer: Answer): void {
  const { code, headers = {} } = answer;
  if (response.destroyed) return;
  if (answer.body !== undefined) {
    respond(response, code, { ...headers, "content-type": "application/json" }, JSON.stringify(answer.body));
  } else if (answer.bytes !== undefined) {
    respond(
      response,
      code,
      { ...headers, "content-type": answer.contentType ?? "application/octet-stream" },
      answer.bytes,
    );
  } else if (answer.text !== undefined) {
    respond(
      response,
      code,
      { ...headers, "content-type": answer.contentType ?? "text/plain; charset=utf-8" },
      answer.text,
    );
  } else {
    response.writeHead(code, headers).end();
  }
}

function respond(
  response: ServerResponse,
  code: number,
  headers: Record<string, string>,
  body: string | Buffer,
): void {
  const base = { "cache-control": "no-cache, private", "content-length": String(Buffer.byteLength(body)) };
  response.writeHead(code, { ...base, ...headers }).end(body);
}

function sendFailure(response: ServerResponse, failure: Failure): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { code, headers = {}, plainText, message } = failure.facts;
  if (plainText)
    respond(response, code, { ...headers, "content-type": "text/plain; charset=utf-8" }, message);
  else
    respond(
      response,
      code,
      { ...headers, "content-type": "application/json" },
      JSON.stringify(failure.status),
    );
}

/** A websocket to a screen or a serial line; what is wrong is answered as plain HTTP before the upgrade. */
export function answerUpgrade(front: Front, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on("error", () => socket.destroy());
  void openSocket(front, request, socket, head).catch((error: unknown) =>
    refuseUpgrade(socket, asFailure(error)),
  );
}

async function openSocket(
  front: Front,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const { cluster } = front;
  const call = readHead(front, request);
  const path = parseSubresourcePath(call.path);
  if (!isConsolePath(path)) throw noSuchPath();
  const target = targetOf(call);
  if (cluster.faults.take("hang", "GET", target)) return;
  const slow = cluster.faults.take("latencyMs", "GET", target);
  if (slow?.latencyMs !== undefined) await wait(slow.latencyMs, undefined, { ref: false });
  const refused = cluster.faults.take("status", "GET", target);
  if (refused?.status !== undefined) throw troubled(refused.status, refused.retryAfterSeconds);
  requireReachable(cluster, call);
  cluster.ledger.count("get", `${path.resource}/${path.action}`);
  requireAllowed(call.user, subjectOfSubresource("get", path));
  front.consoles.open(path, call.query, { request, socket, head });
}

function refuseUpgrade(socket: Duplex, failure: Failure): void {
  const { code, plainText, message } = failure.facts;
  const body = plainText ? message : JSON.stringify(failure.status);
  const type = plainText ? "text/plain; charset=utf-8" : "application/json";
  const head = [
    `HTTP/1.1 ${code} ${failure.facts.reason ?? "Error"}`,
    `content-type: ${type}`,
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
