import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket, type RawData } from "ws";
import { aConsoleUser, consoleRecords } from "@/e2e/factories/console";
import { closingOf, ConsoleHouse, type Visitor } from "@/e2e/factories/console-house";
import { ScreenViewer } from "@/e2e/factories/screen-viewer";
import { openSocket } from "@/e2e/lab/kubevirt/console/rfb-client";
import { answerControl } from "@/lib/console/answer-control";
import { issueConsoleToken } from "@/lib/console/issue-console-token";
import { listOpenSessions } from "@/lib/console/queries";
import { revokeConsole } from "@/lib/console/revoke-console";
import { closeCodes, consoleSocketPath, reconnectDelayOf } from "@/lib/console/rules";
import { db } from "@/lib/core/db";
import { inTransaction } from "@/lib/core/transaction";
import { askForControl } from "@/lib/requests/ask-for-control";
import { readConsoleAccess } from "@/lib/requests/read-console-access";
import { requestConsole } from "@/lib/requests/request-console";
import { forwardedHeader } from "./read-upgrade";
import { encodings } from "./rfb/encodings";

let house: ConsoleHouse;
let vm: Awaited<ReturnType<ConsoleHouse["aMachine"]>>;

beforeAll(async () => {
  house = await ConsoleHouse.open();
  vm = await house.aMachine("screen");
});

afterAll(() => house.close());

const control = () => ({ vmId: vm.id, consoleType: "vnc" }) as const;
const watch = () => ({ vmId: vm.id, consoleType: "vnc", mode: "watch" }) as const;
const serial = () => ({ vmId: vm.id, consoleType: "serial" }) as const;

async function aScreen(visitor: Visitor, over: { takesOver?: boolean } = {}) {
  const { socket, jti } = await house.connect(visitor, { ...control(), ...over });
  return { socket, jti, viewer: await ScreenViewer.open(socket) };
}

function hear(socket: WebSocket): () => string {
  let heard = "";
  socket.on("message", (bytes: RawData) => (heard += String(bytes)));
  return () => heard;
}

/** How many pixels differ between two pictures of one screen. */
function difference(one: Buffer, other: Buffer): number {
  let count = 0;
  for (let at = 0; at < one.length; at += 4) if (one.readUInt32LE(at) !== other.readUInt32LE(at)) count += 1;
  return count;
}

test("whoever watches sees what the other one types, over the same one connection to the cluster", async () => {
  const writer = await aConsoleUser(vm.systemId);
  const reader = await aConsoleUser(vm.systemId);
  const { socket, jti, viewer } = await aScreen(writer);
  await expect.poll(() => viewer.updates).toBeGreaterThan(0);
  expect([...viewer.seen]).toEqual([encodings.zrle]);

  const watching = await house.connect(reader, watch());
  const seen = await ScreenViewer.open(watching.socket);
  await expect.poll(() => seen.updates).toBeGreaterThan(0);
  await expect.poll(() => seen.pixels.some((byte) => byte !== 0)).toBe(true);
  // While somebody watches, the session goes on in what anybody can join.
  await expect.poll(() => viewer.seen.has(encodings.raw)).toBe(true);
  expect([...seen.seen]).not.toContain(encodings.zrle);

  const before = Buffer.from(seen.pixels);
  viewer.type("what I type is seen by others too");
  await expect.poll(() => difference(before, seen.pixels)).toBeGreaterThan(500);
  await expect.poll(() => difference(viewer.pixels, seen.pixels)).toBeLessThan(300);
  expect(await listOpenSessions(writer.ctx, vm.id)).toMatchObject([
    { jti, mode: "control" },
    { jti: watching.jti, mode: "watch", isOwn: false },
  ]);

  // The own encodings come back when nobody watches any more.
  viewer.seen.clear();
  watching.socket.close();
  await expect.poll(() => listOpenSessions(writer.ctx, vm.id)).toHaveLength(1);
  viewer.type("alone again");
  await expect.poll(() => viewer.seen.has(encodings.zrle)).toBe(true);
  socket.close();
  await expect.poll(() => house.proxy.sessionCount()).toBe(0);
  const records = await db().auditLog.findMany({
    where: { action: "vnc.access", actorId: reader.ctx.actor.id },
    orderBy: { seq: "asc" },
  });
  expect(records.map(({ details }) => details)).toMatchObject([
    { phase: "issued", mode: "watch" },
    { phase: "used", mode: "watch", watched: jti },
    { phase: "closed", mode: "watch", reason: "closed" },
  ]);
});

