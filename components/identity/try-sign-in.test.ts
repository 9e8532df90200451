import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tryDirectory } from "./try-sign-in";

const answers: Record<string, [status: number, body: string, retryAfter?: string]> = {
  "/in": [200, "{}"],
  "/wrong": [401, JSON.stringify({ code: "LOGIN_FAILED" })],
  "/often": [429, JSON.stringify({ code: "RATE_LIMIT_EXCEEDED" }), "61"],
  "/away": [503, JSON.stringify({ code: "PROVIDER_UNAVAILABLE" })],
  "/refused": [403, JSON.stringify({ code: "SIGN_IN_REFUSED" })],
  "/proxy": [502, "<html>Bad gateway</html>"],
};

let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const [status, body, retryAfter] = answers[request.url ?? ""] ?? [404, "{}"];
    if (retryAfter !== undefined) response.setHeader("retry-after", retryAfter);
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address of this shape.
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

const credentials = { username: "olivia", password: "a password" };

test("somebody whom the directory knows is signed in", async () => {
  expect(await tryDirectory(`${base}/in`, credentials)).toBeNull();
});

test.each([
  ["/wrong", { kind: "failed" }],
  ["/often", { kind: "throttled", minutes: 2 }],
  ["/away", { kind: "away" }],
  ["/refused", { kind: "refused" }],
  ["/proxy", { kind: "unavailable" }],
])("what %s answers is told in the page's own words", async (path, failure) => {
  expect(await tryDirectory(base + path, credentials)).toEqual(failure);
});

test("a portal that cannot be reached is told as such", async () => {
  expect(await tryDirectory("http://127.0.0.1:9/in", credentials)).toEqual({ kind: "unavailable" });
});
