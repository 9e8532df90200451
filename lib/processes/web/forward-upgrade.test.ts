import { once } from "node:events";
import http, { type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { forwardUpgrade, isConsoleUpgrade, refuseUpgrade } from "./forward-upgrade";

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

function portOf(server: { address(): unknown }): number {
  // These servers listen on a port of TCP.
  return (server.address() as AddressInfo).port;
}

async function aFront(consolePort: number): Promise<number> {
  const front = http.createServer();
  front.on("upgrade", (request, socket, head) => {
    if (!isConsoleUpgrade(request)) return refuseUpgrade(socket, "404 Not Found");
    forwardUpgrade(request, socket, head, new URL(`http://127.0.0.1:${consolePort}`));
  });
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  open.push(front);
  return portOf(front);
}

async function aConsole(): Promise<{ port: number; requests: IncomingHttpHeaders[] }> {
  const requests: IncomingHttpHeaders[] = [];
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  server.on("connection", (socket, request) => {
    requests.push(request.headers);
    socket.on("message", (words) => socket.send(words));
  });
  open.push(server);
  return { port: portOf(server), requests };
}

test("a console socket passes byte for byte, with only what the console needs to decide", async () => {
  const { port, requests } = await aConsole();
  const headers = {
    cookie: "session_id=1",
    origin: "http://portal.example",
    authorization: "Bearer x",
    "x-other": "y",
  };
  const socket = new WebSocket(`ws://127.0.0.1:${await aFront(port)}/api/v1/vms/abc-1/vnc`, { headers });
  await once(socket, "open");
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, at) => at % 251));
  socket.send(bytes);
  const [echo] = await once(socket, "message");
  expect(Buffer.compare(Buffer.from(echo), bytes)).toBe(0);
  expect(requests[0]).toMatchObject({
    cookie: "session_id=1",
    origin: "http://portal.example",
    authorization: "Bearer x",
  });
  expect(requests[0]).not.toHaveProperty("x-other");
  socket.close();
});

test.each(["/api/v1/vms/abc/ssh", "/api/v1/vms/a%2Fb/vnc", "/vnc", "/_next/hmr"])(
  "%s is no console",
  async (path) => {
    const { port } = await aConsole();
    const socket = new WebSocket(`ws://127.0.0.1:${await aFront(port)}${path}`);
    const [error] = await once(socket, "error");
    expect(String(error)).toContain("404");
  },
);

test("a console process that is away is a 503", async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${await aFront(1)}/api/v1/vms/abc/serial`);
  const [error] = await once(socket, "error");
  expect(String(error)).toContain("503");
});
