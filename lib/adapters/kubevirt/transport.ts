import { Agent, request as httpsRequest } from "node:https";
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { ConnectionOptions } from "node:tls";
import { ClusterFailure, failureFromAnswer, failureFromSocket } from "./failures";
import type { ClusterConnection } from "./kubeconfig";
import { lookupClusterHost } from "./server-address";

export interface ClusterRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Absolute path below the server's address. */
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  headers?: Record<string, string>;
  body?: string;
  /** For a whole answer: until its last byte. For a stream: until its headers. */
  timeoutMs: number;
  bytesMax?: number;
  signal?: AbortSignal | undefined;
}

export interface ClusterAnswer {
  status: number;
  headers: IncomingMessage["headers"];
  body: string;
}

export interface Transport {
  /** Resolves for 2xx; everything else is a ClusterFailure. */
  exchange(request: ClusterRequest): Promise<ClusterAnswer>;
  /** Resolves at the headers of a 2xx answer; the caller reads and destroys the body. */
  open(request: ClusterRequest): Promise<IncomingMessage>;
  close(): void;
}

const answerBytesMax = 16 * 1024 * 1024;
const failureBytesMax = 64 * 1024;

/** The TLS material of a connection: its own authority only, whatever the environment says. */
export function tlsOptions(connection: ClusterConnection): ConnectionOptions {
  const base = { ca: connection.caData, rejectUnauthorized: true, minVersion: "TLSv1.2" } as const;
  if (connection.auth.kind === "token") return base;
  return { ...base, cert: connection.auth.certificate, key: connection.auth.key };
}

export function authorizationHeaders(connection: ClusterConnection): Record<string, string> {
  return connection.auth.kind === "token" ? { authorization: `Bearer ${connection.auth.token}` } : {};
}

/** One keep-alive pool per cluster; node:https follows no redirect and asks no proxy. */
export function openTransport(connection: ClusterConnection): Transport {
  const agent = new Agent({
    ...tlsOptions(connection),
    keepAlive: true,
    maxSockets: 64,
    maxFreeSockets: 8,
    lookup: lookupClusterHost,
  });
  const send = (request: ClusterRequest, signal: AbortSignal) =>
    sendFresh(connection, agent, request, signal);
  return {
    exchange: (request) =>
      withDeadline(request, async (signal) => readWhole(await send(request, signal), request, signal)),
    open: (request) => withDeadline(request, (signal) => send(request, signal)),
    close: () => agent.destroy(),
  };
}

async function withDeadline<T>(
  request: ClusterRequest,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const seconds = request.timeoutMs / 1000;
  const timer = setTimeout(() => controller.abort(`no answer within ${seconds} s`), request.timeoutMs);
  const giveUp = () => controller.abort("the caller gave up");
  if (request.signal?.aborted) giveUp();
  request.signal?.addEventListener("abort", giveUp, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener("abort", giveUp);
  }
}

/** Each idle socket that the cluster has closed fails at once; a read is sent again until a socket is none of these. */
async function sendFresh(
  connection: ClusterConnection,
  agent: Agent,
  request: ClusterRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  for (;;) {
    try {
      return await send(connection, agent, request, signal);
    } catch (error) {
      if (!(error instanceof StaleSocket)) throw error;
      if (request.method !== "GET") throw error.failure;
    }
  }
}

class StaleSocket extends Error {
  constructor(readonly failure: ClusterFailure) {
    super(failure.message);
  }
}

function send(
  connection: ClusterConnection,
  agent: Agent,
  request: ClusterRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const isWrite = request.method !== "GET";
    let reachedCluster = false;
    const outgoing = httpsRequest(requestUrl(connection, request), {
      agent,
      method: request.method,
      headers: requestHeaders(connection, request),
    });
    const giveUp = () => outgoing.destroy(abortFailure(signal, isWrite && reachedCluster));
    if (signal.aborted) giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    outgoing.on("socket", (socket) => {
      if (outgoing.reusedSocket) reachedCluster = true;
      else socket.once("secureConnect", () => (reachedCluster = true));
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      signal.removeEventListener("abort", giveUp);
      const failure = failureFromSocket(error, { isWrite, reachedCluster });
      const isStale = outgoing.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
      reject(isStale ? new StaleSocket(failure) : failure);
    });
    outgoing.on("response", (answer) => {
      signal.removeEventListener("abort", giveUp);
      settleAnswer(answer, request, signal).then(resolve, reject);
    });
    outgoing.end(request.body);
  });
}

async function settleAnswer(answer: IncomingMessage, request: ClusterRequest, signal: AbortSignal) {
  const status = answer.statusCode ?? 0;
  if (status >= 200 && status < 300) return answer;
  const isWrite = request.method !== "GET";
  const body = await readText(answer, { bytesMax: failureBytesMax, isWrite, signal, cut: true });
  throw failureFromAnswer({ status, body, isWrite, retryAfter: answer.headers["retry-after"] });
}

async function readWhole(
  answer: IncomingMessage,
  request: ClusterRequest,
  signal: AbortSignal,
): Promise<ClusterAnswer> {
  const bytesMax = request.bytesMax ?? answerBytesMax;
  const body = await readText(answer, { bytesMax, isWrite: request.method !== "GET", signal, cut: false });
  return { status: answer.statusCode ?? 0, headers: answer.headers, body };
}

interface Reading {
  bytesMax: number;
  isWrite: boolean;
  signal: AbortSignal;
  /** Past the limit: keep the beginning, instead of refusing the answer. */
  cut: boolean;
}

async function readText(answer: IncomingMessage, reading: Reading): Promise<string> {
  const giveUp = () => answer.destroy(abortFailure(reading.signal, reading.isWrite));
  if (reading.signal.aborted) giveUp();
  reading.signal.addEventListener("abort", giveUp, { once: true });
  try {
    return await collect(answer, reading);
  } catch (error) {
    throw failureFromSocket(asError(error), { isWrite: reading.isWrite, reachedCluster: true });
  } finally {
    reading.signal.removeEventListener("abort", giveUp);
  }
}

async function collect(answer: AsyncIterable<Buffer>, reading: Reading): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Leaving the loop early destroys the answer and its socket.
  for await (const chunk of answer) {
    bytes += chunk.length;
    if (bytes > reading.bytesMax && !reading.cut) throw tooLarge(reading);
    chunks.push(chunk);
    if (bytes > reading.bytesMax) break;
  }
  return Buffer.concat(chunks).toString("utf8", 0, reading.bytesMax);
}

function tooLarge(reading: Reading): ClusterFailure {
  return new ClusterFailure("rejected", `the cluster's answer is larger than ${reading.bytesMax} bytes`, {
    reason: "AnswerTooLarge",
    outcomeUnknown: reading.isWrite,
  });
}

function abortFailure(signal: AbortSignal, outcomeUnknown: boolean): ClusterFailure {
  return new ClusterFailure("unavailable", String(signal.reason), { reason: "Timeout", outcomeUnknown });
}

function requestUrl(connection: ClusterConnection, request: ClusterRequest): URL {
  const url = new URL(connection.server + request.path);
  for (const [key, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(key, String(value));
  }
  return url;
}

function requestHeaders(connection: ClusterConnection, request: ClusterRequest): OutgoingHttpHeaders {
  const body = request.body === undefined ? {} : { "content-length": Buffer.byteLength(request.body) };
  return {
    accept: "application/json",
    "user-agent": "kubevirt-shepherd",
    ...body,
    ...request.headers,
    ...authorizationHeaders(connection),
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
