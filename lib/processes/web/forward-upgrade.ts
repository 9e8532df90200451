import type { IncomingMessage } from "node:http";
import net from "node:net";
import type { Duplex } from "node:stream";
import { logger } from "@/lib/core/logger";

const consolePath = /^\/api\/v1\/vms\/[\w-]{1,64}\/(vnc|serial)(\?|$)/;
const connectTimeoutMs = 5_000;
/** What the console process needs to decide; nothing else of the request is its business. */
const forwardedHeaders = [
  ...[
    "host",
    "origin",
    "cookie",
    "authorization",
    "user-agent",
    "x-request-id",
    "x-shepherd-address",
    "x-shepherd-forwarded",
    "connection",
    "upgrade",
  ],
  ...["sec-websocket-key", "sec-websocket-version", "sec-websocket-protocol", "sec-websocket-extensions"],
];

export function isConsoleUpgrade(request: IncomingMessage): boolean {
  return request.method === "GET" && consolePath.test(request.url ?? "");
}

/** Hands the socket over to the console process byte for byte; that process asks who it is and whether they may. */
export function forwardUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  consoleUrl: URL,
): void {
  const upstream = net.connect({
    host: consoleUrl.hostname.replace(/^\[|\]$/g, ""),
    port: Number(consoleUrl.port),
  });
  upstream.setTimeout(connectTimeoutMs, () =>
    upstream.destroy(new Error("the console process does not answer")),
  );
  upstream.once("connect", () => {
    upstream.setTimeout(0);
    upstream.setNoDelay(true);
    upstream.write(requestHead(request));
    if (head.length > 0) upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.once("error", (error) => {
    logger("web").warn({ err: error }, "a console connection failed");
    refuseUpgrade(socket, "503 Service Unavailable");
  });
  upstream.once("close", () => socket.destroy());
  socket.once("error", () => upstream.destroy());
  socket.once("close", () => upstream.destroy());
}

export function refuseUpgrade(socket: Duplex, status: string): void {
  if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function requestHead(request: IncomingMessage): string {
  const lines = forwardedHeaders.flatMap((name) =>
    [request.headers[name] ?? []].flat().map((value) => `${name}: ${value}`),
  );
  return [`GET ${request.url} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}
