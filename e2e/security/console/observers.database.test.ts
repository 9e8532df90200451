import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RawData, WebSocket } from "ws";
import { aConsoleUser, aSession } from "@/e2e/factories/console";
import { closingOf, type Visitor } from "@/e2e/factories/console-house";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { answerControl } from "@/lib/console/answer-control";
import { listSystemSessions } from "@/lib/console/queries";
import { revokeConsole } from "@/lib/console/revoke-console";
import { closeCodes } from "@/lib/console/rules";
import { liveSessionFilter, requestConsoleInput } from "@/lib/console/schema";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { disableUser } from "@/lib/identity/disable-user";
import { signOut } from "@/lib/identity/sign-out";
import { askForControl } from "@/lib/requests/ask-for-control";
import { readConsoleAccess } from "@/lib/requests/read-console-access";
import { requestConsole } from "@/lib/requests/request-console";
import { openSuite } from "../count-refusals";
import { aScreen, echo, type Screen } from "./ground/behaviours";
import { ConsoleHall, rowOf, type Asked, type Machine } from "./ground/console-hall";
import { greetScreen } from "./ground/greet-screen";

const inputsMin = 35;
const suite = openSuite("console observers");
let hall: ConsoleHall;

beforeAll(async () => {
  hall = await ConsoleHall.open();
});
afterAll(async () => {
  await hall.close();
  suite.print(inputsMin);
});

function judge(name: string, isRefused: boolean, what: unknown = ""): void {
  if (isRefused) suite.refused(name);
  else suite.accepted(`${name} (${String(what)})`);
}

interface Shown {
  vm: Machine;
  screen: Screen;
  holder: { socket: WebSocket; jti: string; visitor: Visitor };
}

async function aShownScreen(): Promise<Shown> {
  const screen = aScreen();
  const vm = await hall.aMachine(screen.behave);
  const visitor = await hall.aVisitor();
  const { socket, jti } = await hall.connect(visitor, vm);
  await greetScreen(socket);
  return { vm, screen, holder: { socket, jti, visitor } };
}

/** Somebody who watches it, and has seen something of it. */
async function aWatcher(vm: Machine, asked: Asked = {}, visitor?: Visitor) {
  const person = visitor ?? (await hall.aVisitor());
  const { socket, jti } = await hall.connect(person, vm, { mode: "watch", ...asked });
  await greetScreen(socket);
  return { visitor: person, socket, jti };
}

/** Everything that was sent before it has been looked at. */
async function settle(socket: WebSocket): Promise<void> {
  if (socket.readyState !== socket.OPEN) return;
  const answered = Promise.race([once(socket, "pong"), once(socket, "close")]);
  socket.ping();
  await answered;
}

const fixed: Record<number, number> = { 0: 20, 3: 10, 4: 8, 5: 6 };

/** The kinds of messages a screen was told, one after the other. */
function kindsOf(bytes: Buffer): number[] {
  const kinds: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const kind = bytes.readUInt8(at);
    const length = kind === 2 ? 4 + 4 * bytes.readUInt16BE(at + 2) : fixed[kind];
    kinds.push(kind);
    if (length === undefined) return kinds;
    at += length;
  }
  return kinds;
}

