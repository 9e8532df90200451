import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { bootstrapCookieName } from "@/lib/console/rules";
import { logger } from "@/lib/core/logger";
import { admitBrowser, refuse } from "./admit-browser";
import { startHeartbeat, type Heartbeat } from "./heartbeat";
import { OpenSessions } from "./open-sessions";

const frameBytesMax = 1024 * 1024;
const headersTimeoutMs = 10_000;

export interface ConsoleProxy {
  port: number;
  sessionCount(): number;
  stop(): Promise<void>;
}

/** The process that carries consoles: browsers on one side, clusters on the other. */
export async function startConsoleProxy(options: {
  host: string;
  port: number;
  proxyId: string;
}): Promise<ConsoleProxy> {
  const { host, port, proxyId } = options;
  const sessions = new OpenSessions();
  const heartbeat = await startHeartbeat(proxyId);
  const sockets = acceptSockets();
  const house = { server: sockets, sessions, proxyId };
  const waiting = new Set<Duplex>();
  let isDraining = false;

  const server = http.createServer({ headersTimeout: headersTimeoutMs }, (request, response) =>
    answer(request, response, { isReady: heartbeat.isBeating() && !isDraining, sessions }),
  );
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    if (isDraining) return refuse(socket, { status: 503, code: "WORKER_SILENT" });
    waiting.add(socket);
    socket.once("close", () => waiting.delete(socket));
    void admitBrowser({ request, socket, head }, house).finally(() => waiting.delete(socket));
  });
  server.listen(port, host);
  await once(server, "listening");

  const stop = async () => {
    isDraining = true;
    for (const socket of waiting) socket.destroy();
    await drain(server, sessions, heartbeat);
  };
  return { port: portOf(server), sessionCount: () => sessions.count, stop };
}

/** The sub-protocol older noVNC clients ask for is granted; a browser that offers none gets none. */
function acceptSockets(): WebSocketServer {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: frameBytesMax,
    clientTracking: false,
    handleProtocols: (offered) => (offered.has("binary") ? "binary" : false),
  });
  // Spent with the handshake, so the browser need not keep it.
  sockets.on("headers", (headers, request) => {
    headers.push(
      `Set-Cookie: ${bootstrapCookieName}=; Path=${request.url}; Max-Age=0; HttpOnly; SameSite=Strict`,
    );
  });
  return sockets;
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { isReady, sessions }: { isReady: boolean; sessions: OpenSessions },
): void {
  const isLive = request.url === "/health/live";
  const isHealth = isLive || request.url === "/health" || request.url === "/health/ready";
  const status = !isHealth ? 404 : isLive || isReady ? 200 : 503;
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  const word = status === 200 ? "ok" : status === 404 ? "not_found" : "unavailable";
  response.end(JSON.stringify({ status: word, process: "console", sessions: sessions.count }));
}

async function drain(server: http.Server, sessions: OpenSessions, heartbeat: Heartbeat): Promise<void> {
  logger("console").info({ sessions: sessions.count }, "draining");
  server.close();
  server.closeAllConnections();
  await sessions.endAll();
  await heartbeat.stop();
  closeClusterConnections();
}

/** A listening TCP server's address is never a pipe's name. */
function portOf(server: http.Server): number {
  return (server.address() as AddressInfo).port;
}
