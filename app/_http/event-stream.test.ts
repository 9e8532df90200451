import { afterAll, expect, test } from "vitest";
import { aPerson } from "@/e2e/factories/person";
import { readInterests } from "@/lib/access/interests/rules";
import { closeChanges, listenForChanges } from "@/lib/core/changes";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { signOut } from "@/lib/identity/sign-out";
import { openEventStream, type Following } from "./event-stream";

type PersonContext = Context & { actor: Person };

afterAll(closeChanges);

async function signedIn(ctx: PersonContext): Promise<PersonContext> {
  const { id: userId, sessionId: id } = ctx.actor;
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db().userSession.create({ data: { id, userId, sessionVersion: 1, expiresAt }, select: { id: true } });
  return ctx;
}

async function aSystemOf(ctx: PersonContext): Promise<string> {
  const id = newId();
  await db().resourceRoleBinding.create({
    data: {
      id: newId(),
      userId: ctx.actor.id,
      role: "viewer",
      resourceType: "system",
      resourceId: id,
      grantedBy: "test",
    },
    select: { id: true },
  });
  await db().system.create({
    data: { id, name: `s${id.slice(-10)}`, createdBy: "test" },
    select: { id: true },
  });
  return id;
}

interface Follower {
  events: { event: string; id?: string; isNew?: boolean; position?: string }[];
  ended: Promise<void>;
  until(id: string): Promise<void>;
}

async function follow(ctx: PersonContext, following: Following = {}): Promise<Follower> {
  const stop = new AbortController();
  const events: Follower["events"] = [];
  const reader = openEventStream(ctx, stop.signal, following).getReader();
  const decoder = new TextDecoder();
  const ended = (async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      for (const block of decoder.decode(part.value).split("\n\n").filter(Boolean)) {
        const [, position = "", event = "", facts = "{}"] =
          /^id: (\S+)\nevent: (\w+)\ndata: (.*)/.exec(block) ?? [];
        events.push({ event, position, ...JSON.parse(facts) });
      }
    }
  })();
  const until = (id: string) =>
    expect.poll(() => events.some((event) => event.id === id), { timeout: 5_000 }).toBe(true);
  // The stream listens once it repeats what it is told.
  await expect
    .poll(async () => {
      await announce("notification", "hello", null, ctx.actor.id);
      return events.some(({ id }) => id === "hello");
    })
    .toBe(true);
  return { events, ended, until };
}

async function announce(
  kind: string,
  id: string,
  systemId: string | null,
  userId: string | null,
): Promise<void> {
  await db().$executeRaw`SELECT announce(${kind}, ${id}, ${systemId}, ${userId})`;
}

async function announceNewVm(id: string, systemId: string): Promise<void> {
  await db().$executeRaw`SELECT announce('vm', ${id}, ${systemId}, NULL, true)`;
}

test("a person hears what they may see, and nothing of anybody else's", async () => {
  const ctx = await signedIn(await aPerson("role-viewer"));
  const systemId = await aSystemOf(ctx);
  const { events, until } = await follow(ctx);

  await announce("vm", "vm-elsewhere", newId(), null);
  await announce("ticket", "ticket-of-another", systemId, newId());
  await announce("notification", "note-of-another", null, newId());
  await announce("cluster", "cluster-1", null, null);
  await announce("vm", "vm-here", systemId, null);
  await announce("ticket", "ticket-own", newId(), ctx.actor.id);
  await announce("notification", "note-own", null, ctx.actor.id);

  await until("note-own");
  const heard = events.filter(({ event, id }) => event === "change" && id !== "hello").map(({ id }) => id);
  expect(heard).toEqual(["vm-here", "ticket-own", "note-own"]);
});

test("an approver hears of requests in the Systems they decide for", async () => {
  const ctx = await signedIn(await aPerson(null));
  const systemId = await aSystemOf(ctx);
  await db().roleBinding.create({
    data: {
      id: newId(),
      userId: ctx.actor.id,
      roleId: "role-approval-admin",
      scopeType: "system",
      scopeId: systemId,
      createdBy: "test",
    },
    select: { id: true },
  });
  const { events, until } = await follow(ctx);
  await announce("ticket", "ticket-elsewhere", newId(), newId());
  await announce("ticket", "ticket-here", systemId, newId());
  await until("ticket-here");
  expect(events.some(({ id }) => id === "ticket-elsewhere")).toBe(false);
});

