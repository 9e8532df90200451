import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countRows } from "@/e2e/security/identity/count-rows";
import { closeCodes, consoleSocketPath } from "@/lib/console/rules";
import { db } from "@/lib/core/db";
import { openSuite } from "../count-refusals";
import { echo } from "./ground/behaviours";
import {
  ConsoleHall,
  cookiesOf,
  hears,
  outcomeOf,
  rowOf,
  upgradeText,
  type Machine,
} from "./ground/console-hall";
import { fallenRights, otherModes, otherPeople } from "./tickets/fallen-rights";
import { foreignOrigins, oddAddresses, otherCarriers } from "./tickets/foreign-senders";
import { movedTokens, spoiltTokens } from "./tickets/spoilt-tokens";
import type { Ticket, Trick, Tricks } from "./tickets/trick";

const inputsMin = 70;
const suite = openSuite("console tickets");
/** Neither a token nor a session's cookie may be found anywhere. */
const secrets: string[] = [];
let hall: ConsoleHall;
let vm: Machine;

beforeAll(async () => {
  hall = await ConsoleHall.open();
  vm = await hall.aMachine();
});
afterAll(async () => {
  await hall.close();
  suite.print(inputsMin);
});

async function aTicket(): Promise<Ticket> {
  const visitor = await hall.aVisitor();
  const { token, jti } = await hall.issue(visitor, vm);
  secrets.push(token, visitor.cookie);
  return { hall, vm, visitor, token, jti };
}

/** Everything but the record and the process's own sign of life. */
async function countOtherRows(): Promise<string> {
  const lines = (await countRows()).split("\n");
  return lines.filter((line) => !/^(audit_|worker_instances)/.test(line)).join("\n");
}

const countRecords = async () => {
  const rows = await db().auditLog.findMany({
    orderBy: { seq: "asc" },
    select: { outcome: true, action: true },
  });
  return rows.map(({ outcome, action }) => `${action} ${outcome}`);
};

/** Refused as it should be, nothing written but the refusal, and nothing said to the cluster. */
async function judge(name: string, { expected, make }: Trick): Promise<void> {
  const { address, headers = {}, protocols, held } = await make(await aTicket());
  await sessionsAreRecorded();
  const [rows, records, asked] = [await countOtherRows(), await countRecords(), hall.farEnd.asked.length];
  const outcome = await outcomeOf(hall.dial(address ?? consoleSocketPath(vm.id, "vnc"), headers, protocols));
  const written = (await countRecords()).slice(records.length);
  const wrongs = [
    ...(outcome === expected ? [] : [`${outcome} in place of ${expected}`]),
    ...((await countOtherRows()) === rows ? [] : ["something was written"]),
    ...(written.join() === recordsOf(name, expected) ? [] : [`recorded ${written.join()}`]),
    ...(hall.farEnd.asked.length === asked ? [] : ["the cluster was asked"]),
  ];
  held?.terminate();
  if (wrongs.length === 0) suite.refused(name);
  else suite.accepted(`${name} (${wrongs.join(", ")})`);
  expect.soft(wrongs, name).toEqual([]);
}

/** Who gets as far as showing a token is on record; whoever is turned away before that is nobody yet. */
function recordsOf(name: string, expected: number): string {
  const isShown = expected !== 401 && expected !== 404 && !name.startsWith("origin");
  return isShown ? "vnc.access failure" : "";
}

/** What closed a moment ago is written down. */
async function sessionsAreRecorded(): Promise<void> {
  const open = async () =>
    db().vncAccessToken.count({ where: { usedAt: { not: null }, closedAt: null, supersededAt: null } });
  const before = await open();
  if (before <= (await hall.sessionCount())) return;
  await expect.poll(open).toBeLessThanOrEqual(await hall.sessionCount());
}

async function judgeAll(tricks: Tricks): Promise<void> {
  for (const [name, trick] of Object.entries(tricks)) await judge(name, trick);
}

test("from another site's page", () => judgeAll(foreignOrigins));
test("elsewhere than in its cookie", () => judgeAll({ ...otherCarriers, ...oddAddresses }));
test("altered and forged", () => judgeAll(spoiltTokens));
test("where it does not belong", () => judgeAll(movedTokens));
test("by others", () => judgeAll(otherPeople));
test("in another mode", () => judgeAll(otherModes));
test("after what it rested on fell away", () => judgeAll(fallenRights));

