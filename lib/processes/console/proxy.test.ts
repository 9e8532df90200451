import { once } from "node:events";
import type net from "node:net";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { WebSocket, type RawData } from "ws";
import { aConsoleUser, aRunningVm, consoleRecords, type SignedIn } from "@/e2e/factories/console";
import { aPerson } from "@/e2e/factories/person";
import { aVm } from "@/e2e/factories/vm";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { connectToCluster } from "@/lib/adapters/kubevirt/client";
import { parseKubeconfig } from "@/lib/adapters/kubevirt/kubeconfig";
import { createNamespace } from "@/lib/adapters/kubevirt/namespaces";
import { applyVirtualMachine, readVirtualMachineInstance } from "@/lib/adapters/kubevirt/virtual-machines";
import { issueConsoleToken } from "@/lib/console/issue-console-token";
import { revokeConsole } from "@/lib/console/revoke-console";
import { closeCodes, consoleSocketPath, type ConsoleType } from "@/lib/console/rules";
import { closeChanges } from "@/lib/core/changes";
import { db } from "@/lib/core/db";
import { inTransaction } from "@/lib/core/transaction";
import { signOut } from "@/lib/identity/sign-out";
import { startConsoleProxy, type ConsoleProxy } from "./start-proxy";

let lab: KubevirtLab;
let proxy: ConsoleProxy;
let vm: Awaited<ReturnType<typeof aRunningVm>>;
let prodVm: Awaited<ReturnType<typeof aRunningVm>>;

interface Visitor {
  ctx: SignedIn;
  cookie: string;
}

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
  vm = await aRunningVm({ kubeconfig: lab.kubeconfig, namespace: "team-a", name: "screen" });
  prodVm = await aRunningVm({
    kubeconfig: lab.kubeconfig,
    namespace: "team-p",
    name: "screen-p",
    environment: "prod",
  });
  await runInLab("team-a", "screen");
  await runInLab("team-p", "screen-p");
  proxy = await startConsoleProxy({ host: "127.0.0.1", port: 0, proxyId: "test-proxy" });
});

// Whoever comes next finds a screen that nobody holds.
afterEach(async () => {
  lab.control.faults.clear();
  await expect.poll(() => proxy.sessionCount()).toBe(0);
});

afterAll(async () => {
  await proxy.stop();
  await closeChanges();
  await lab.stop();
});

async function runInLab(namespace: string, name: string) {
  const client = connectToCluster(parseKubeconfig(lab.kubeconfig));
  await createNamespace(client, { name: namespace });
  await applyVirtualMachine(client, {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name, namespace },
    spec: {
      runStrategy: "Always",
      template: { spec: { domain: { devices: {}, memory: { guest: "1Gi" } } } },
    },
  });
  await vi.waitUntil(
    async () => (await readVirtualMachineInstance(client, namespace, name))?.status?.phase === "Running",
    { timeout: 10_000 },
  );
  client.close();
}

const issue = (
  ctx: SignedIn,
  grant: { ticketId: string; endsAt: Date } | null = null,
  consoleType: ConsoleType = "vnc",
) =>
  inTransaction((tx) =>
    issueConsoleToken(tx, ctx, { vmId: grant === null ? vm.id : prodVm.id, consoleType, grant }),
  );

interface Attempt {
  path?: string;
  origin?: string;
  cookies?: string;
  protocols?: string[];
}

function connect({
  path = consoleSocketPath(vm.id, "vnc"),
  origin,
  cookies,
  protocols = [],
}: Attempt): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${proxy.port}${path}`, protocols, {
    perMessageDeflate: false,
    headers: {
      ...(cookies === undefined ? {} : { cookie: cookies }),
      ...(origin === "" ? {} : { origin: origin ?? `http://127.0.0.1:${proxy.port}` }),
    },
  });
  socket.on("error", () => undefined);
  return socket;
}

const cookiesOf = ({ cookie }: Visitor, token: string) => `session_id=${cookie}; vnc_bootstrap=${token}`;

