import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createIdentity } from "@/e2e/lab/kubevirt/certificates";
import { connectToCluster, type ClusterClient } from "./client";
import { readMachineFields } from "./open-api";

const documentPath = "/openapi/v3/apis/kubevirt.io/v1";
let server: Server;
let client: ClusterClient;
let asked: string[];
let answers: Record<string, string | ((response: ServerResponse) => void)>;

beforeAll(async () => {
  const identity = await createIdentity("one", ["127.0.0.1"]);
  server = createServer({ cert: identity.certificatePem, key: identity.keyPem }, (request, response) => {
    asked.push(request.url ?? "");
    const answer = answers[(request.url ?? "").split("?")[0] ?? ""] ?? "{}";
    if (typeof answer === "string") response.end(answer);
    else answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // A TCP server's address is never a pipe's.
  client = connectToCluster({
    server: `https://127.0.0.1:${port}`,
    caData: identity.caPem,
    auth: { kind: "token", token: "secret" },
    contextName: "one",
  });
});
afterAll(() => {
  client.close();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  answers = { "/openapi/v3": indexTo(`${documentPath}?hash=AB12`), [documentPath]: documentOf(machine) };
});

const indexTo = (serverRelativeURL: string) =>
  JSON.stringify({ paths: { "apis/kubevirt.io/v1": { serverRelativeURL } } });
const spec = { type: "object", required: ["template"], properties: { template: { type: "object" } } };
const machine = {
  "x-kubernetes-group-version-kind": [{ group: "kubevirt.io", version: "v1", kind: "VirtualMachine" }],
  properties: { spec },
};
const documentOf = (schema: unknown) =>
  JSON.stringify({
    components: { schemas: { other: { type: "object" }, "io.kubevirt.v1.VirtualMachine": schema } },
  });
const read = (timeoutMs = 5_000) => readMachineFields(client, { timeoutMs });

test("the index leads to the hashed document, and the document to the machine's spec", async () => {
  expect(await read()).toEqual({
    type: "object",
    children: { template: { type: "object", children: {}, required: true } },
  });
  expect(asked).toEqual(["/openapi/v3", `${documentPath}?hash=AB12`]);
});

test.each([
  "https://evil.example/openapi/v3/apis/kubevirt.io/v1?hash=AB",
  "//evil.example/openapi/v3",
  "/openapi/v3/apis/kubevirt.io/v1/../../../../api/v1/secrets",
  "/api/v1/secrets",
  "/openapi/v3/apis/kubevirt.io/v1?hash=AB&x=1",
])("an index that sends elsewhere is not followed: %s", async (address) => {
  answers["/openapi/v3"] = indexTo(address);
  await expect(read()).rejects.toMatchObject({ kind: "rejected", reason: "MalformedAnswer" });
  expect(asked).toEqual(["/openapi/v3"]);
});

test.each([
  ["no JSON", "<html>"],
  ["nothing", "{}"],
  ["no machine", JSON.stringify({ components: { schemas: {} } })],
  ["a machine without spec", documentOf({ ...machine, properties: {} })],
  [
    "a spec without template",
    documentOf({ ...machine, properties: { spec: { type: "object", properties: {} } } }),
  ],
  ["a hundred thousand brackets", "[".repeat(100_000)],
  ["schemas that are a list", JSON.stringify({ components: { schemas: [machine] } })],
])("a document with %s is refused", async (_what, text) => {
  answers[documentPath] = text;
  await expect(read()).rejects.toMatchObject({ kind: "rejected", reason: "MalformedAnswer" });
});

test("more than eight megabytes are not read to the end", async () => {
  let written = 0;
  answers[documentPath] = (response) => {
    const chunk = "x".repeat(1024 * 1024);
    const more = () => {
      if (response.destroyed || written > 64) return;
      written += 1;
      response.write(chunk, more);
    };
    more();
  };
  await expect(read()).rejects.toMatchObject({ kind: "rejected", reason: "AnswerTooLarge" });
  expect(written).toBeLessThan(40);
});

test("both calls together end at the time given", async () => {
  answers[documentPath] = () => undefined;
  const begun = performance.now();
  await expect(read(400)).rejects.toMatchObject({ kind: "unavailable", reason: "Timeout" });
  expect(performance.now() - begun).toBeLessThan(2_000);
});
