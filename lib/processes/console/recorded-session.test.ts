import { once } from "node:events";
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { WebSocket, type RawData } from "ws";
import { aConsoleUser, aRunningVm } from "@/e2e/factories/console";
import { aSignedInAdministrator, recordEnvironment } from "@/e2e/factories/recording";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { connectToCluster } from "@/lib/adapters/kubevirt/client";
import { parseKubeconfig } from "@/lib/adapters/kubevirt/kubeconfig";
import { createNamespace } from "@/lib/adapters/kubevirt/namespaces";
import { applyVirtualMachine, readVirtualMachineInstance } from "@/lib/adapters/kubevirt/virtual-machines";
import { issueConsoleToken } from "@/lib/console/issue-console-token";
import { readFrames } from "@/lib/console/recordings/frames/rules";
import { openRecording } from "@/lib/console/recordings/open-recording";
import { readContentKey } from "@/lib/console/recordings/read-content-key";
import { consoleSocketPath, type ConsoleType } from "@/lib/console/rules";
import { closeChanges } from "@/lib/core/changes";
import { db } from "@/lib/core/db";
import { inTransaction } from "@/lib/core/transaction";
import { recordingFolder } from "./recording/recording-folder";
import { RecordingReader } from "./recording/recording-reader";
import { startConsoleProxy, type ConsoleProxy } from "./start-proxy";

let lab: KubevirtLab;
let proxy: ConsoleProxy;
let vm: Awaited<ReturnType<typeof aRunningVm>>;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
  vm = await aRunningVm({ kubeconfig: lab.kubeconfig, namespace: "team-a", name: "recorded" });
  const client = connectToCluster(parseKubeconfig(lab.kubeconfig));
  await createNamespace(client, { name: "team-a" });
  await applyVirtualMachine(client, {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name: "recorded", namespace: "team-a" },
    spec: {
      runStrategy: "Always",
      template: { spec: { domain: { devices: {}, memory: { guest: "1Gi" } } } },
    },
  });
  const isRunning = async () =>
    (await readVirtualMachineInstance(client, "team-a", "recorded"))?.status?.phase === "Running";
  await vi.waitUntil(isRunning, { timeout: 10_000 });
  client.close();
  proxy = await startConsoleProxy({ host: "127.0.0.1", port: 0, proxyId: "recording-proxy" });
});

afterAll(async () => {
  await proxy.stop();
  await closeChanges();
  await lab.stop();
  await rm(recordingFolder(), { recursive: true, force: true });
});

/** One session through the real proxy, and every byte it brought. */
async function openSession(consoleType: ConsoleType) {
  const { ctx, cookie } = await aConsoleUser(vm.systemId);
  const { token, jti } = await inTransaction((tx) =>
    issueConsoleToken(tx, ctx, { vmId: vm.id, consoleType, grant: null }),
  );
  const address = `127.0.0.1:${proxy.port}`;
  const socket = new WebSocket(`ws://${address}${consoleSocketPath(vm.id, consoleType)}`, {
    perMessageDeflate: false,
    headers: { cookie: `session_id=${cookie}; vnc_bootstrap=${token}`, origin: `http://${address}` },
  });
  const received: Buffer[] = [];
  // ws hands over buffers unless it is told otherwise.
  socket.on("message", (bytes: RawData) => received.push(bytes as Buffer));
  await once(socket, "open");
  return { socket, jti, bytes: () => Buffer.concat(received) };
}

async function recordingOf(jti: string) {
  await expect
    .poll(async () => (await db().consoleRecording.findUnique({ where: { jti } }))?.status, {
      timeout: 10_000,
    })
    .toBe("complete");
  return db().consoleRecording.findUniqueOrThrow({ where: { jti } });
}