const key = (keysym: number) => Buffer.from([4, 1, 0, 0, 0, 0, keysym >> 8, keysym & 255]);
const intruders: Record<string, Buffer[]> = {
  "a key": [key(0xbeef)],
  "a key let go": [Buffer.from([4, 0, 0, 0, 0, 0, 0xbe, 0xef])],
  "Ctrl, Alt and Del": [0xffe3, 0xffe9, 0xffff].map(key),
  "the pointer": [Buffer.from([5, 1, 0, 3, 0, 4])],
  "the pointer's further buttons": [Buffer.from([5, 0x81, 0, 3, 0, 4, 1])],
  "the clipboard": [Buffer.concat([Buffer.from([6, 0, 0, 0, 0, 0, 0, 8]), Buffer.from("intruder")])],
  "the extended clipboard": [
    Buffer.concat([Buffer.from([6, 0, 0, 0, 0xff, 0xff, 0xff, 0xf8]), Buffer.alloc(8)]),
  ],
  "a size for the screen": [Buffer.concat([Buffer.from([251, 0, 4, 0, 3, 0, 1, 0]), Buffer.alloc(16)])],
  "a key by QEMU": [Buffer.from([255, 0, 0, 1, 0, 0, 0, 65, 0, 0, 0, 30])],
  "sound by QEMU": [Buffer.from([255, 1, 0, 0])],
  "a shutdown by XVP": [Buffer.from([250, 0, 1, 2])],
  "a restart by XVP": [Buffer.from([250, 0, 1, 3])],
  "a fence": [Buffer.from([248, 0, 0, 0, 0, 0, 0, 1, 2, 9, 9])],
  "updates without end": [Buffer.from([150, 1, 0, 0, 0, 0, 0, 16, 0, 16])],
  encodings: [Buffer.from([2, 0, 0, 1, 0xbe, 0xef, 0xbe, 0xef])],
  "an order of colours": [Buffer.concat([Buffer.from([0, 0, 0, 0, 8, 8, 0, 1]), Buffer.alloc(12)])],
  "a mebibyte of noise": [Buffer.alloc(1024 * 1024, 4)],
  "byte by byte": [...key(0xbeef)].map((byte) => Buffer.from([byte])),
};

test("what whoever watches sends reaches no screen", async () => {
  const { vm, screen, holder } = await aShownScreen();
  for (const [name, messages] of Object.entries(intruders)) {
    const watcher = await aWatcher(vm);
    const before = screen.heard().length;
    for (const bytes of messages) watcher.socket.send(bytes);
    await settle(watcher.socket);
    holder.socket.send(key(0x41));
    await expect.poll(() => screen.heard().includes(key(0x41), before)).toBe(true);
    const said = screen.heard().subarray(before);
    // The portal itself asks for whole pictures, in encodings that can be shared, and gives back the former ones.
    const kinds = kindsOf(said).filter((kind) => kind !== 2 && kind !== 3);
    const isClean = kinds.length === 1 && kinds[0] === 4 && !said.includes(Buffer.from([0xbe, 0xef]));
    judge(`a watcher's words: ${name}`, isClean, kinds);
    watcher.socket.close();
    await closingOf(watcher.socket);
  }
  expect(holder.socket.readyState).toBe(holder.socket.OPEN);
  holder.socket.terminate();
});

test("a watcher who speaks in text is put out; whoever has the screen is not", async () => {
  const { vm, holder } = await aShownScreen();
  const { socket } = await aWatcher(vm);
  const closing = closingOf(socket);
  socket.send("text");
  judge("a watcher's words: text", (await closing).code === closeCodes.misused);
  expect(holder.socket.readyState).toBe(holder.socket.OPEN);
  holder.socket.terminate();
});

test("what whoever watches types reaches no serial line", async () => {
  const vm = await hall.aMachine(echo);
  const holder = await hall.connect(await hall.aVisitor(), vm, { consoleType: "serial" });
  let heard = "";
  holder.socket.on("message", (bytes: RawData) => (heard += String(bytes)));
  await once(holder.socket, "message");
  for (const [name, words] of Object.entries({
    line: "intruder\n",
    control: "\u0003\u0004",
    break: "\u001d",
  })) {
    const watching = await hall.connect(await hall.aVisitor(), vm, { consoleType: "serial", mode: "watch" });
    await once(watching.socket, "open");
    watching.socket.send(Buffer.from(words));
    await settle(watching.socket);
    holder.socket.send(Buffer.from(`after ${name}`));
    await expect.poll(() => heard).toContain(`after ${name}`);
    judge(`a watcher at a serial line: ${name}`, !heard.includes(words));
    watching.socket.terminate();
  }
  holder.socket.terminate();
});