test("what whoever watches types reaches nobody, on the screen as on the serial line", async () => {
  const writer = await aConsoleUser(vm.systemId);
  const reader = await aConsoleUser(vm.systemId);
  const line = await house.connect(writer, serial());
  const written = hear(line.socket);
  await once(line.socket, "open");
  line.socket.send(Buffer.from("\n"));
  await expect.poll(written).toContain("login:");

  const watching = await house.connect(reader, { ...serial(), mode: "watch" });
  const read = hear(watching.socket);
  // The last of what was said before.
  await expect.poll(read).toContain("login:");
  watching.socket.send(Buffer.from("intruder\n"));
  line.socket.send(Buffer.from("owner\n"));
  await expect.poll(read).toContain("owner");
  await expect.poll(written).toContain("owner");
  expect(written()).not.toContain("intruder");
  line.socket.close();
  expect((await closingOf(watching.socket)).code).toBe(closeCodes.watch_ended);
});

test("a console somebody has is refused, and can be taken over: the other one learns by whom", async () => {
  const first = await aConsoleUser(vm.systemId);
  const second = await aConsoleUser(vm.systemId);
  const { socket, jti } = await aScreen(first);
  const asked = { ...control(), mode: "control" } as const;
  await expect(requestConsole(second.ctx, asked)).rejects.toMatchObject({
    code: "CONSOLE_IN_USE",
    params: { by: first.ctx.actor.displayName },
  });
  // Issued before the first one came; refused when it is used.
  const late = await house.connect(second, control());
  expect((await closingOf(late.socket)).code).toBe(closeCodes.in_use);

  const closing = closingOf(socket);
  const taken = await aScreen(second, { takesOver: true });
  expect((await closing).code).toBe(closeCodes.taken_over);
  const access = await readConsoleAccess(first.ctx, { vmId: vm.id });
  expect(access.lastEnding).toMatchObject({
    ...{ jti, reason: "taken_over" },
    byName: second.ctx.actor.displayName,
  });
  expect(access.sessions).toMatchObject([{ jti: taken.jti, mode: "control" }]);
  taken.socket.close();
  await expect.poll(() => house.proxy.sessionCount()).toBe(0);
});

test("of two tokens that were issued while the console was free, one opens it", async () => {
  const visitors = [await aConsoleUser(vm.systemId), await aConsoleUser(vm.systemId)];
  const tries = visitors.map(async (visitor) => {
    const { socket } = await house.connect(visitor, control());
    // What comes of it may come before the other one is through.
    const outcome = await Promise.race([
      once(socket, "message").then(() => "opened"),
      closingOf(socket).then(({ code }) => code),
    ]);
    return { socket, outcome };
  });
  const settled = await Promise.all(tries);
  const sockets = settled.map(({ socket }) => socket);
  expect(settled.map(({ outcome }) => outcome).sort()).toEqual([closeCodes.in_use, "opened"].sort());
  for (const socket of sockets) socket.terminate();
  await expect.poll(() => house.proxy.sessionCount()).toBe(0);
});

test("whoever is asked for the console may hand it over or keep it", async () => {
  const holder = await aConsoleUser(vm.systemId);
  const asker = await aConsoleUser(vm.systemId);
  const { socket, jti } = await aScreen(holder);
  const { askId } = await askForControl(asker.ctx, { vmId: vm.id, jti });
  expect((await askForControl(asker.ctx, { vmId: vm.id, jti })).askId).toBe(askId);
  const asks = async () => (await readConsoleAccess(holder.ctx, { vmId: vm.id })).asks;
  expect(await asks()).toMatchObject([{ askId, askerName: asker.ctx.actor.displayName }]);
  await expect(answerControl(asker.ctx, { askId, verdict: "grant" })).rejects.toMatchObject({
    code: "RESOURCE_NOT_FOUND",
  });

  await answerControl(holder.ctx, { askId, verdict: "decline" });
  expect(await asks()).toEqual([]);
  const own = async () => (await readConsoleAccess(asker.ctx, { vmId: vm.id })).ownAsk?.status;
  expect(await own()).toBe("declined");

  await expect(askForControl(asker.ctx, { vmId: vm.id, jti })).rejects.toMatchObject({
    code: "RATE_LIMIT_EXCEEDED",
  });
  await db().$executeRaw`UPDATE console_asks SET answered_at = now() - interval '1 hour' WHERE id = ${askId}`;
  const again = await askForControl(asker.ctx, { vmId: vm.id, jti });
  const closing = closingOf(socket);
  await answerControl(holder.ctx, { askId: again.askId, verdict: "grant" });
  expect((await closing).code).toBe(closeCodes.handed_over);
  expect(await own()).toBe("granted");
  const { socket: next } = await aScreen(asker);
  next.close();
  await expect.poll(() => house.proxy.sessionCount()).toBe(0);
  const phases = (await consoleRecords(vm.id)).map(({ phase }) => phase);
  expect(phases.filter((phase) => phase === "asked")).toHaveLength(2);
  expect(phases.filter((phase) => phase === "granted")).toHaveLength(1);
});

