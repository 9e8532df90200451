import { STATUS_CODES, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket, WebSocketServer } from "ws";
import { closeConsole } from "@/lib/console/close-console";
import { openConsole } from "@/lib/console/open-console";
import { closeCodes } from "@/lib/console/rules";
import type { Context, Person } from "@/lib/core/context";
import { isDatabaseUnavailable } from "@/lib/core/database-failures";
import { env, publicBaseUrl } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { logger } from "@/lib/core/logger";
import { checkSession } from "@/lib/identity/check-session";
import { ConsoleSession } from "./console-session";
import type { OpenSessions } from "./open-sessions";
import { readUpgrade, type AskedConsole, type RefusedUpgrade } from "./read-upgrade";

export interface Upgrade {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
}

interface House {
  server: WebSocketServer;
  sessions: OpenSessions;
  proxyId: string;
}

type PersonContext = Context & { actor: Person };

/** Who is it, may they, is there room; then the token is spent and the session begins. */
export async function admitBrowser(upgrade: Upgrade, house: House): Promise<void> {
  const publicOrigin = env().PUBLIC_BASE_URL === undefined ? null : publicBaseUrl().origin;
  const asked = readUpgrade(upgrade.request, publicOrigin);
  if ("status" in asked) return refuse(upgrade.socket, asked);
  try {
    const ctx = await identify(upgrade.request, asked.sessionCookie);
    if (ctx === null) return refuse(upgrade.socket, { status: 401, code: "UNAUTHORIZED" });
    if (house.sessions.takePlace(ctx.actor.id)) await admit(upgrade, house, ctx, asked);
    else complete(upgrade, house)?.close(closeCodes.busy, "busy");
  } catch (error) {
    refuse(upgrade.socket, refusalOf(error));
  }
}

async function identify(request: IncomingMessage, cookie: string): Promise<PersonContext | null> {
  const { headers, socket } = request;
  const ctx: Context = {
    actor: { kind: "anonymous" },
    requestId: [headers["x-request-id"]].flat()[0] ?? newId(),
    now: new Date(),
    // Only the web process reaches this port, and it says which address it serves.
    address: [headers["x-shepherd-address"]].flat()[0] ?? socket.remoteAddress ?? null,
    userAgent: headers["user-agent"] ?? null,
  };
  const person = await checkSession(ctx, cookie);
  return person === null ? null : { ...ctx, actor: person };
}

async function admit(upgrade: Upgrade, house: House, ctx: PersonContext, asked: AskedConsole): Promise<void> {
  const { sessions, proxyId } = house;
  const freePlace = () => sessions.freePlace(ctx.actor.id);
  const { token, vmId, consoleType, sessionCookie: cookie } = asked;
  const opened = await openConsole(ctx, { token, vmId, consoleType, proxyId }).catch((error: unknown) => {
    freePlace();
    throw error;
  });
  const browser = complete(upgrade, house);
  if (browser === null) {
    // The browser left while its token was being redeemed; the session has begun on paper and ends there.
    freePlace();
    return closeConsole(ctx, { ...opened, ending: "closed", bytesSent: 0, bytesReceived: 0 });
  }
  const session = new ConsoleSession({ ctx, cookie, opened, browser });
  sessions.add(session);
  void session.ended.finally(() => {
    sessions.remove(session);
    freePlace();
  });
  logger("console").info({ jti: opened.jti, vmId, consoleType, userId: ctx.actor.id }, "opened");
  await session.start();
}

/** Completes the handshake; null when the browser is gone. */
function complete({ request, socket, head }: Upgrade, { server }: House): WebSocket | null {
  let completed: WebSocket | null = null;
  if (socket.destroyed) return null;
  server.handleUpgrade(request, socket, head, (browser) => {
    // ws ends the socket by itself; an error nobody listens to would end the process.
    browser.on("error", () => undefined);
    completed = browser;
  });
  return completed;
}

function refusalOf(error: unknown): RefusedUpgrade {
  if (error instanceof AppError) return { status: error.status, code: error.code };
  if (isDatabaseUnavailable(error)) return { status: 503, code: "DATABASE_UNAVAILABLE" };
  logger("console").error({ err: error }, "an upgrade failed");
  return { status: 500, code: "INTERNAL_ERROR" };
}

export function refuse(socket: Duplex, { status, code }: RefusedUpgrade): void {
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify({ code });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Refused"}`,
    "Connection: close",
    "Cache-Control: no-store",
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.once("finish", () => socket.destroy());
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
