import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type net from "node:net";
import type { WebSocket } from "ws";
import { consoleSocketPath } from "@/lib/console/rules";
import { openSuite } from "../count-refusals";
import { departures, misuses, type Abuse } from "./abuses/browser-abuses";
import { flood } from "./ground/behaviours";
import { Bystander } from "./ground/bystander";
import { ConsoleHall, cookiesOf, hears, outcomeOf, rowOf, upgradeText } from "./ground/console-hall";
import { frame } from "./ground/frames";
import { passOn } from "./ground/pass-on";

const inputsMin = 30;
const suite = openSuite("console sockets, from browsers");
const unreadSessions = 12;
const unreadMiBMax = 2;
const grownMiBMax = 128;
/** Passing so much on leaves as much to be collected as there ever is. */
const warmBytes = 96 * 1024 * 1024;
const slowSockets = 150;

let hall: ConsoleHall;
let bystander: Bystander;
let residentBefore: number;
const slow: net.Socket[] = [];

beforeAll(async () => {
  hall = await ConsoleHall.open();
  bystander = await Bystander.at(hall);
  // What is loaded and compiled once is nobody's growth.
  await Promise.all(Array.from({ length: 8 }, () => tryAbuse("", (wire) => wire.destroy(), "closed")));
  await passOn(hall, warmBytes);
  residentBefore = hall.residentMiB();
  // Each says a little of a request and then nothing, from now to the end of the file.
  for (let count = 0; count < slowSockets; count += 1)
    slow.push(hall.dialBare(upgradeText("/api/v1/vms/x/vnc", {}).slice(0, count)).resume());
});
afterAll(async () => {
  for (const wire of slow) wire.destroy();
  bystander.leave();
  await hall.close();
  suite.print(inputsMin);
});

/** Ends with the right word on record while the process lives and a bystander is heard; what went wrong otherwise. */
async function tryAbuse(name: string, abuse: Abuse, ending: string): Promise<string[]> {
  const { wire, jti } = await hall.intrude(await hall.aMachine());
  if (ending === "misused") wire.resume();
  abuse(wire);
  const recorded = async () => (await rowOf(jti)).closedReason;
  const until = performance.now() + 15_000;
  while ((await recorded()) === null && performance.now() < until) await wait(50);
  wire.destroy();
  const [reason, isHeard, isHealthy] = [
    await recorded(),
    name === "" || (await bystander.isHeard(name)),
    await hall.isHealthy(),
  ];
  return [
    ...(reason === ending ? [] : [`ended as ${reason}`]),
    ...(isHeard ? [] : ["a bystander is not heard"]),
    ...(isHealthy ? [] : ["the process is ill"]),
  ];
}

function tell(name: string, wrongs: string[]): void {
  if (wrongs.length === 0) suite.refused(name);
  else suite.accepted(`${name} (${wrongs.join(", ")})`);
  expect.soft(wrongs, name).toEqual([]);
}

const handful = 6;

async function tryAll(abuses: Record<string, Abuse>, ending: string): Promise<void> {
  const all = Object.entries(abuses);
  for (let at = 0; at < all.length; at += handful) {
    const tries = all.slice(at, at + handful);
    await Promise.all(tries.map(async ([name, abuse]) => tell(name, await tryAbuse(name, abuse, ending))));
  }
}

test("browsers that break the protocol", () => tryAll(misuses, "misused"), 40_000);
test("browsers that leave without a word", () => tryAll(departures, "closed"), 40_000);

test("more headers than a request may have", async () => {
  const bombs: Record<string, Record<string, string>> = {
    "a header of 64 KiB": { "x-bomb": "a".repeat(65_536) },
    "10,000 headers": Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`x-${at}`, "a"])),
    "a cookie of 64 KiB": { cookie: "a=".padEnd(65_536, "b") },
  };
  for (const [name, headers] of Object.entries(bombs)) {
    const wire = hall.dialBare(upgradeText("/api/v1/vms/x/vnc", headers));
    const answer = await hears(wire, "\r\n\r\n");
    wire.destroy();
    // Where the answer is lost, the socket was closed on somebody still sending.
    const isRefused = answer === "" || answer.startsWith("HTTP/1.1 431");
    tell(name, [
      ...(isRefused && (await hall.isHealthy()) && (await bystander.isHeard(name)) ? [] : [answer]),
    ]);
  }
});