test("a question nobody answers expires", async () => {
  const holder = await aConsoleUser(vm.systemId);
  const asker = await aConsoleUser(vm.systemId);
  const { socket, jti } = await aScreen(holder);
  const { askId } = await askForControl(asker.ctx, { vmId: vm.id, jti });
  await db().$executeRaw`UPDATE console_asks SET expires_at = now() WHERE id = ${askId}`;
  await expect(answerControl(holder.ctx, { askId, verdict: "grant" })).rejects.toMatchObject({
    code: "RESOURCE_NOT_FOUND",
  });
  const again = await askForControl(asker.ctx, { vmId: vm.id, jti });
  expect(again.expiresAt.getTime()).toBeGreaterThan(Date.now());
  expect(again.askId).not.toBe(askId);
  const status = async () => (await db().consoleAsk.findUniqueOrThrow({ where: { id: askId } })).status;
  await expect.poll(status, { timeout: 10_000 }).toBe("expired");
  socket.close();
  await expect.poll(() => house.proxy.sessionCount()).toBe(0);
});

test("who keeps the System watches without a grant in production, others do not", async () => {
  const prod = await house.aMachine("prod", "prod");
  const holder = await aConsoleUser(prod.systemId);
  const owner = await aConsoleUser(prod.systemId, { role: "owner" });
  const member = await aConsoleUser(prod.systemId);
  const place = { vmId: prod.id, consoleType: "vnc" } as const;
  const { socket, jti } = await house.connect(holder, place);
  await ScreenViewer.open(socket);
  await expect(askForControl(member.ctx, { vmId: prod.id, jti })).rejects.toMatchObject({
    params: { reason: "APPROVAL_REQUIRED" },
  });
  await expect(requestConsole(member.ctx, { ...place, mode: "watch" })).rejects.toMatchObject({
    code: "VALIDATION_FAILED",
    params: { reason: "APPROVAL_REQUIRED" },
  });
  const mayWatch = async ({ ctx }: Visitor) => (await readConsoleAccess(ctx, { vmId: prod.id })).canObserve;
  expect([await mayWatch(owner), await mayWatch(member)]).toEqual([true, false]);
  const watching = await house.connect(owner, { ...place, mode: "watch", observes: true });
  const seen = await ScreenViewer.open(watching.socket);
  await expect.poll(() => seen.updates).toBeGreaterThan(0);

  const closing = closingOf(watching.socket);
  const begun = performance.now();
  await db().resourceRoleBinding.updateMany({
    where: { userId: owner.ctx.actor.id },
    data: { role: "member" },
  });
  expect((await closing).code).toBe(closeCodes.permission_lost);
  expect(performance.now() - begun).toBeLessThan(15_500);
  socket.close();
}, 30_000);

test("who keeps the System ends a session with a reason, and its person reads it", async () => {
  const holder = await aConsoleUser(vm.systemId);
  const owner = await aConsoleUser(vm.systemId, { role: "owner" });
  const { socket, jti } = await aScreen(holder);
  await expect(revokeConsole(holder.ctx, { jti })).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  const closing = closingOf(socket);
  const begun = performance.now();
  await revokeConsole(owner.ctx, { jti, reason: "Maintenance begins." });
  expect((await closing).code).toBe(closeCodes.revoked);
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect((await readConsoleAccess(holder.ctx, { vmId: vm.id })).lastEnding).toMatchObject({
    ...{ reason: "revoked", byName: owner.ctx.actor.displayName, comment: "Maintenance begins." },
  });
  await expect.poll(() => house.proxy.sessionCount()).toBe(0);
});