async function contentOf(recordingId: string) {
  const { ctx } = await aSignedInAdministrator();
  const { openingId } = await openRecording(ctx, { recordingId });
  const { contentKey } = await readContentKey(ctx, { recordingId, openingId });
  const reader = await RecordingReader.open(recordingFolder(), recordingId);
  if (reader === null) throw new Error("there is no file");
  const contents = await Promise.all(
    (await reader.listChunks()).map(({ number }) => reader.readChunk(number, contentKey)),
  );
  await reader.close();
  return contents.flatMap((content) => (content === null ? [] : readFrames(content)));
}

const shown = (frames: Awaited<ReturnType<typeof contentOf>>) =>
  Buffer.concat(frames.flatMap((frame) => ("bytes" in frame ? [frame.bytes] : [])));

test("a serial session is recorded as the person saw it, without what they typed", async () => {
  await recordEnvironment("test", "serial");
  const session = await openSession("serial");
  session.socket.send(Buffer.from("\n"));
  await expect.poll(() => String(session.bytes())).toContain("login:");
  session.socket.close();
  const recording = await recordingOf(session.jti);
  expect(recording).toMatchObject({ consoleType: "serial", vmName: vm.name, gapCount: 0 });
  const frames = await contentOf(recording.id);
  expect(shown(frames).equals(session.bytes())).toBe(true);
  expect(frames.at(-1)).toMatchObject({ kind: "end", reason: "closed" });
});

test("a screen is recorded byte by byte, in the format its page can replay", async () => {
  await recordEnvironment("test", "vnc");
  const { socket, jti, bytes } = await openSession("vnc");
  await expect.poll(() => bytes().length).toBe(12);
  socket.send(Buffer.from("RFB 003.008\n"));
  await expect.poll(() => bytes().length).toBeGreaterThan(13);
  socket.send(Buffer.of(1));
  await expect.poll(() => bytes().length).toBeGreaterThan(17);
  socket.send(Buffer.of(1));
  await expect.poll(() => bytes().length).toBeGreaterThan(40);
  socket.send(Buffer.from([0, 0, 0, 0, 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 0, 8, 16, 0, 0, 0]));
  socket.send(Buffer.from([2, 0, 0, 1, 0, 0, 0, 0]));
  socket.send(Buffer.from([3, 0, 0, 0, 0, 0, 0, 100, 0, 100]));
  await expect.poll(() => bytes().length, { timeout: 5_000 }).toBeGreaterThan(40_000);
  socket.close();
  const recording = await recordingOf(jti);
  expect(recording.isPlayable).toBe(true);
  const frames = await contentOf(recording.id);
  const recorded = shown(frames);
  // What was on its way when the person left is recorded too.
  expect(recorded.subarray(0, bytes().length).equals(bytes())).toBe(true);
  expect(frames.filter(({ kind }) => kind === "message").length).toBeGreaterThan(1);
});

test("where the rule does not ask for it, nothing is recorded", async () => {
  await recordEnvironment("test", "vnc");
  const session = await openSession("serial");
  session.socket.send(Buffer.from("\n"));
  await expect.poll(() => String(session.bytes())).toContain("login:");
  session.socket.close();
  await expect.poll(() => proxy.sessionCount()).toBe(0);
  expect(await db().consoleRecording.count({ where: { jti: session.jti } })).toBe(0);
});

test("a process that ends finishes its recordings first", async () => {
  await recordEnvironment("test", "both");
  const second = await startConsoleProxy({ host: "127.0.0.1", port: 0, proxyId: "second-proxy" });
  const kept = proxy;
  proxy = second;
  const session = await openSession("serial");
  session.socket.send(Buffer.from("\n"));
  await expect.poll(() => String(session.bytes())).toContain("login:");
  proxy = kept;
  await second.stop();
  const recording = await db().consoleRecording.findUniqueOrThrow({ where: { jti: session.jti } });
  expect(recording).toMatchObject({ status: "complete", brokenReason: null });
  expect((await contentOf(recording.id)).at(-1)).toMatchObject({ kind: "end", reason: "shutdown" });
});