test("a page hears of what it shows, and not one byte of anything else", async () => {
  const ctx = await signedIn(await aPerson("role-platform-admin"));
  const interests = readInterests("vm:vm-shown,vm+@system-shown,notification");
  const { events, until } = await follow(ctx, { interests });
  const before = events.length;
  await announce("vm", "vm-other", "system-shown", null);
  await announce("ticket", "ticket-other", null, null);
  await announce("cluster", "cluster-other", null, null);
  await announceNewVm("vm-new-elsewhere", "system-other");
  await announce("vm", "vm-shown", "system-shown", null);
  await announceNewVm("vm-new", "system-shown");
  await until("vm-new");
  const heard = events.slice(before).filter(({ event, id }) => event === "change" && id !== "hello");
  expect(heard.map(({ id, isNew }) => [id, isNew ?? false])).toEqual([
    ["vm-shown", false],
    ["vm-new", true],
  ]);
});

test("whoever comes back goes on where they stopped, and reads again where that is not known", async () => {
  const ctx = await signedIn(await aPerson("role-viewer"));
  const { events, until } = await follow(ctx);
  await announce("notification", "heard", null, ctx.actor.id);
  await until("heard");
  const lastPosition = events.findLast(({ id }) => id === "heard")?.position ?? "";
  await announce("notification", "missed", null, ctx.actor.id);
  await until("missed");

  const back = await follow(ctx, { lastPosition });
  expect(back.events.filter(({ id }) => id === "missed")).toHaveLength(1);
  expect(back.events.some(({ id, event }) => id === "heard" || event === "resync")).toBe(false);
  for (const unknown of ["", "other-7", lastPosition.replace(/\d+$/, "999999999"), "x".repeat(5_000)]) {
    expect(await hears(ctx, { lastPosition: unknown }, "event: resync")).toBe(true);
  }
});

test("the stream ends when its session is revoked", async () => {
  const ctx = await signedIn(await aPerson("role-viewer"));
  const { events, ended } = await follow(ctx);
  const begun = performance.now();
  await signOut(ctx);
  await ended;
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect(events.at(-1)?.event).toBe("end");
});

test("the stream ends within five seconds when the account is disabled", async () => {
  const ctx = await signedIn(await aPerson("role-viewer"));
  const { ended, events } = await follow(ctx);
  await db().user.update({ where: { id: ctx.actor.id }, data: { enabled: false }, select: { id: true } });
  await ended;
  expect(events.at(-1)?.event).toBe("end");
}, 10_000);

test("whose roles change is told to read everything again", async () => {
  const ctx = await signedIn(await aPerson("role-viewer"));
  const systemId = await aSystemOf(ctx);
  const { events } = await follow(ctx);
  await db().resourceRoleBinding.deleteMany({ where: { userId: ctx.actor.id, resourceId: systemId } });
  await expect.poll(() => events.some(({ event }) => event === "resync"), { timeout: 3_000 }).toBe(true);
}, 30_000);

test("somebody who leaves while the stream opens, or a listener that fails, silences nobody else", async () => {
  const ctx = await signedIn(await aPerson("role-viewer"));
  const heard: string[] = [];
  listenForChanges(() => {
    throw new Error("this listener fails");
  });
  const leaving = openEventStream(ctx, new AbortController().signal);
  await leaving.cancel();
  const watched = listenForChanges(({ id }) => heard.push(id));
  const { until } = await follow(ctx);
  await announce("notification", "after", null, ctx.actor.id);
  await until("after");
  expect(heard).toContain("after");
  watched();
});

test("what happened between a page's reading and its listening is told, and where that is unknown, to read again", async () => {
  const ctx = await signedIn(await aPerson("role-viewer"));
  const { until } = await follow(ctx);
  const readAt = Date.now();
  await announce("notification", "in-between", null, ctx.actor.id);
  await until("in-between");
  expect(await hears(ctx, { readAtMs: readAt }, '"id":"in-between"')).toBe(true);
  expect(await hears(ctx, { readAtMs: readAt - 3_600_000 }, "event: resync")).toBe(true);
});

/** Whether a page that follows so is told this; it waits for nothing that happens later. */
async function hears(ctx: PersonContext, following: Following, wanted: string): Promise<boolean> {
  const reader = openEventStream(ctx, new AbortController().signal, following).getReader();
  const decoder = new TextDecoder();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (!decoder.decode(part.value).includes(wanted)) continue;
    await reader.cancel();
    return true;
  }
  return false;
}