/** The status with which an upgrade is refused, or "opened". */
async function outcomeOf(socket: WebSocket): Promise<number | "opened"> {
  return new Promise((resolve) => {
    socket.once("open", () => {
      socket.terminate();
      resolve("opened");
    });
    socket.once("unexpected-response", (_request, answer: { statusCode?: number; resume(): void }) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
  });
}

async function openScreen(visitor: Visitor, attempt: Attempt = {}) {
  const { token, jti } = await issue(visitor.ctx);
  const socket = connect({ cookies: cookiesOf(visitor, token), ...attempt });
  return { socket, jti, token, greeting: await greetingOf(socket) };
}

async function greetingOf(socket: WebSocket): Promise<string> {
  // ws types its events by name only.
  const [bytes] = (await once(socket, "message")) as [RawData];
  return String(bytes);
}

async function closingOf(socket: WebSocket): Promise<number> {
  // ws types its events by name only.
  const [code] = (await once(socket, "close")) as [number];
  return code;
}

const rowOf = (jti: string) => db().vncAccessToken.findUniqueOrThrow({ where: { jti } });

test("a token opens the screen: the cluster's greeting arrives, and start and end are on record", async () => {
  const visitor = await aConsoleUser(vm.systemId);
  const { socket, jti, greeting } = await openScreen(visitor, { protocols: ["binary"] });
  expect(greeting).toBe("RFB 003.008\n");
  expect(socket.protocol).toBe("binary");
  socket.send(Buffer.from("RFB 003.008\n"));
  const [types] = (await once(socket, "message")) as [Buffer]; // ws types its events by name only.
  expect(types[0]).toBeGreaterThan(0);
  expect(proxy.sessionCount()).toBe(1);
  socket.close();
  await expect.poll(async () => (await rowOf(jti)).closedReason).toBe("closed");
  const row = await rowOf(jti);
  expect(Number(row.bytesSent)).toBeGreaterThanOrEqual(14);
  expect(Number(row.bytesReceived)).toBe(12);
  expect((await consoleRecords(vm.id)).map(({ phase }) => phase)).toEqual(["issued", "used", "closed"]);
  await expect.poll(() => proxy.sessionCount()).toBe(0);
});

test("a serial console answers what is typed", async () => {
  const visitor = await aConsoleUser(vm.systemId);
  const { token } = await issue(visitor.ctx, null, "serial");
  const socket = connect({ path: consoleSocketPath(vm.id, "serial"), cookies: cookiesOf(visitor, token) });
  let text = "";
  socket.on("message", (bytes: RawData) => (text += String(bytes)));
  await once(socket, "open");
  socket.send(Buffer.from("\n"));
  await expect.poll(() => text).toContain("login:");
  socket.terminate();
});

test("a foreign, a missing and a misspelt origin are refused, and the token is not spent", async () => {
  const visitor = await aConsoleUser(vm.systemId);
  const { token } = await issue(visitor.ctx);
  const cookies = cookiesOf(visitor, token);
  const own = `http://127.0.0.1:${proxy.port}`;
  const foreign = [
    "https://evil.example",
    "null",
    "",
    `${own}.evil.example`,
    `${own}/`,
    "http://127.0.0.1",
    "file://",
  ];
  for (const origin of foreign)
    expect([origin, await outcomeOf(connect({ cookies, origin }))]).toEqual([origin, 403]);
  expect(await outcomeOf(connect({ cookies }))).toBe("opened");
});

test("without a session, with another's session or with a spent token there is no console", async () => {
  const visitor = await aConsoleUser(vm.systemId);
  const colleague = await aConsoleUser(vm.systemId);
  const { token } = await issue(visitor.ctx);
  expect(await outcomeOf(connect({ cookies: `vnc_bootstrap=${token}` }))).toBe(401);
  expect(await outcomeOf(connect({ cookies: `session_id=forged; vnc_bootstrap=${token}` }))).toBe(401);
  expect(await outcomeOf(connect({ cookies: `session_id=${visitor.cookie}` }))).toBe(401);
  expect(await outcomeOf(connect({ cookies: cookiesOf(colleague, token) }))).toBe(403);
  expect(
    await outcomeOf(
      connect({ path: consoleSocketPath(prodVm.id, "vnc"), cookies: cookiesOf(visitor, token) }),
    ),
  ).toBe(403);
  expect(await outcomeOf(connect({ cookies: cookiesOf(visitor, token) }))).toBe("opened");
  expect(await outcomeOf(connect({ cookies: cookiesOf(visitor, token) }))).toBe(409);
});

test("addresses that are no console's are not found", async () => {
  const visitor = await aConsoleUser(vm.systemId);
  const { token } = await issue(visitor.ctx);
  const own = consoleSocketPath(vm.id, "vnc");
  const strange = [
    "/",
    `${own}?token=${token}`,
    `${own}/`,
    own.replace("vnc", "usbredir"),
    "/api/v1/vms/../x/vnc",
  ];
  for (const path of strange)
    expect(await outcomeOf(connect({ path, cookies: cookiesOf(visitor, token) }))).toBe(404);
});

test("of 50 connections with one token one gets the screen", async () => {
  const visitor = await aConsoleUser(vm.systemId);
  const { token } = await issue(visitor.ctx);
  const cookies = cookiesOf(visitor, token);
  const sockets = Array.from({ length: 50 }, () => connect({ cookies }));
  const closings: number[] = [];
  for (const socket of sockets) socket.once("close", (code) => closings.push(code));
  const greeted = await new Promise((resolve) => {
    for (const socket of sockets) socket.once("message", (bytes) => resolve(String(bytes)));
  });
  expect(greeted).toBe("RFB 003.008\n");
  await expect.poll(() => closings.length).toBe(49);
  expect(
    await db().vncAccessToken.count({ where: { userId: visitor.ctx.actor.id, usedAt: { not: null } } }),
  ).toBe(1);
  for (const socket of sockets) socket.terminate();
});

test("signing out ends an open console within five seconds", async () => {
  const visitor = await aConsoleUser(vm.systemId);
  const { socket, jti } = await openScreen(visitor);
  const closing = closingOf(socket);
  const begun = performance.now();
  await signOut(visitor.ctx);
  expect(await closing).toBe(closeCodes.session_ended);
  expect(performance.now() - begun).toBeLessThan(5_000);
  await expect.poll(async () => (await rowOf(jti)).closedReason).toBe("session_ended");
});

test("revoking a console ends it within five seconds", async () => {
  const visitor = await aConsoleUser(vm.systemId);
  const admin = await aPerson("role-platform-admin");
  const { socket, jti } = await openScreen(visitor);
  const closing = closingOf(socket);
  const begun = performance.now();
  await revokeConsole(admin, { vmId: vm.id, jti });
  expect(await closing).toBe(closeCodes.revoked);
  expect(performance.now() - begun).toBeLessThan(5_000);
});

test("a console is cut at the end of its grant, even while in use", async () => {
  const visitor = await aConsoleUser(prodVm.systemId);
  const ticketId = `ticket-${prodVm.id}`;
  const endsAt = new Date(Date.now() + 2_500);
  await db().$executeRaw`
    INSERT INTO console_grants (id, user_id, vm_id, ticket_id, ends_at)
    VALUES (${ticketId}, ${visitor.ctx.actor.id}, ${prodVm.id}, ${ticketId}, ${endsAt}::timestamptz)`;
  const { token } = await issue(visitor.ctx, { ticketId, endsAt });
  const socket = connect({ path: consoleSocketPath(prodVm.id, "vnc"), cookies: cookiesOf(visitor, token) });
  expect(await greetingOf(socket)).toBe("RFB 003.008\n");
  expect(await closingOf(socket)).toBe(closeCodes.grant_over);
  expect(Math.abs(Date.now() - endsAt.getTime())).toBeLessThan(1_000);
});

test("the VM's stop is told as such, when the cluster hangs up and when the portal hears of it", async () => {
  const visitor = await aConsoleUser(vm.systemId);
  const { socket } = await openScreen(visitor);
  const closing = closingOf(socket);
  await db().vm.update({ where: { id: vm.id }, data: { status: "STOPPED" }, select: { id: true } });
  expect(await closing).toBe(closeCodes.vm_stopped);
  await db().vm.update({ where: { id: vm.id }, data: { status: "RUNNING" }, select: { id: true } });
});

test("one's own second window takes the screen over, and the former one is told", async () => {
  const visitor = await aConsoleUser(vm.systemId);
  const former = await openScreen(visitor);
  const closing = closingOf(former.socket);
  const latter = await openScreen(visitor);
  expect(latter.greeting).toBe("RFB 003.008\n");
  expect(await closing).toBe(closeCodes.taken_over);
  latter.socket.terminate();
});

test("a cluster that cannot be reached is told as such", async () => {
  const visitor = await aConsoleUser(vm.systemId);
  lab.control.faults.set({ virtApiDown: true });
  const { token, jti } = await issue(visitor.ctx);
  const socket = connect({ cookies: cookiesOf(visitor, token) });
  expect(await closingOf(socket)).toBe(closeCodes.cluster_lost);
  await expect.poll(async () => (await rowOf(jti)).closedReason).toBe("cluster_lost");
});

test("text, huge and malformed frames end their own session and nobody else's", async () => {
  const bystander = await aConsoleUser(prodVm.systemId);
  const { token } = await issue(bystander.ctx, await aLongGrant(bystander));
  const other = connect({ path: consoleSocketPath(prodVm.id, "vnc"), cookies: cookiesOf(bystander, token) });
  await greetingOf(other);
  const hostile: ((socket: WebSocket) => void)[] = [
    (socket) => socket.send("text"),
    (socket) => socket.send(Buffer.alloc(1024 * 1024 + 1)),
    (socket) => rawOf(socket).write(Buffer.from([0xff, 0xff, 0xff, 0xff])),
    (socket) => rawOf(socket).write(Buffer.from([0x82, 0x05, 1, 2, 3, 4, 5])),
    (socket) =>
      rawOf(socket).write(Buffer.from([0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])),
    (socket) => rawOf(socket).destroy(),
  ];
  for (const act of hostile) {
    const visitor = await aConsoleUser(vm.systemId);
    const { socket, jti } = await openScreen(visitor);
    act(socket);
    await expect.poll(async () => (await rowOf(jti)).closedAt).not.toBeNull();
    socket.terminate();
  }
  other.send(Buffer.from("RFB 003.008\n"));
  await once(other, "message");
  other.terminate();
});

async function aLongGrant({ ctx }: Visitor) {
  const ticketId = `ticket-${ctx.actor.id}`;
  const endsAt = new Date(Date.now() + 60_000);
  await db().$executeRaw`
    INSERT INTO console_grants (id, user_id, vm_id, ticket_id, ends_at)
    VALUES (${ticketId}, ${ctx.actor.id}, ${prodVm.id}, ${ticketId}, ${endsAt}::timestamptz)`;
  return { ticketId, endsAt };
}

/** ws keeps the connection to itself; only a test speaks against the protocol. */
function rawOf(socket: WebSocket): net.Socket {
  return (socket as unknown as { _socket: net.Socket })._socket;
}

test("one person has ten consoles at a time, not eleven; somebody else still gets in", async () => {
  const visitor = await aConsoleUser(vm.systemId);
  const colleague = await aConsoleUser(vm.systemId);
  // A cluster that is slow to answer holds them all in the opening.
  lab.control.faults.set({ hang: true });
  const sockets: WebSocket[] = [];
  const screens = await Promise.all(Array.from({ length: 10 }, (_, index) => aScreenBeside(index + 2)));
  for (const { id } of screens) {
    const subject = { vmId: id, consoleType: "vnc", grant: null } as const;
    const { token } = await inTransaction((tx) => issueConsoleToken(tx, visitor.ctx, subject));
    const socket = connect({ path: consoleSocketPath(id, "vnc"), cookies: cookiesOf(visitor, token) });
    await once(socket, "open");
    sockets.push(socket);
  }
  const { token, jti } = await issue(visitor.ctx);
  const eleventh = connect({ cookies: cookiesOf(visitor, token) });
  expect(await closingOf(eleventh)).toBe(closeCodes.busy);
  expect((await rowOf(jti)).usedAt).toBeNull();
  const other = connect({ cookies: cookiesOf(colleague, (await issue(colleague.ctx)).token) });
  await once(other, "open");
  for (const socket of [...sockets, other]) socket.terminate();
  await expect.poll(() => proxy.sessionCount()).toBe(0);
  expect(await outcomeOf(connect({ cookies: cookiesOf(visitor, token) }))).toBe("opened");
});

/** Another machine of the same service. */
async function aScreenBeside(instance: number) {
  const { clusterId, namespace, serviceId } = await db().vm.findUniqueOrThrow({ where: { id: vm.id } });
  return aVm({ clusterId, namespace, serviceId, instance: String(instance), status: "RUNNING" });
}

test("its health is asked on its own port; nothing else is answered", async () => {
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${proxy.port}${path}`)).status;
  expect([await ask("/health"), await ask("/health/ready"), await ask("/metrics"), await ask("/")]).toEqual([
    200, 200, 404, 404,
  ]);
});

test("a process that stops says goodbye, records the ends and leaves nothing open", async () => {
  const visitor = await aConsoleUser(vm.systemId);
  const draining = await startConsoleProxy({ host: "127.0.0.1", port: 0, proxyId: "draining" });
  const { token, jti } = await issue(visitor.ctx);
  const origin = `http://127.0.0.1:${draining.port}`;
  const socket = new WebSocket(`ws://127.0.0.1:${draining.port}${consoleSocketPath(vm.id, "vnc")}`, {
    headers: { cookie: cookiesOf(visitor, token), origin },
  });
  await greetingOf(socket);
  const closing = closingOf(socket);
  await draining.stop();
  expect(await closing).toBe(closeCodes.shutdown);
  expect((await rowOf(jti)).closedReason).toBe("shutdown");
});
