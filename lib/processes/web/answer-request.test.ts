import { once } from "node:events";
import http, { type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";
import { answerRequest } from "./answer-request";

let server: http.Server;
let address: string;
let cookie: string;
let isAway = false;
const seen: IncomingHttpHeaders[] = [];

beforeAll(async () => {
  server = http.createServer((request, response) => {
    const passOn = async () => {
      seen.push(request.headers);
      response.statusCode = request.url?.startsWith("/api/v1/only-get") ? 405 : 200;
      response.end(request.url?.startsWith("/api/v1/only-get") ? undefined : "page");
    };
    void answerRequest(request, response, { passOn, isDatabaseAway: () => isAway });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // The server listens on a port of TCP, so the address is an object.
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [userId, id, expiresAt] = [newId(), newId(), new Date(Date.now() + 3_600_000)];
  await db().user.create({
    data: { id: userId, username: userId, displayName: "Ada" },
    select: { id: true },
  });
  await db().userSession.create({ data: { id, userId, sessionVersion: 1, expiresAt }, select: { id: true } });
  cookie = `session_id=${await signSessionCookie({ id, userId, expiresAt })}`;
});
afterAll(() => server.close());
beforeEach(() => {
  seen.splice(0);
  isAway = false;
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** fetch would not send some of these headers. */
async function ask(method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const request = http.request(`${address}${path}`, { method, headers });
  request.end();
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  const parts = await response.toArray();
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(parts).toString(),
  };
}

test("what only the front may say is taken out and said anew", async () => {
  await ask("GET", "/vms?status=RUNNING&_rsc=1x", {
    "x-middleware-subrequest": "middleware:middleware",
    "x-nextjs-data": "1",
    "x-nextjs-request-id": "1",
    "x-shepherd-address": "10.9.9.9",
    "x-shepherd-path": "/elsewhere",
    "x-forwarded-for": "10.9.9.9",
    "x-forwarded-host": "evil.example",
    "x-nonce": "chosen",
    "content-security-policy": "script-src 'nonce-chosen'",
    "x-request-id": "client-chosen-1",
    rsc: "1",
  });
  expect(seen[0]).toMatchObject({
    "x-request-id": "client-chosen-1",
    "x-shepherd-address": "127.0.0.1",
    "x-shepherd-path": "/vms?status=RUNNING",
    rsc: "1",
  });
  expect(seen[0]?.["content-security-policy"]).not.toContain("nonce-chosen");
  expect(Object.keys(seen[0] ?? {}).filter((name) => /^x-(middleware|nextjs|forwarded)/.test(name))).toEqual(
    [],
  );
});

test("each page has a nonce of its own, known to the framework and told to the browser", async () => {
  const [first, second] = [await ask("GET", "/login"), await ask("GET", "/login")];
  const policies = [first, second].map(({ headers }) => String(headers["content-security-policy"]));
  expect(policies[0]).not.toBe(policies[1]);
  expect(policies[0]).toContain(`'nonce-${seen[0]?.["x-nonce"]}' 'strict-dynamic'`);
  expect(policies[0]).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
  expect(policies[0]).toContain("frame-ancestors 'none'");
});

test("a request id that could break a log line is replaced", async () => {
  const { headers } = await ask("GET", "/login", { "x-request-id": "no spaces allowed" });
  expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
});

describe("a write to a page", () => {
  const own = () => ({ cookie, origin: address, "sec-fetch-site": "same-origin" });

  test("passes with a live session of the same origin", async () => {
    expect((await ask("POST", "/vms/new", own())).status).toBe(200);
    expect(seen).toHaveLength(1);
  });

  const post = (extra: Record<string, string>) => ({
    method: "POST",
    headers: () => ({ ...own(), ...extra }),
  });

  test.each([
    ["without a session", post({ cookie: "" }), 401, "UNAUTHORIZED"],
    ["with a forged one", post({ cookie: "session_id=a.b.c" }), 401, "SESSION_EXPIRED"],
    ["from another site", post({ origin: "https://evil.example" }), 403, "FOREIGN_ORIGIN"],
    ["from a page without an origin", post({ origin: "null" }), 403, "FOREIGN_ORIGIN"],
    ["across sites by the browser's word", post({ "sec-fetch-site": "cross-site" }), 403, "FOREIGN_ORIGIN"],
    ["by another method", { method: "PUT", headers: own }, 405, "METHOD_NOT_ALLOWED"],
  ] as const)("never reaches the framework %s", async (_what, { method, headers }, ...refusal) => {
    const answer = await ask(method, "/vms/new", headers());
    expect([answer.status, JSON.parse(answer.text).code]).toEqual(refusal);
    expect(seen).toEqual([]);
  });

  test("leads a page whose session is over to the sign-in page", async () => {
    const answer = await ask("POST", "/vms/new?size=small", { origin: address, cookie: "session_id=gone" });
    expect(answer.headers["x-action-redirect"]).toBe(
      "/login?return_to=%2Fvms%2Fnew%3Fsize%3Dsmall&reason=session_expired;push",
    );
  });

  test("that is too large is refused by what it says of itself", async () => {
    const request = http.request(`${address}/vms/new`, {
      method: "POST",
      headers: { ...own(), "content-length": "2000000" },
    });
    request.flushHeaders();
    const [response] = (await once(request, "response")) as [http.IncomingMessage];
    request.destroy();
    expect(response.statusCode).toBe(413);
  });
});

test("a form that another site sends comes through to the API, where each door judges for itself", async () => {
  const path = "/api/v1/auth/providers/one/callback";
  for (const origin of ["null", "https://identity.test"]) {
    const headers = {
      origin,
      "sec-fetch-site": "cross-site",
      "content-type": "application/x-www-form-urlencoded",
    };
    expect((await ask("POST", path, headers)).status).toBe(200);
  }
  expect(seen).toHaveLength(2);
  expect((await ask("POST", "/login", { origin: "null", cookie })).status).toBe(403);
});

test("a method the API does not have gets the API's error body", async () => {
  const answer = await ask("PATCH", "/api/v1/only-get");
  expect([answer.status, JSON.parse(answer.text).code]).toEqual([405, "METHOD_NOT_ALLOWED"]);
});

test.each([
  ["POST", "/api/docs"],
  ["POST", "/api"],
  ["POST", "/api/v1"],
  ["POST", "/api/v1/?x"],
  ["PUT", "/api/auth"],
  ["POST", "/api/health/live"],
  ["POST", "/api/stream"],
  ["DELETE", "/api/unheard-of"],
  ["TRACE", "/"],
  ["PROPFIND", "/api/v1/systems"],
])("%s %s never reaches the framework", async (method, path) => {
  expect(await ask(method, path, { cookie, "next-action": "0".repeat(42) })).toMatchObject({ status: 405 });
  expect(seen).toEqual([]);
});

test("while the database is away, pages say so and the API answers for itself", async () => {
  isAway = true;
  const page = await ask("GET", "/vms");
  expect([page.status, page.headers["retry-after"]]).toEqual([503, "3"]);
  expect(page.text).toContain("cannot reach its database");
  expect((await ask("GET", "/_next/static/x.js")).status).toBe(200);
  expect((await ask("GET", "/api/v1/systems")).status).toBe(200);
});
