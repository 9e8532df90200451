import { afterAll, describe, expect, test } from "vitest";
import { anAccount, firstPassword } from "@/e2e/factories/account";
import { aRunningVm } from "@/e2e/factories/console";
import { issueConsoleToken } from "@/lib/console/issue-console-token";
import { openConsole } from "@/lib/console/open-console";
import { recheckConsole } from "@/lib/console/recheck-console";
import { closeChanges, listenForChanges } from "@/lib/core/changes";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";
import { waitUntil } from "@/e2e/faults/wait-until";
import { openSuite } from "../count-refusals";
import { callDoor, type Answered } from "./doors/call-door";
import { listDoors, type Door } from "./doors/list-doors";
import { addToken, aNewPerson, bearerHeader, cookieHeader, newSession, seat } from "./doors/make-people";
import { alterCookie } from "./sessions/altered-cookies";
import { aSignedInAccount, endings, timeouts, type Ending } from "./sessions/end-session";

type PersonContext = Context & { actor: Person };

const inputsMin = 30;
const suite = openSuite("sessions");
const doors = new Map((await listDoors()).map((door) => [door.name, door]));

afterAll(async () => {
  await closeChanges();
  suite.print(inputsMin);
});

function doorOf(name: string): Door {
  const door = doors.get(name);
  if (door === undefined) throw new Error(`there is no ${name}`);
  return door;
}

const readMe = (headers: Record<string, string>) => callDoor(doorOf("GET /api/v1/auth/me"), { headers });

function judge(name: string, isRefused: boolean): void {
  if (isRefused) suite.refused(name);
  else suite.accepted(name);
  expect(isRefused, name).toBe(true);
}

const judgeAnswer = (name: string, { status }: Answered) => judge(name, status === 401);

test("an altered cookie stands for nobody", async () => {
  const [own, other] = [
    await aNewPerson({ role: "role-viewer" }),
    await aNewPerson({ role: "role-platform-admin" }),
  ];
  const [mine, theirs] = [await newSession(own.actor.id), await newSession(other.actor.id)];
  const { publicKey } = await db().encryptionKey.findFirstOrThrow({ where: { keyring: "web" } });
  const shared = { cookie: mine.cookie, sessionId: mine.id, userId: own.actor.id, publicKey };
  const facts = { ...shared, other: { cookie: theirs.cookie, sessionId: theirs.id, userId: other.actor.id } };
  const problems: string[] = [];
  for (const [name, cookie] of await alterCookie(facts)) {
    // Fetch refuses to send such letters at all, as servers refuse to take them.
    const answer = await readMe({ cookie }).catch(() => ({ status: 401, text: "" }));
    if (answer.status === 401) suite.refused(name);
    else suite.accepted(name);
    if (answer.status !== 401) problems.push(`${name}: ${answer.status}`);
  }
  expect((await readMe(cookieHeader(mine.cookie))).status).toBe(200);
  expect(problems).toEqual([]);
});

test("a cookie is no token, and a token is no cookie", async () => {
  const { actor } = await aNewPerson({ role: "role-viewer" });
  const [{ cookie }, { token }] = [await newSession(actor.id), await addToken(actor.id)];
  judgeAnswer("a cookie sent as a token", await readMe(bearerHeader(cookie)));
  judgeAnswer("a token sent as a cookie", await readMe(cookieHeader(token)));
  judgeAnswer("a token in the address", await callDoor(doorOf("GET /api/v1/auth/me"), { query: { token } }));
  judgeAnswer("a session's id sent as a cookie", await readMe(cookieHeader((await newSession(actor.id)).id)));
});

test("a session that was there before nobody inherits", async () => {
  const [account, attacker] = [await anAccount(), await aNewPerson({ role: "role-viewer" })];
  const planted = await newSession(attacker.actor.id);
  const login = (headers: Record<string, string>) =>
    callDoor(doorOf("POST /api/v1/auth/login"), {
      headers: { ...headers, origin: "http://127.0.0.1:3000" },
      body: { username: account.username, password: firstPassword },
    });
  const answers = [
    await login(cookieHeader(planted.cookie)),
    await login(cookieHeader("planted.by.somebody")),
  ];
  const given = answers.map(
    (answer) => /session_id=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "")?.[1] ?? "",
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const whoIs = async (cookie: string) => (await readMe(cookieHeader(cookie))).text;
  judge("a planted session is not taken over", !(await whoIs(planted.cookie)).includes(account.id));
  judge(
    "a planted word is not taken over",
    given[1] !== "planted.by.somebody" && (await whoIs(given[1] ?? "")).includes(account.id),
  );
  judge("two sign-ins are two sessions", given[0] !== given[1]);
  const flags = answers[0]?.headers.get("set-cookie") ?? "";
  expect(["HttpOnly", "SameSite=Lax", "Path=/"].filter((flag) => !flags.includes(flag))).toEqual([]);
});

