import type * as Dns from "node:dns";
import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { Server } from "node:https";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createIdentity } from "@/e2e/lab/kubevirt/certificates";
import { isOutsideFailure } from "./outside-failure";
import { OutsideFetchFailure, outsideFetch } from "./outside-fetch";
import type { OutsideFetchLimits } from "./outside-fetch";

type Callback = (error: Error | null, address: string | Dns.LookupAddress[], family?: number) => void;

vi.mock("node:dns", async (importOriginal) => {
  const dns = await importOriginal<typeof Dns>();
  const lookup = (name: string, options: { all?: boolean }, callback: Callback) => {
    if (name !== "rebind.example") return dns.lookup(name, options, callback as never);
    const address = "169.254.169.254";
    return options.all ? callback(null, [{ address, family: 4 }]) : callback(null, address, 4);
  };
  return { ...dns, lookup };
});

let server: Server;
let origin: string;
let limits: OutsideFetchLimits;
const bodies: string[] = [];

const answers: Record<string, RequestListener> = {
  "/hello": (_request, response) => response.writeHead(201, { "x-a": ["1", "2"] }).end("hello"),
  "/empty": (_request, response) => response.writeHead(204).end(),
  "/elsewhere": (_request, response) => response.writeHead(302, { location: "/hello" }).end("moved"),
  "/unchanged": (_request, response) => response.writeHead(304).end(),
  "/huge": (_request, response) => response.end("x".repeat(2_000)),
  "/endless": (_request, response) => void setInterval(() => response.write("x".repeat(500)), 20).unref(),
  "/drip": (_request, response) => void setInterval(() => response.write("x"), 100).unref(),
  "/silent": () => undefined,
  "/cut": (_request, response) =>
    response.writeHead(200, { "content-length": "100" }).write("x", () => response.destroy()),
  "/packed": (_request, response) =>
    response.setHeader("content-encoding", "gzip").end(gzipSync("x".repeat(900_000)).subarray(0, 900)),
  "/told": (request, response) => {
    request.on("data", (part: Buffer) => bodies.push(part.toString()));
    request.on("end", () => response.end(`${request.method} ${request.headers["x-b"]}`));
  },
};

beforeAll(async () => {
  const identity = await createIdentity("outside-fetch", ["127.0.0.1"]);
  server = createServer({ cert: identity.certificatePem, key: identity.keyPem }, (request, response) =>
    answers[request.url ?? ""]?.(request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  origin = `https://127.0.0.1:${address.port}`;
  limits = { caCertificate: identity.caPem, timeoutSeconds: 1, bytesMax: 1_000 };
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function failureOf(address: string, changes: Partial<OutsideFetchLimits> = {}): Promise<unknown> {
  try {
    return await outsideFetch({ ...limits, ...changes })(address);
  } catch (error) {
    expect(isOutsideFailure(error)).toBe(true);
    return error instanceof OutsideFetchFailure ? [error.kind, error.reason] : error;
  }
}

test("an answer comes with its status, headers and body", async () => {
  const answer = await outsideFetch(limits)(`${origin}/hello`);
  expect([answer.status, answer.headers.get("x-a"), await answer.text()]).toEqual([201, "1, 2", "hello"]);
  expect((await outsideFetch(limits)(`${origin}/empty`)).status).toBe(204);
});

test("a share of the time that is no whole number of milliseconds is a limit too", async () => {
  const third = outsideFetch({ ...limits, timeoutSeconds: 8 / 3 });
  expect((await third(`${origin}/hello`)).status).toBe(201);
});

test("what is asked arrives as it was given", async () => {
  const wanted = { method: "POST", headers: { "x-b": "b" }, body: "a=1" } as const;
  expect(await (await outsideFetch(limits)(`${origin}/told`, wanted)).text()).toBe("POST b");
  expect(bodies).toEqual(["a=1"]);
});

test.each([
  ["/elsewhere", "rejected", "redirect"],
  ["/unchanged", "rejected", "redirect"],
  ["/huge", "rejected", "too-large"],
  ["/endless", "rejected", "too-large"],
  ["/drip", "unavailable", "timeout"],
  ["/silent", "unavailable", "timeout"],
  ["/cut", "unavailable", "unreachable"],
])("%s fails: %s, %s", async (path, kind, reason) => {
  expect(await failureOf(`${origin}${path}`)).toEqual([kind, reason]);
});

test.each([
  ["http://127.0.0.1:1", "rejected", "address"],
  ["https://169.254.169.254/latest", "rejected", "address"],
  ["https://rebind.example/", "rejected", "address"],
  ["https://user:pass@127.0.0.1:1", "rejected", "address"],
  ["https://127.0.0.1:1/", "unavailable", "unreachable"],
])("%s fails: %s, %s", async (address, kind, reason) => {
  expect(await failureOf(address)).toEqual([kind, reason]);
});

test("a packed answer is not unpacked", async () => {
  const answer = await outsideFetch(limits)(`${origin}/packed`);
  expect((await answer.arrayBuffer()).byteLength).toBeLessThan(1_000);
});

test("a certificate has to come from a trusted authority, whatever the environment says", async () => {
  vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
  expect(await failureOf(`${origin}/hello`, { caCertificate: null })).toEqual(["rejected", "certificate"]);
  const other = await createIdentity("other", ["127.0.0.1"]);
  expect(await failureOf(`${origin}/hello`, { caCertificate: other.caPem })).toEqual([
    "rejected",
    "certificate",
  ]);
  expect(await failureOf(origin.replace("127.0.0.1", "localhost"))).toEqual(["rejected", "certificate"]);
  vi.unstubAllEnvs();
});

test("the caller may give up before the time is over", async () => {
  const signal = AbortSignal.timeout(50);
  const startedAt = performance.now();
  await expect(outsideFetch(limits)(`${origin}/silent`, { signal })).rejects.toMatchObject({
    kind: "unavailable",
  });
  expect(performance.now() - startedAt).toBeLessThan(900);
});

test("no connection stays open", async () => {
  await outsideFetch(limits)(`${origin}/hello`);
  await expect
    .poll(() => new Promise((resolve) => server.getConnections((_error, count) => resolve(count))))
    .toBe(0);
});