test("compression is not agreed to", async () => {
  const vm = await hall.aMachine();
  const visitor = await hall.aVisitor();
  const { token } = await hall.issue(visitor, vm);
  const headers = {
    cookie: cookiesOf(visitor, token),
    "sec-websocket-extensions": "permessage-deflate; client_max_window_bits",
  };
  const asked = hall.farEnd.asked.length;
  const wire = hall.dialBare(upgradeText(consoleSocketPath(vm.id, "vnc"), headers));
  const answer = await hears(wire, "\r\n\r\n");
  // The cluster is asked after the answer; left alone, that would count as the next test's.
  await expect.poll(() => hall.farEnd.asked.length).toBeGreaterThan(asked);
  wire.destroy();
  tell("an offer to compress", /101 Switching/.test(answer) && !/extensions/i.test(answer) ? [] : [answer]);
});

test("frames before the answer are neither lost nor sent anywhere unasked", async () => {
  const asked = hall.farEnd.asked.length;
  const early = Buffer.concat(Array.from({ length: 100 }, () => frame(Buffer.alloc(1_000))));
  const wire = hall.dialBare(upgradeText("/api/v1/vms/x/vnc", { cookie: "session_id=a; vnc_bootstrap=b" }));
  wire.write(early);
  const answer = await hears(wire, "\r\n\r\n");
  wire.destroy();
  tell("frames before anybody is let in", [
    ...(answer.startsWith("HTTP/1.1 401") ? [] : [answer]),
    ...(hall.farEnd.asked.length === asked ? [] : ["the cluster was asked"]),
  ]);
});

test("browsers that never read", async () => {
  let sent = 0;
  const endless = flood((bytes) => (sent += bytes));
  const before = hall.residentMiB();
  const wires: net.Socket[] = [];
  for (let count = 0; count < unreadSessions; count += 1) {
    const { wire } = await hall.intrude(await hall.aMachine(endless));
    wire.pause();
    wires.push(wire);
  }
  // Until nothing moves any more.
  for (let last = -1; last !== sent; await wait(400)) last = sent;
  const each = (hall.residentMiB() - before) / unreadSessions;
  const isHeard = await bystander.isHeard("while nobody reads");
  for (const wire of wires) wire.destroy();
  tell("browsers that never read", [
    ...(each <= unreadMiBMax ? [] : [`${each.toFixed(2)} MiB each`]),
    ...(isHeard ? [] : ["a bystander is not heard"]),
    ...(sent / unreadSessions < 32 * 1024 * 1024 ? [] : [`${sent} bytes were taken`]),
  ]);
}, 30_000);

test("an upgrade that never ends keeps nobody out, and is cut off", async () => {
  const sockets: WebSocket[] = [];
  const visitor = await hall.aVisitor();
  const { socket } = await hall.connect(visitor, await hall.aMachine());
  sockets.push(socket);
  const outcome = await outcomeOf(socket);
  const isCut = async () => slow.every((wire) => wire.destroyed || wire.readableEnded);
  await expect.poll(isCut, { timeout: 25_000 }).toBe(true);
  tell(`${slowSockets} upgrades that never end`, outcome === "opened" ? [] : [String(outcome)]);
}, 30_000);

test("what all of it left behind", async () => {
  await expect.poll(() => hall.sessionCount()).toBe(1);
  const grown = hall.residentMiB() - residentBefore;
  process.stdout.write(`console sockets, from browsers: ${Math.round(grown)} MiB grown\n`);
  expect(grown).toBeLessThanOrEqual(grownMiBMax);
  expect(await bystander.isHeard("to the end")).toBe(true);
  expect(hall.child.lines.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
});