describe("its cookie opens nothing after", () => {
  test.each(Object.entries({ ...endings, ...timeouts }))("%s", async (name, end) => {
    const { ctx, expiresAt } = await aSignedInAccount();
    const cookie = await signSessionCookie({ id: ctx.actor.sessionId, userId: ctx.actor.id, expiresAt });
    expect((await readMe(cookieHeader(cookie))).status).toBe(200);
    await end(ctx);
    judgeAnswer(`after ${name}`, await readMe(cookieHeader(cookie)));
  });
});

const revocations = Object.entries(endings).map(([name, end]) => ({ name, end, withinMs: 5_000 }));
// Nobody announces that time has passed: the beat, every five seconds, finds out.
const lapses = Object.entries(timeouts).map(([name, end]) => ({ name, end, withinMs: 10_000 }));

describe("what it holds open ends within seconds of", () => {
  test.concurrent.each([...revocations, ...lapses])(
    "$name",
    { timeout: 40_000 },
    async ({ name, end, withinMs }) => {
      const { ctx, expiresAt } = await aSignedInAccount();
      const cookie = await signSessionCookie({ id: ctx.actor.sessionId, userId: ctx.actor.id, expiresAt });
      const stream = await openStream(cookie);
      const endOfConsole = await holdConsole(ctx);
      const begun = await endAndTime(ctx, end);
      const tookMs = (over: Promise<void>) => over.then(() => performance.now() - begun);
      const [streamMs, consoleMs] = await Promise.all([tookMs(stream.ended), tookMs(endOfConsole())]);
      judge(`the event stream after ${name}`, stream.lastEvent() === "end" && streamMs < withinMs);
      judge(`the console after ${name}`, consoleMs < withinMs);
    },
  );
});

async function endAndTime(ctx: PersonContext, end: Ending): Promise<number> {
  await end(ctx);
  return performance.now();
}

/** The real handler's stream, read as a browser reads it. */
async function openStream(cookie: string) {
  const request = new Request("http://portal.example/api/stream", { headers: cookieHeader(cookie) });
  const response = await doorOf("GET /api/stream").handler(request, { params: Promise.resolve({}) });
  expect(response.status).toBe(200);
  let seen = "";
  const ended = (async () => {
    const decoder = new TextDecoder();
    for await (const part of response.body ?? []) seen += decoder.decode(part);
  })();
  await waitUntil("the stream's first beat", async () => seen.includes("event: beat"));
  return { ended, lastEvent: () => [...seen.matchAll(/event: (\w+)/g)].at(-1)?.[1] };
}

/** An open console of the person, asked again by news as its own process does; told when it may not go on. */
async function holdConsole(ctx: PersonContext): Promise<() => Promise<void>> {
  const vm = await aRunningVm();
  await seat(ctx.actor.id, { systemId: vm.systemId, role: "member" });
  const data = { id: newId(), userId: ctx.actor.id, roleId: "role-system-operator", createdBy: "test" };
  await db().roleBinding.create({ data, select: { id: true } });
  const asked = { vmId: vm.id, consoleType: "vnc" as const };
  const { token } = await inTransaction((tx) => issueConsoleToken(tx, ctx, { ...asked, grant: null }));
  const opened = await openConsole(ctx, { ...asked, token, proxyId: "proxy" });
  const isOver = async () => (await recheckConsole({ ...ctx, now: new Date() }, opened)) !== null;
  expect(await isOver()).toBe(false);
  return () =>
    new Promise<void>((resolve, reject) => {
      const ask = () =>
        void isOver().then((over) => {
          if (!over) return;
          stopListening();
          clearInterval(timer);
          resolve();
        }, reject);
      const stopListening = listenForChanges(({ kind, id }) => {
        if (kind === "session" && id === ctx.actor.sessionId) ask();
      });
      const timer = setInterval(ask, 4_000);
      ask();
    });
}
