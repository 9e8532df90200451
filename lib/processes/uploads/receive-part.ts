import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { EVENTS, Server } from "@tus/server";
import { admitChunk } from "@/lib/catalog/uploads/admit-chunk";
import { cancelUpload } from "@/lib/catalog/uploads/cancel-upload";
import { recordProgress } from "@/lib/catalog/uploads/record-progress";
import type { Context, Person } from "@/lib/core/context";
import { isDatabaseUnavailable } from "@/lib/core/database-failures";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { logger } from "@/lib/core/logger";
import { identifyCaller } from "../console/identify-caller";
import { readRequest, type AskedUpload } from "./read-request";
import type { Staging } from "./staging";

const protocol = { "tus-resumable": "1.0.0", "cache-control": "no-store" };
/** A sender that is silent for so long gives its place back. */
const silentMs = 45_000;
const partsPerPersonMax = 4;
const partsMax = 32;

export interface Reception {
  staging: Staging;
  tus: Server;
  holderId: string;
  /** Parts under way, by whom they come from. */
  senders: Map<string, number>;
  /** Called when the last byte of an upload is on the disk. */
  onWhole: (uploadId: string) => void;
}

/** The tus protocol over the staging folder; creation is the portal's own use case. */
export function openReception(parts: Pick<Reception, "staging" | "holderId" | "onWhole">): Reception {
  const { staging, holderId } = parts;
  const tus = new Server({
    path: "/uploads",
    datastore: staging.store,
    // Another site's page has no business here.
    allowedOrigins: () => false,
    postReceiveInterval: 1_000,
  });
  tus.on(EVENTS.POST_RECEIVE, (_request, { id, offset }) => {
    recordProgress({ uploadId: id, holderId }, { receivedBytes: offset }).catch(() => undefined);
  });
  return { ...parts, tus, senders: new Map() };
}

/** One request of a browser or program that sends a file: who, whether they may, then the bytes. */
export async function receivePart(
  request: IncomingMessage,
  response: ServerResponse,
  reception: Reception,
): Promise<void> {
  const requestId = [request.headers["x-request-id"]].flat()[0] ?? newId();
  try {
    const asked = readRequest(request);
    if ("status" in asked) return refuse(response, asked.status, asked.code, { requestId });
    const ctx = await identify(request, asked, requestId);
    await serve({ request, response, asked, ctx, reception });
  } catch (error) {
    if (error instanceof AppError)
      return refuse(response, statusOf(error), error.code, { requestId, params: error.params });
    const isAway = isDatabaseUnavailable(error);
    if (!isAway) logger("uploads").error({ err: error, requestId }, "a part of an upload failed");
    refuse(response, isAway ? 503 : 500, isAway ? "DATABASE_UNAVAILABLE" : "INTERNAL_ERROR", { requestId });
  }
}

type PersonContext = Context & { actor: Person };

async function identify(
  request: IncomingMessage,
  { credential, method }: AskedUpload,
  requestId: string,
): Promise<PersonContext> {
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
  if (actor.viewedBy !== null && method !== "HEAD") throw new AppError("VIEW_ONLY");
  return { ...ctx, actor };
}

interface Serving {
  request: IncomingMessage;
  response: ServerResponse;
  asked: AskedUpload;
  ctx: PersonContext;
  reception: Reception;
}

async function serve({ request, response, asked, ctx, reception }: Serving): Promise<void> {
  const { staging, holderId, tus } = reception;
  const { uploadId, method } = asked;
  if (method === "DELETE") {
    await cancelUpload(ctx, { uploadId });
    await staging.remove(uploadId);
    return void response.writeHead(204, protocol).end();
  }
  const { status, sizeBytes } = await admitChunk(ctx, { uploadId, holderId });
  if (status !== "RECEIVING") return sayWhole(response, method, sizeBytes);
  if (!(await staging.begin(uploadId, sizeBytes)))
    throw new AppError("UPLOAD_REFUSED", { reason: "no_space" });
  if (method === "HEAD") {
    // Two processes may have had it in turn; what is on this disk is what counts.
    await recordProgress({ uploadId, holderId }, { receivedBytes: (await staging.sizeOf(uploadId)) ?? 0 });
    return tus.handle(request, response);
  }
  await inPlace(reception, ctx.actor.id, () =>
    takePart({ request, response, uploadId, sizeBytes, reception }),
  );
}

function sayWhole(response: ServerResponse, method: AskedUpload["method"], sizeBytes: number): void {
  if (method !== "HEAD") throw new AppError("UPLOAD_REFUSED", { reason: "already_whole" });
  const whole = { "upload-offset": String(sizeBytes), "upload-length": String(sizeBytes) };
  response.writeHead(200, { ...protocol, ...whole }).end();
}

async function inPlace(reception: Reception, userId: string, work: () => Promise<void>): Promise<void> {
  const { senders } = reception;
  const total = [...senders.values()].reduce((sum, count) => sum + count, 0);
  const own = senders.get(userId) ?? 0;
  if (own >= partsPerPersonMax || total >= partsMax)
    throw new AppError("RATE_LIMIT_EXCEEDED", {
      limit: "attempts",
      currentValue: own,
      maxValue: partsPerPersonMax,
      retryAfter: 5,
    });
  senders.set(userId, own + 1);
  try {
    await work();
  } finally {
    const left = (senders.get(userId) ?? 1) - 1;
    if (left > 0) senders.set(userId, left);
    else senders.delete(userId);
  }
}

interface Part {
  request: IncomingMessage;
  response: ServerResponse;
  uploadId: string;
  sizeBytes: number;
  reception: Reception;
}

async function takePart({ request, response, uploadId, sizeBytes, reception }: Part): Promise<void> {
  const { tus, staging, holderId, onWhole } = reception;
  request.setTimeout(silentMs, () => request.destroy());
  // A connection that broke is never answered; what arrived of it counts.
  await Promise.race([tus.handle(request, response), once(response, "close")]);
  const bytes = (await staging.sizeOf(uploadId)) ?? 0;
  const isWanted = await recordProgress({ uploadId, holderId }, { receivedBytes: bytes });
  if (isWanted && bytes === sizeBytes) onWhole(uploadId);
  staging.followDigest(uploadId).catch((error: unknown) => {
    logger("uploads").warn({ err: error, uploadId }, "a file could not be read back");
  });
}

/** Locked, as the protocol knows it: a sender asks again by itself. */
function statusOf(error: AppError): number {
  return error.params["reason"] === "held_elsewhere" ? 423 : error.status;
}

function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  { requestId, params = {} }: { requestId: string; params?: Record<string, unknown> },
): void {
  if (response.headersSent) return void response.destroy();
  const retry = status === 429 || status === 503 ? { "retry-after": "5" } : {};
  // The answer to HEAD has no body to read it from.
  const why = { "x-upload-refusal": String(params["reason"] ?? code) };
  response.writeHead(status, { ...protocol, ...retry, ...why, "content-type": "application/json" });
  response.end(JSON.stringify({ code, params, field_errors: [], request_id: requestId }));
}