test("without what a browser always sends", async () => {
  const own = consoleSocketPath(vm.id, "vnc");
  const bare = async (name: string, expected: number, text: (cookie: string) => string) => {
    const { visitor, token, jti } = await aTicket();
    const wire = hall.dialBare(text(cookiesOf(visitor, token)));
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(await hears(wire, "\r\n\r\n"))?.[1]);
    wire.destroy();
    const isUnspent = (await rowOf(jti)).usedAt === null;
    if (status === expected && isUnspent) suite.refused(name);
    else suite.accepted(`${name} (${status})`);
    expect.soft([name, status, isUnspent]).toEqual([name, expected, true]);
  };
  const withoutLine = (text: string, line: RegExp) => text.replace(line, "");
  await bare("bare: no origin", 403, (cookie) => withoutLine(upgradeText(own, { cookie }), /origin: .*\r\n/));
  await bare("bare: no key", 400, (cookie) =>
    withoutLine(upgradeText(own, { cookie }), /sec-websocket-key: .*\r\n/),
  );
  await bare("bare: an old version", 400, (cookie) =>
    upgradeText(own, { cookie, "sec-websocket-version": "8" }),
  );
  await bare("bare: another protocol", 400, (cookie) => upgradeText(own, { cookie, upgrade: "h2c" }));
  await bare("bare: the token in a body", 401, (cookie) => {
    const [session = "", token = ""] = cookie.split("; ");
    return `${upgradeText(own, { cookie: session, "content-length": String(token.length) })}${token}`;
  });
  await bare("bare: another method", 404, (cookie) =>
    upgradeText(own, { cookie, "content-length": "0" }, "POST"),
  );
  await bare("bare: a whole address", 404, (cookie) =>
    upgradeText(`http://portal.example${own}`, { cookie }),
  );
  await bare("bare: a way back", 404, (cookie) =>
    upgradeText(own.replace("/vnc", "/serial/../vnc"), { cookie }),
  );
  await bare("bare: an empty query", 404, (cookie) => upgradeText(`${own}?`, { cookie }));
});

test("of 50 at once one gets through", async () => {
  const place = await hall.aMachine();
  const visitor = await hall.aVisitor();
  const { token, jti } = await hall.issue(visitor, place);
  const headers = { cookie: cookiesOf(visitor, token) };
  const asked = hall.farEnd.asked.length;
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, () => outcomeOf(hall.dial(consoleSocketPath(place.id, "vnc"), headers))),
  );
  // A person has room for ten; the rest is turned away before the token is looked at.
  const others = outcomes.filter((outcome) => outcome !== "opened");
  expect([...new Set(others)].every((outcome) => outcome === 409 || outcome === closeCodes.busy)).toBe(true);
  expect([others.length, hall.farEnd.asked.length - asked]).toEqual([49, 1]);
  expect(await db().vncAccessToken.count({ where: { jti, usedAt: { not: null } } })).toBe(1);
  const used = await db().auditLog.count({
    where: { resourceId: place.id, outcome: "success", details: { path: ["phase"], equals: "used" } },
  });
  expect(used).toBe(1);
  suite.refused("49 parallel uses of one token");
});

test("of two who take over at once one stays", async () => {
  const place = await hall.aMachine(echo);
  const holder = await hall.connect(await hall.aVisitor(), place);
  await new Promise((resolve) => holder.socket.once("message", resolve));
  const takers = await Promise.all(
    [0, 1].map(async () => hall.connect(await hall.aVisitor(), place, { takesOver: true })),
  );
  const closings = new Map<string, number>();
  for (const { socket, jti } of [holder, ...takers]) socket.once("close", (code) => closings.set(jti, code));
  await expect.poll(() => closings.size).toBe(2);
  await wait(500);
  expect([...closings.values()]).toEqual([closeCodes.taken_over, closeCodes.taken_over]);
  const where = { vmId: place.id, usedAt: { not: null }, closedAt: null };
  await expect.poll(() => db().vncAccessToken.count({ where })).toBe(1);
  for (const { socket } of takers) socket.terminate();
  suite.refused("a second keeper of one screen");
});

test("no word of it is in any log line or on any address", () => {
  const log = hall.child.lines.join("\n");
  expect(hall.child.lines.filter((line) => line.includes('"opened"')).length).toBeGreaterThan(2);
  const found = secrets.filter((secret) => log.includes(secret) || log.includes(secret.slice(40, 80)));
  expect(found).toEqual([]);
  expect(log).not.toMatch(/vnc_bootstrap=|session_id=|Bearer /);
  expect(log).not.toContain(hall.farEnd.token);
  expect(
    hall.farEnd.asked.filter((path) =>
      /token|bootstrap|session/i.test(path.replace("preserveSession=true", "")),
    ),
  ).toEqual([]);
  suite.refused("a secret in the log");
});
