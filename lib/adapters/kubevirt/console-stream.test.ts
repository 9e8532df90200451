import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RawData } from "ws";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { connectToCluster, type ClusterClient } from "./client";
import { openConsoleStream } from "./console-stream";
import { parseKubeconfig, type ClusterConnection } from "./kubeconfig";
import { createNamespace } from "./namespaces";
import { applyVirtualMachine, readVirtualMachineInstance } from "./virtual-machines";

let lab: KubevirtLab;
let client: ClusterClient;
let connection: ClusterConnection;

const options = { signal: new AbortController().signal, timeoutMs: 5_000 };
const screen = { namespace: "team-a", name: "console", kind: "vnc" } as const;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
  connection = parseKubeconfig(lab.kubeconfig);
  client = connectToCluster(connection);
  await createNamespace(client, { name: "team-a" });
  await createRunningVm("console");
});

afterAll(async () => {
  client.close();
  await lab.stop();
});

test("a screen greets in RFB, and the greeting is not lost while the caller gets ready", async () => {
  const socket = await openConsoleStream(connection, screen, options);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const greeting = once(socket, "message");
  socket.resume();
  const [bytes, isBinary] = (await greeting) as [RawData, boolean]; // ws types its events by name only.
  expect(isBinary).toBe(true);
  expect(String(bytes)).toBe("RFB 003.008\n");
  expect(socket.protocol).toBe("plain.kubevirt.io");
  expect(socket.extensions).toBe("");
  socket.terminate();
});

test("a serial port echoes what is typed", async () => {
  const socket = await openConsoleStream(connection, { ...screen, kind: "serial" }, options);
  let text = "";
  socket.on("message", (bytes: RawData) => (text += String(bytes)));
  socket.resume();
  socket.send(Buffer.from("\n"));
  while (!/login:/.test(text)) await new Promise((resolve) => setTimeout(resolve, 20));
  socket.terminate();
});

test("a machine that is not there is gone, in the cluster's words", async () => {
  await expect(openConsoleStream(connection, { ...screen, name: "nope" }, options)).rejects.toMatchObject({
    kind: "gone",
    status: 404,
    message: 'virtualmachineinstance.kubevirt.io "nope" not found',
  });
});

test("a newcomer that preserves the session is refused", async () => {
  const first = await openConsoleStream(connection, screen, options);
  const outcome = openConsoleStream(connection, { ...screen, preserveSession: true }, options).then(
    async (socket) => {
      socket.resume();
      await once(socket, "close");
      return "closed";
    },
    () => "refused",
  );
  expect(["closed", "refused"]).toContain(await outcome);
  expect(first.readyState).toBe(first.OPEN);
  first.terminate();
});

test("a false token is refused, another authority is not spoken to", async () => {
  const stranger: ClusterConnection = { ...connection, auth: { kind: "token", token: "false" } };
  await expect(openConsoleStream(stranger, screen, options)).rejects.toMatchObject({
    kind: "rejected",
    status: 401,
  });
  const elsewhere = await startKubevirtLab();
  const wrongAuthority = { ...connection, caData: elsewhere.caPem };
  await expect(openConsoleStream(wrongAuthority, screen, options)).rejects.toMatchObject({
    kind: "unavailable",
  });
  await elsewhere.stop();
});

test("a cluster that does not answer is given up, and so is one whose caller left", async () => {
  lab.control.faults.set({ hang: true });
  const silent = openConsoleStream(connection, screen, { ...options, timeoutMs: 200 });
  await expect(silent).rejects.toMatchObject({ kind: "unavailable", reason: "Timeout" });
  const left = openConsoleStream(connection, screen, { ...options, signal: AbortSignal.abort() });
  await expect(left).rejects.toMatchObject({ kind: "unavailable" });
  lab.control.faults.clear();
});

async function createRunningVm(name: string) {
  await applyVirtualMachine(client, {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name, namespace: "team-a" },
    spec: {
      runStrategy: "Always",
      template: { spec: { domain: { devices: {}, memory: { guest: "1Gi" } } } },
    },
  });
  for (;;) {
    const instance = await readVirtualMachineInstance(client, "team-a", name);
    if (instance?.status?.phase === "Running") return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
