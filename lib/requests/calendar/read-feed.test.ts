import ICAL from "ical.js";
import { expect, test } from "vitest";
import { aVisitor } from "@/e2e/factories/account";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { db } from "@/lib/core/db";
import { requestVm } from "../request-vm";
import { addFreeze } from "./add-freeze";
import { issueFeed } from "./issue-feed";
import { readFeed } from "./read-feed";
import { revokeFeed } from "./revoke-feed";

const tokenOf = (path: string) => path.slice("/api/calendar/".length, -".ics".length);

async function eventsAt(path: string, locale: "en" | "zh-CN" = "en") {
  const text = await readFeed(aVisitor(), { token: tokenOf(path), locale });
  const parsed: unknown = ICAL.parse(text);
  // The parser's answer has this shape by its own documentation.
  const component = new ICAL.Component(parsed as ConstructorParameters<typeof ICAL.Component>[0]);
  return component.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
}

/** A request of theirs, approved, that waits for tomorrow. */
async function aWaitingRequest() {
  const person = await aPerson("role-development-engineer");
  const { ticketId } = await requestVm(person, await aVmWish(person));
  const heldUntil = new Date(Math.ceil(Date.now() / 1000) * 1000 + 86_400_000);
  await db().approvalTicket.update({
    where: { id: ticketId },
    data: {
      status: "APPROVED",
      heldUntil,
      startAt: heldUntil,
      holdReason: { kind: "scheduled", name: null },
    },
    select: { id: true },
  });
  return { person, ticketId, heldUntil };
}

test("a calendar program reads freezes and its owner's waiting requests, and nobody else's", async () => {
  const mine = await aWaitingRequest();
  const others = await aWaitingRequest();
  const startsAt = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000);
  const endsAt = new Date(startsAt.getTime() + 3_600_000);
  await addFreeze(await anAdministrator(), {
    ...{ environment: "test", reason: "Stocktaking, all; day", operations: [] },
    ...{ startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
  });
  const { path } = await issueFeed(mine.person);
  expect(path).toMatch(/^\/api\/calendar\/[\w-]{43}\.ics$/);
  const events = await eventsAt(path);
  const freeze = events.find(({ summary }) => summary === "Freeze: Stocktaking, all; day (test)");
  expect(freeze?.startDate.toJSDate()).toEqual(startsAt);
  expect(freeze?.endDate.toJSDate()).toEqual(endsAt);
  const waiting = events.find(({ uid }) => uid.startsWith(`request-${mine.ticketId}@`));
  expect(waiting?.startDate.toJSDate()).toEqual(mine.heldUntil);
  expect(events.some(({ uid }) => uid.includes(others.ticketId))).toBe(false);
  const chinese = await eventsAt(path, "zh-CN");
  expect(chinese.map(({ summary }) => summary)).toContain("冻结: Stocktaking, all; day (test)");
});

test("only its hash is kept, a new address ends the one before, and a closed one is unknown", async () => {
  const person = await aPerson("role-development-engineer");
  const first = await issueFeed(person);
  expect(JSON.stringify(await db().calendarFeed.findMany())).not.toContain(tokenOf(first.path));
  const second = await issueFeed(person);
  await expect(eventsAt(first.path)).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND" });
  expect(await eventsAt(second.path)).toBeInstanceOf(Array);
  await revokeFeed(person);
  await expect(eventsAt(second.path)).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND" });
  const records = await db().auditLog.findMany({
    where: { action: "calendar.feed", actorId: person.actor.id },
    select: { details: true, resourceName: true },
  });
  expect(records).toHaveLength(3);
  expect(JSON.stringify(records)).not.toContain(tokenOf(second.path));
});

test("the address of somebody who was disabled reads nothing", async () => {
  const person = await aPerson("role-development-engineer");
  const { path } = await issueFeed(person);
  await db().user.update({ where: { id: person.actor.id }, data: { enabled: false }, select: { id: true } });
  await expect(eventsAt(path)).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND" });
});

test("a program's token opens no address", async () => {
  const person = await aPerson("role-development-engineer");
  const token = { permissions: null, environments: null, elevated: true };
  await expect(issueFeed({ ...person, actor: { ...person.actor, token } })).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
  });
});
