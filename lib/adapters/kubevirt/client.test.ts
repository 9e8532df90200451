import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createIdentity } from "@/e2e/lab/kubevirt/certificates";
import { detectCapabilities, probeCluster } from "./capabilities";
import { connectToCluster, type ClusterClient } from "./client";
import { readNamespace } from "./namespaces";
import { missingPermissions } from "./permissions";
import { applyVirtualMachine, listVirtualMachines, readVirtualMachine } from "./virtual-machines";

let server: Server;
let client: ClusterClient;
let received: IncomingMessage[] = [];
let respond: (response: ServerResponse) => void;

beforeAll(async () => {
  const identity = await createIdentity("hostile", ["127.0.0.1"]);
  server = createServer({ cert: identity.certificatePem, key: identity.keyPem }, (request, response) => {
    received.push(request);
    respond(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // A TCP server's address is never a pipe's.
  client = connectToCluster(
    {
      server: `https://127.0.0.1:${port}/k8s/clusters/c-1`,
      caData: identity.caPem,
      auth: { kind: "token", token: "secret" },
      contextName: "one",
    },
    { timeoutMs: 1_000 },
  );
});

beforeEach(() => {
  received = [];
});

afterAll(() => {
  client.close();
  server.closeAllConnections();
  server.close();
});

test("a typed call goes below the server's own path, with the token and our name", async () => {
  answer('{"gitVersion":"v1.36.2"}');
  expect(await probeCluster(client)).toMatchObject({ kubernetesVersion: "v1.36.2" });
  expect(received[0]?.url).toBe("/k8s/clusters/c-1/version");
  expect(received[0]?.headers).toMatchObject({
    authorization: "Bearer secret",
    "user-agent": "kubevirt-shepherd",
  });
});

test("a typed call follows no redirect", async () => {
  respond = (response) => response.writeHead(301, { location: "https://evil.example/" }).end();
  await expect(probeCluster(client)).rejects.toMatchObject({ kind: "rejected", reason: "Redirect" });
  expect(received).toHaveLength(1);
});

const calls: [name: string, call: () => Promise<unknown>][] = [
  ["probe", () => probeCluster(client)],
  ["capabilities", () => detectCapabilities(client)],
  ["namespace", () => readNamespace(client, "a")],
  ["permissions", () => missingPermissions(client)],
  ["virtual machine", () => readVirtualMachine(client, "a", "b")],
  ["list", () => listVirtualMachines(client)],
  ["apply", () => applyVirtualMachine(client, manifest)],
];

const hostileBodies = [
  "",
  "<html>",
  "null",
  "7",
  "[]",
  '"x"',
  "{}",
  '{"metadata":null,"items":null,"groups":null,"gitVersion":null,"status":null}',
  '{"metadata":{"name":{},"uid":[],"resourceVersion":1},"items":[null,1,"x",{}],"status":{"allowed":"yes"}}',
  '{"__proto__":{"polluted":true},"items":{"length":1e9},"groups":[{"name":"__proto__"}],"gitVersion":{}}',
  `{"gitVersion":"${"v".repeat(10_000)}","items":"x","groups":"x","metadata":"x"}`,
  "[".repeat(50_000),
];

test.each(calls)("whatever a cluster answers, %s fails in our words or survives it", async (_name, call) => {
  for (const body of hostileBodies) {
    answer(body);
    const outcome = await call().then(
      () => "survived",
      (error: unknown) => error,
    );
    if (outcome !== "survived") expect(outcome, body.slice(0, 60)).toMatchObject({ name: "ClusterFailure" });
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  }
});

test("a read that cannot be understood is rejected; a write that cannot be, is open", async () => {
  answer('{"kind":"Nonsense"}');
  const malformed = { kind: "rejected", reason: "MalformedAnswer" };
  await expect(readVirtualMachine(client, "a", "b")).rejects.toMatchObject({
    ...malformed,
    outcomeUnknown: false,
  });
  await expect(applyVirtualMachine(client, manifest)).rejects.toMatchObject({
    ...malformed,
    outcomeUnknown: true,
  });
});

const manifest = {
  apiVersion: "kubevirt.io/v1",
  kind: "VirtualMachine",
  metadata: { name: "b", namespace: "a" },
  spec: { template: { spec: { domain: {} } } },
} as const;

function answer(body: string) {
  respond = (response) => response.writeHead(200, { "content-type": "application/json" }).end(body);
}