type Fall = (watcher: { visitor: Visitor; jti: string }, shown: Shown) => Promise<unknown>;
const falls: Record<string, { codes: number[]; fall: Fall }> = {
  "signs out": { codes: [closeCodes.session_ended], fall: ({ visitor }) => signOut(visitor.ctx) },
  "is disabled": {
    codes: [closeCodes.session_ended],
    fall: async ({ visitor }) => disableUser(await anAdministrator(), { userId: visitor.ctx.actor.id }),
  },
  "is put out": {
    codes: [closeCodes.revoked],
    fall: async ({ jti }) => revokeConsole(await anAdministrator(), { jti }),
  },
  "loses the VM": {
    // The one who has the screen may be told first, and with them it ends for all.
    codes: [closeCodes.vm_stopped, closeCodes.watch_ended],
    fall: (_watcher, { vm }) => db().vm.update({ where: { id: vm.id }, data: { status: "STOPPED" } }),
  },
  "watches somebody who leaves": {
    codes: [closeCodes.watch_ended],
    fall: async (_watcher, { holder }) => holder.socket.close(),
  },
  "watches somebody who is put out": {
    codes: [closeCodes.watch_ended],
    fall: async (_watcher, { holder }) => revokeConsole(await anAdministrator(), { jti: holder.jti }),
  },
  "watches somebody whose screen is taken over": {
    codes: [closeCodes.watch_ended],
    fall: async (_watcher, { vm }) => hall.connect(await hall.aVisitor(), vm, { takesOver: true }),
  },
};

test.concurrent.each(Object.entries(falls))(
  "a watcher who %s sees no more",
  { timeout: 30_000 },
  async (name, { codes, fall }) => {
    const shown = await aShownScreen();
    const watcher = await aWatcher(shown.vm);
    const closing = closingOf(watcher.socket);
    await fall(watcher, shown);
    const ended = await closing;
    judge(`a watcher who ${name}`, codes.includes(ended.code), ended.code);
    shown.holder.socket.terminate();
  },
);

test.concurrent("a watcher's grant ends with its time", { timeout: 30_000 }, async () => {
  const { vm, holder } = await aShownScreen();
  const visitor = await hall.aVisitor();
  const ticketId = newId();
  const endsAt = new Date(Date.now() + 3_000);
  await db().consoleGrant.create({
    data: { id: newId(), userId: visitor.ctx.actor.id, vmId: vm.id, ticketId, endsAt },
    select: { id: true },
  });
  const { socket } = await aWatcher(vm, { grant: { ticketId, endsAt } }, visitor);
  const { code } = await closingOf(socket);
  judge(
    "a watcher whose grant is over",
    code === closeCodes.grant_over && Date.now() - endsAt.getTime() < 2_000,
    code,
  );
  holder.socket.terminate();
});

test("a watcher's token gives no keys, and watches once", async () => {
  const { vm, screen, holder } = await aShownScreen();
  const visitor = await hall.aVisitor();
  const { token, jti } = await hall.issue(visitor, vm, { mode: "watch" });
  const cookie = `session_id=${visitor.cookie}; vnc_bootstrap=${token}`;
  const first = hall.dial(`/api/v1/vms/${vm.id}/vnc`, { cookie });
  await greetScreen(first);
  first.send(key(0xbeef));
  await settle(first);
  const closing = closingOf(holder.socket);
  holder.socket.close();
  await closing;
  judge("a watcher after the screen is free", !screen.heard().includes(key(0xbeef)));
  const again = hall.dial(`/api/v1/vms/${vm.id}/vnc`, { cookie });
  const status = await new Promise((resolve) => {
    again.once("unexpected-response", (_request, answer: { statusCode?: number }) =>
      resolve(answer.statusCode),
    );
    again.once("open", () => resolve("opened"));
  });
  judge("a watcher's token used again", status === 409, status);
  expect((await rowOf(jti)).mode).toBe("watch");
});

/** What somebody is told, word for word, but for the names they gave themselves. */
async function told(attempt: () => Promise<unknown>): Promise<string> {
  try {
    await attempt();
    return "nothing";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return JSON.stringify([error.status, error.code, error.params]);
  }
}

