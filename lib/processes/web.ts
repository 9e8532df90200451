import { EventEmitter, once } from "node:events";
import http, { type IncomingMessage } from "node:http";
import { env as processEnvironment } from "node:process";
import type { Duplex } from "node:stream";
import next from "next";
import { closeChanges } from "@/lib/core/changes";
import { env, publicBaseUrl } from "@/lib/core/env";
import { closeJobs } from "@/lib/core/jobs";
import { logger } from "@/lib/core/logger";
import { cleanRequest } from "./web/clean-request";
import { answerRequest } from "./web/answer-request";
import { forwardUpgrade, isConsoleUpgrade, refuseUpgrade } from "./web/forward-upgrade";
import { watchDatabase } from "./web/watch-database";
import { onShutdown } from "./shutdown";

const drainMs = 20_000;
const isDevelopment = env().NODE_ENV === "development";
const stopping = new AbortController();

/** Next listens for upgrades on the server it is given and ends every socket it does not know: it gets this one. */
const standIn = new EventEmitter();

// next-auth derives its links from this variable and reads it by itself.
processEnvironment["NEXTAUTH_URL"] = publicBaseUrl().origin;

const app = next({
  dev: isDevelopment,
  dir: ".",
  hostname: env().HOST,
  port: env().PORT,
  // Only its upgrade event is used.
  httpServer: standIn as http.Server,
});
await app.prepare();
const passOn = app.getRequestHandler();
const database = watchDatabase(stopping.signal);

/** Event streams and consoles never end by themselves; when this process stops, their pages connect to another one. */
const sockets = new Set<Duplex>();

function holdOpen(socket: Duplex): void {
  if (sockets.has(socket)) return;
  sockets.add(socket);
  socket.once("close", () => sockets.delete(socket));
}

const server = http.createServer((request, response) => {
  if (request.url?.startsWith("/api/stream")) holdOpen(request.socket);
  answerRequest(request, response, { passOn, isDatabaseAway: database.isAway }).catch((error: unknown) => {
    logger("web").error({ err: error }, "a request was not answered");
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end();
  });
});
// Every body has its limit where it is read: a part of a file takes as long as its sender's line needs.
server.requestTimeout = 0;
server.headersTimeout = 10_000;
server.keepAliveTimeout = 65_000;
server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
  socket.on("error", () => socket.destroy());
  const isReload = isDevelopment && request.url?.startsWith("/_next/") === true;
  if (isReload) return void standIn.emit("upgrade", request, socket, head);
  if (!isConsoleUpgrade(request) || stopping.signal.aborted) return refuseUpgrade(socket, "404 Not Found");
  holdOpen(socket);
  cleanRequest(request);
  forwardUpgrade(request, socket, head, new URL(env().CONSOLE_URL));
});
server.listen(env().PORT, env().HOST);
await once(server, "listening");
logger("web").info({ host: env().HOST, port: env().PORT }, "web is ready");

onShutdown(async () => {
  stopping.abort();
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  for (const socket of sockets) socket.destroy();
  const hurry = setTimeout(() => server.closeAllConnections(), drainMs);
  await closeChanges();
  await Promise.race([closed, once(AbortSignal.timeout(drainMs), "abort")]);
  clearTimeout(hurry);
  await closeJobs();
  await app.close();
});