test("who watches and does not read is dropped; who has the screen notices nothing", async () => {
  const writer = await aConsoleUser(vm.systemId);
  const reader = await aConsoleUser(vm.systemId);
  const { socket, viewer } = await aScreen(writer);
  const watching = await house.connect(reader, watch());
  const seen = await ScreenViewer.open(watching.socket);
  await expect.poll(() => seen.updates).toBeGreaterThan(0);
  watching.socket.pause();
  const reason = async () =>
    (await db().vncAccessToken.findUniqueOrThrow({ where: { jti: watching.jti } })).closedReason;
  const before = viewer.updates;
  const deadline = performance.now() + 20_000;
  while ((await reason()) === null && performance.now() < deadline) {
    const drawn = viewer.updates;
    viewer.refresh();
    await expect.poll(() => viewer.updates, { interval: 5 }).toBeGreaterThan(drawn);
  }
  expect(await reason()).toBe("too_slow");
  expect(viewer.updates).toBeGreaterThan(before);
  expect(socket.readyState).toBe(socket.OPEN);
  watching.socket.terminate();
  socket.close();
  await expect.poll(() => house.proxy.sessionCount()).toBe(0);
}, 40_000);

test("a session that another process carries is watched all the same", async () => {
  const other = await house.anotherProxy();
  const writer = await aConsoleUser(vm.systemId);
  const reader = await aConsoleUser(vm.systemId);
  const { socket, viewer } = await aScreen(writer);
  const watching = await house.connect(reader, watch(), other);
  const seen = await ScreenViewer.open(watching.socket);
  await expect.poll(() => seen.updates).toBeGreaterThan(0);
  expect([house.proxy.sessionCount(), other.sessionCount()]).toEqual([2, 0]);
  await expect.poll(() => viewer.updates).toBeGreaterThan(0);

  // What was passed on once is not passed on again.
  const { token } = await inTransaction((tx) =>
    issueConsoleToken(tx, reader.ctx, { ...watch(), grant: null }),
  );
  const base = `127.0.0.1:${other.port}`;
  const passedOn = new WebSocket(`ws://${base}${consoleSocketPath(vm.id, "vnc")}`, {
    headers: {
      ...{ origin: `http://${base}`, [forwardedHeader]: "1" },
      cookie: `session_id=${reader.cookie}; vnc_bootstrap=${token}`,
    },
  });
  expect((await closingOf(passedOn)).code).toBe(closeCodes.watch_ended);

  // Taking over goes through whichever process the newcomer meets.
  const closing = closingOf(socket);
  const taken = await house.connect(reader, { ...control(), takesOver: true }, other);
  await ScreenViewer.open(taken.socket);
  expect((await closing).code).toBe(closeCodes.taken_over);
  const drained = closingOf(taken.socket);
  await other.stop();
  const { code, reason } = await drained;
  expect(code).toBe(closeCodes.shutdown);
  expect(reconnectDelayOf(reason)).toBeGreaterThan(0);
});

test("a screen in use past the portal is not taken from anybody unasked", async () => {
  const visitor = await aConsoleUser(vm.systemId);
  const path = `/apis/subresources.kubevirt.io/v1/namespaces/${vm.namespace}/virtualmachineinstances/${vm.name}/vnc`;
  const outsider = openSocket(house.lab, path);
  await once(outsider, "message");
  const refused = await house.connect(visitor, control());
  expect((await closingOf(refused.socket)).code).toBe(closeCodes.in_use);
  const gone = once(outsider, "close");
  const { socket } = await aScreen(visitor, { takesOver: true });
  await gone;
  socket.close();
  await expect.poll(() => house.proxy.sessionCount()).toBe(0);
}, 20_000);

test("a session that speaks otherwise than a page cannot be watched, and goes on", async () => {
  const writer = await aConsoleUser(vm.systemId);
  const reader = await aConsoleUser(vm.systemId);
  const { socket } = await house.connect(writer, control());
  const heard = hear(socket);
  await once(socket, "message");
  socket.send(Buffer.from("RFB 003.008\n"));
  socket.send(Buffer.from([1, 1]));
  // It keeps the server's own order of colours.
  socket.send(Buffer.from([3, 0, 0, 0, 0, 0, 0, 16, 0, 16]));
  await expect.poll(() => heard().length).toBeGreaterThan(500);
  const watching = await house.connect(reader, watch());
  const closing = closingOf(watching.socket);
  ScreenViewer.open(watching.socket).catch(() => undefined);
  expect((await closing).code).toBe(closeCodes.unwatchable);
  expect(socket.readyState).toBe(socket.OPEN);
  socket.close();
  await expect.poll(() => house.proxy.sessionCount()).toBe(0);
});
