import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readContentKey, type ReadableRecording } from "@/lib/console/recordings/read-content-key";
import type { Context, Person } from "@/lib/core/context";
import { isDatabaseUnavailable } from "@/lib/core/database-failures";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { logger } from "@/lib/core/logger";
import { identifyCaller } from "../identify-caller";
import { readRecordingRequest, type AskedRecording } from "./read-recording-request";
import { recordingFolder } from "./recording-folder";
import { RecordingReader } from "./recording-reader";
import { sendRecordingFile } from "./send-recording-file";

const headersTimeoutMs = 10_000;
/** So much of a recording is read, checked and sent at a time. */
const rangeBytes = 2 * 1024 * 1024;
/** Each holds a range in memory. */
const readersMax = 16;
const perPersonMax = 3;

export interface RecordingsSide {
  /** On this machine's loopback; the console's own port passes requests on to it. */
  port: number;
  stop(): Promise<void>;
}

/** Opens recordings for those who may look at them; the process that passes them on to people cannot. */
export async function serveRecordings(folder = recordingFolder()): Promise<RecordingsSide> {
  let readers = 0;
  const perPerson = new Map<string, number>();
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    response.on("error", () => response.destroy());
    const requestId = [request.headers["x-request-id"]].flat()[0] ?? newId();
    if (readers >= readersMax)
      return refuse(response, { status: 503, code: "RATE_LIMIT_EXCEEDED", requestId });
    readers += 1;
    await answer(request, response, { folder, requestId, perPerson }).finally(() => (readers -= 1));
  };
  const server = http.createServer({ headersTimeout: headersTimeoutMs }, (request, response) => {
    void serve(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A listening TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.close();
    server.closeAllConnections();
  };
  return { port, stop };
}

interface Answering {
  folder: string;
  requestId: string;
  /** How many readers each person has now. */
  perPerson: Map<string, number>;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { folder, requestId, perPerson }: Answering,
): Promise<void> {
  try {
    const asked = readRecordingRequest(request);
    if ("status" in asked) return refuse(response, { ...asked, requestId });
    const ctx = await identify(request, asked, requestId);
    const taken = perPerson.get(ctx.actor.id) ?? 0;
    if (taken >= perPersonMax)
      return refuse(response, { status: 503, code: "RATE_LIMIT_EXCEEDED", requestId });
    perPerson.set(ctx.actor.id, taken + 1);
    await show(ctx, asked, { response, folder }).finally(() => leave(perPerson, ctx.actor.id));
  } catch (error) {
    if (error instanceof AppError)
      return refuse(response, { status: error.status, code: error.code, params: error.params, requestId });
    const isAway = isDatabaseUnavailable(error);
    if (!isAway) logger("recordings").error({ err: error, requestId }, "a recording could not be read");
    const code = isAway ? "DATABASE_UNAVAILABLE" : "INTERNAL_ERROR";
    refuse(response, { status: isAway ? 503 : 500, code, requestId });
  }
}

function leave(perPerson: Map<string, number>, personId: string): void {
  const left = (perPerson.get(personId) ?? 1) - 1;
  if (left === 0) perPerson.delete(personId);
  else perPerson.set(personId, left);
}

async function show(
  ctx: Context,
  asked: AskedRecording,
  { response, folder }: { response: ServerResponse; folder: string },
): Promise<void> {
  const recording = await readContentKey(ctx, asked);
  const reader = await RecordingReader.open(folder, asked.recordingId);
  // What was to be there and is not has been taken away from behind.
  if (reader === null && recording.chunkCount > 0) throw new AppError("RECORDING_DAMAGED", { chunk: 0 });
  try {
    await send(response, { asked, recording, reader });
  } finally {
    await reader?.close();
  }
}

async function identify(
  request: IncomingMessage,
  { credential }: AskedRecording,
  requestId: string,
): Promise<Context & { actor: Person }> {
  const { headers, socket } = request;
  const ctx: Context = {
    actor: { kind: "anonymous" },
    requestId,
    now: new Date(),
    // Only the web process reaches this port, and it says which address it serves.
    address: [headers["x-shepherd-address"]].flat()[0] ?? socket.remoteAddress ?? null,
    userAgent: headers["user-agent"] ?? null,
  };
  const actor = await identifyCaller(ctx, credential);
  if (actor === null) throw new AppError("UNAUTHORIZED");
  return { ...ctx, actor };
}

interface Sending {
  asked: AskedRecording;
  recording: ReadableRecording;
  reader: RecordingReader | null;
}

async function send(response: ServerResponse, { asked, recording, reader }: Sending): Promise<void> {
  const isExport = asked.part === "file";
  if (isExport !== (recording.purpose === "export"))
    throw new AppError("RESOURCE_NOT_FOUND", { object: "console_recording" });
  if (isExport) return sendRecordingFile(response, recording, reader);
  if (asked.part === "index") return sendIndex(response, recording, reader);
  return sendRange(response, { asked, recording, reader });
}

async function sendIndex(
  response: ServerResponse,
  { status }: ReadableRecording,
  reader: RecordingReader | null,
): Promise<void> {
  const chunks = (await reader?.listChunks()) ?? [];
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
  const index = {
    duration_ms: chunks.at(-1)?.toMs ?? 0,
    is_running: status === "recording",
    chunks: chunks.map(({ fromMs, toMs, length }) => [fromMs, toMs, length]),
  };
  response.end(JSON.stringify(index));
}

/** Frames of whole chunks from the one that is asked for; `x-recording-next` says where to go on. */
async function sendRange(response: ServerResponse, { asked, recording, reader }: Sending): Promise<void> {
  const parts: Buffer[] = [];
  const present = (await reader?.listChunks())?.length ?? 0;
  const known = Math.max(present, recording.chunkCount);
  let next = asked.from;
  for (let bytes = 0; next < known && bytes < rangeBytes; next += 1) {
    const content = (await reader?.readChunk(next, recording.contentKey)) ?? null;
    if (content === null) throw new AppError("RECORDING_DAMAGED", { chunk: next });
    parts.push(content);
    bytes += content.length;
  }
  const body = Buffer.concat(parts);
  response.writeHead(200, {
    "content-type": "application/octet-stream",
    "content-length": body.length,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(next < known ? { "x-recording-next": String(next) } : {}),
  });
  response.end(body);
}

interface Refusal {
  status: number;
  code: string;
  params?: Record<string, unknown>;
  requestId: string;
}

function refuse(response: ServerResponse, { status, code, params = {}, requestId }: Refusal): void {
  if (response.headersSent) return void response.destroy();
  const retry = status === 503 ? { "retry-after": "5" } : {};
  response.writeHead(status, { ...retry, "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify({ code, params, field_errors: [], request_id: requestId }));
}
