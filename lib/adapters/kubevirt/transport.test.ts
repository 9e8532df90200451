import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createIdentity } from "@/e2e/lab/kubevirt/certificates";
import type { ClusterConnection } from "./kubeconfig";
import { openTransport, type ClusterRequest, type Transport } from "./transport";

let server: Server;
let connection: ClusterConnection;
let transport: Transport;
let respond: (request: IncomingMessage, response: ServerResponse) => void;
let received: string[];

beforeAll(async () => {
  const identity = await createIdentity("one", ["127.0.0.1"]);
  server = createServer({ cert: identity.certificatePem, key: identity.keyPem }, (request, response) => {
    received.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    respond(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // A TCP server's address is never a pipe's.
  const auth = { kind: "token", token: "secret" } as const;
  connection = {
    server: `https://127.0.0.1:${port}/prefix`,
    caData: identity.caPem,
    auth,
    contextName: "one",
  };
  transport = openTransport(connection);
});

beforeEach(() => {
  received = [];
});

afterAll(() => {
  transport.close();
  server.closeAllConnections();
  server.close();
});

const get: ClusterRequest = { method: "GET", path: "/version", timeoutMs: 2_000 };
const put: ClusterRequest = { method: "PUT", path: "/x", body: "{}", timeoutMs: 2_000 };

test("the token, the path below the server's own and the query are sent", async () => {
  respond = (_request, response) => response.end("hello");
  const answer = await transport.exchange({
    ...get,
    query: { limit: 5, continue: "a b&c", dryRun: undefined },
  });
  expect(answer).toMatchObject({ status: 200, body: "hello" });
  expect(received).toEqual(["GET /prefix/version?limit=5&continue=a+b%26c Bearer secret"]);
});

test("one connection serves many calls", async () => {
  const ports = new Set<number | undefined>();
  respond = (request, response) => {
    ports.add(request.socket.remotePort);
    response.end("{}");
  };
  for (let call = 0; call < 5; call += 1) await transport.exchange(get);
  expect(ports.size).toBe(1);
});

test("a redirect is refused and its target never called", async () => {
  respond = (_request, response) => response.writeHead(307, { location: "/elsewhere" }).end();
  await expect(transport.exchange(get)).rejects.toMatchObject({ kind: "rejected", reason: "Redirect" });
  expect(received).toHaveLength(1);
});

test("a server with another authority is not spoken to", async () => {
  const stranger = await createIdentity("two", ["127.0.0.1"]);
  const other = openTransport({ ...connection, caData: stranger.caPem });
  await expect(other.exchange(put)).rejects.toMatchObject({ kind: "unavailable", outcomeUnknown: false });
  expect(received).toEqual([]);
  other.close();
});

test("silence ends at the deadline, and a write's outcome stays open", async () => {
  respond = () => undefined;
  const failure = { kind: "unavailable", reason: "Timeout", message: "no answer within 0.1 s" };
  await expect(transport.exchange({ ...put, timeoutMs: 100 })).rejects.toMatchObject({
    ...failure,
    outcomeUnknown: true,
  });
  await expect(transport.exchange({ ...get, timeoutMs: 100 })).rejects.toMatchObject({
    ...failure,
    outcomeUnknown: false,
  });
});

test("an answer that drips for ever ends at the deadline too", async () => {
  respond = (_request, response) => {
    response.write("{");
    const timer = setInterval(() => response.write(" "), 20);
    response.on("close", () => clearInterval(timer));
  };
  await expect(transport.exchange({ ...get, timeoutMs: 150 })).rejects.toMatchObject({ reason: "Timeout" });
});

test("a lost answer leaves a write's outcome open", async () => {
  respond = (request) => request.socket.destroy();
  await expect(transport.exchange(put)).rejects.toMatchObject({ kind: "unavailable", outcomeUnknown: true });
});

test("an answer cut in the middle is a failure, not half an object", async () => {
  respond = (request, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write('{"kind":');
    setImmediate(() => request.socket.destroy());
  };
  await expect(transport.exchange(put)).rejects.toMatchObject({ kind: "unavailable", outcomeUnknown: true });
});

test("an answer past the limit is refused", async () => {
  respond = (_request, response) => response.end("x".repeat(5_000));
  await expect(transport.exchange({ ...get, bytesMax: 1_000 })).rejects.toMatchObject({
    reason: "AnswerTooLarge",
  });
});

test("a failure's words are cut off, however long they go on", async () => {
  respond = (_request, response) => response.writeHead(503).end("no ".repeat(1_000_000));
  await expect(transport.exchange(get)).rejects.toMatchObject({ kind: "unavailable", status: 503 });
});

test("the caller's signal ends a call", async () => {
  respond = () => undefined;
  const controller = new AbortController();
  const call = transport.exchange({ ...get, signal: controller.signal });
  setTimeout(() => controller.abort(), 30);
  await expect(call).rejects.toMatchObject({ kind: "unavailable", message: "the caller gave up" });
  await expect(transport.exchange({ ...get, signal: AbortSignal.abort() })).rejects.toMatchObject({
    reason: "Timeout",
  });
});

test("a read on a connection the cluster has just closed is sent again", async () => {
  respond = (_request, response) => response.end("{}");
  await transport.exchange(get);
  let failures = 1;
  respond = (request, response) => {
    if (failures-- > 0) request.socket.destroy();
    else response.end("again");
  };
  expect((await transport.exchange(get)).body).toBe("again");
});

test("nobody listening is unavailable and certainly not done", async () => {
  const gone = openTransport({ ...connection, server: "https://127.0.0.1:1" });
  await expect(gone.exchange(put)).rejects.toMatchObject({ reason: "ECONNREFUSED", outcomeUnknown: false });
  gone.close();
});

test("a read passes every idle connection that the cluster has closed, however many there are", async () => {
  const known = new Set<unknown>();
  let waiting: ServerResponse[] = [];
  respond = (request, response) => {
    known.add(request.socket);
    waiting.push(response);
    if (waiting.length < 3) return;
    for (const one of waiting) one.end("ok");
    waiting = [];
  };
  await Promise.all([transport.exchange(get), transport.exchange(get), transport.exchange(get)]);
  respond = (request, response) =>
    known.has(request.socket) ? void request.socket.destroy() : void response.end("fresh");
  expect(await transport.exchange(get)).toMatchObject({ body: "fresh" });
});