test("somebody else's machine is as absent as none", async () => {
  const { vm, holder } = await aShownScreen();
  const elsewhere = await aPerson("role-system-operator", { environments: ["test", "prod"] });
  const outsiders: Record<string, Context> = {
    "an operator elsewhere": elsewhere,
    "a new person": await aPerson(null),
  };
  const request = (mode: string) => (ctx: Context, place: { vmId: string }) =>
    requestConsole(ctx, requestConsoleInput.parse({ vmId: place.vmId, mode }));
  const attempts: Record<string, (ctx: Context, place: { vmId: string; jti: string }) => Promise<unknown>> = {
    "asks to watch": request("watch"),
    "asks for control": request("control"),
    "asks to take over": request("take_over"),
    "asks who has it": (ctx, { vmId }) => readConsoleAccess(ctx, { vmId }),
    "asks whoever has it": (ctx, { vmId, jti }) => askForControl(ctx, { vmId, jti }),
  };
  for (const [who, ctx] of Object.entries(outsiders)) {
    for (const [what, attempt] of Object.entries(attempts)) {
      const invisible = await told(() => attempt(ctx, { vmId: vm.id, jti: holder.jti }));
      const absent = await told(() => attempt(ctx, { vmId: newId(), jti: newId() }));
      judge(
        `${who} ${what}`,
        invisible === absent && invisible.startsWith("[404"),
        `${invisible}, else ${absent}`,
      );
    }
  }
  const filter = { ...liveSessionFilter.parse({}), systemId: vm.systemId };
  const listed = await told(() => listSystemSessions(elsewhere, filter));
  judge("an operator elsewhere lists its sessions", /^\[40[34]/.test(listed), listed);
  const revoked = await told(() => revokeConsole(elsewhere, { jti: holder.jti }));
  judge("an operator elsewhere ends its session", /^\[40[34]/.test(revoked), revoked);
  expect(holder.socket.readyState).toBe(holder.socket.OPEN);
  holder.socket.terminate();
});

test("a question is answered by whom it was put to, about their own session", async () => {
  const { vm, holder } = await aShownScreen();
  const asker = await aConsoleUser(vm.systemId);
  const owner = await aConsoleUser(vm.systemId, { role: "owner" });
  const { askId } = await askForControl(asker.ctx, { vmId: vm.id, jti: holder.jti });
  const others: Record<string, Context> = {
    "the asker": asker.ctx,
    "the System's owner": owner.ctx,
    "an administrator": await anAdministrator(),
    "somebody elsewhere": await aPerson("role-system-operator"),
  };
  for (const [who, ctx] of Object.entries(others)) {
    const answer = await told(() => answerControl(ctx, { askId, verdict: "grant" }));
    judge(`${who} answers for whoever has the screen`, answer.startsWith("[404"), answer);
  }
  const other = await hall.aMachine();
  const crossed = await told(() => askForControl(asker.ctx, { vmId: other.id, jti: holder.jti }));
  judge("a question about another machine's session", /^\[409/.test(crossed), crossed);
  expect((await rowOf(holder.jti)).supersededAt).toBeNull();
  holder.socket.terminate();
});

test("an overseer's right to watch is no right to the keys", async () => {
  const { vm, holder } = await aShownScreen();
  const member = await aConsoleUser(vm.systemId);
  const observed = await told(() =>
    requestConsole(member.ctx, requestConsoleInput.parse({ vmId: newId(), mode: "watch" })),
  );
  expect(observed).toMatch(/^\[404/);
  const administrator = await anAdministrator();
  const cookie = await aSession(administrator);
  const { socket, jti } = await hall.connect({ ctx: administrator, cookie }, vm, {
    mode: "watch",
    observes: true,
  });
  await greetScreen(socket);
  socket.send(key(0xbeef));
  await settle(socket);
  judge(
    "an overseer's keys",
    (await rowOf(jti)).mode === "watch" && (await rowOf(holder.jti)).closedAt === null,
  );
  socket.terminate();
  holder.socket.terminate();
});
