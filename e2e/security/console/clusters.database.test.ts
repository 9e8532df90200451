import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WebSocket } from "ws";
import { openSuite } from "../count-refusals";
import { breaches, falseIntroductions, falseScreen, falseScreens, refusals } from "./abuses/cluster-abuses";
import { aScreen, flood } from "./ground/behaviours";
import { Bystander } from "./ground/bystander";
import { ConsoleHall, rowOf } from "./ground/console-hall";
import type { Behaviour } from "./ground/far-end";
import { greetScreen } from "./ground/greet-screen";
import { passOn } from "./ground/pass-on";

const inputsMin = 40;
const suite = openSuite("console sockets, from clusters");
/** Most of it is the room that watched screens need before what they leave is collected; thirty rounds need no more. */
const grownMiBMax = 480;
/** With what is not yet collected. */
const passingMiBMax = 32;
const warmBytes = 96 * 1024 * 1024;
const gibi = 1024 * 1024 * 1024;
/** What lies in the sockets of two connections on this machine, and no more. */
const takenBytesMax = 64 * 1024 * 1024;
const largestDrawing = "draws rectangles of no update";
const roundsToRest = 8;
const roundsAtRest = 4;

let hall: ConsoleHall;
let bystander: Bystander;
let residentBefore: number;
let silence: { jti: string; begun: number; socket: WebSocket };

beforeAll(async () => {
  hall = await ConsoleHall.open();
  bystander = await Bystander.at(hall);
  await passOn(hall, warmBytes);
  residentBefore = hall.residentMiB();
  // It takes ten seconds to give up on a cluster that says nothing.
  const begun = performance.now();
  silence = { ...(await hall.connect(await hall.aVisitor(), await hall.aMachine(() => undefined))), begun };
});
afterAll(async () => {
  bystander.leave();
  await hall.close();
  suite.print(inputsMin);
});

async function endingOf(jti: string, withinMs = 12_000): Promise<string | null> {
  const until = performance.now() + withinMs;
  for (;;) {
    const { closedReason } = await rowOf(jti);
    if (closedReason !== null || performance.now() > until) return closedReason;
    await wait(50);
  }
}

async function tell(name: string, wrongs: readonly string[]): Promise<void> {
  const all = [
    ...wrongs,
    ...((await bystander.isHeard(name)) ? [] : ["a bystander is not heard"]),
    ...((await hall.isHealthy()) ? [] : ["the process is ill"]),
    ...(hall.farEnd.strays.length === 0 ? [] : [`asked for ${hall.farEnd.strays.join()}`]),
  ];
  if (all.length === 0) suite.refused(name);
  else suite.accepted(`${name} (${all.join(", ")})`);
  expect.soft(all, name).toEqual([]);
}

async function tryEnding(name: string, behave: Behaviour): Promise<void> {
  const { socket, jti } = await hall.connect(await hall.aVisitor(), await hall.aMachine(behave));
  const reason = await endingOf(jti);
  socket.terminate();
  await tell(name, reason === "cluster_lost" ? [] : [`ended as ${reason}`]);
}

/** In one go, because the portal thinks for two seconds about why a cluster hung up. */
const tryEndings = (behaviours: Record<string, Behaviour>) =>
  inHandfuls(Object.entries(behaviours), ([name, behave]) => tryEnding(name, behave));

async function inHandfuls<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  const handful = 6;
  for (let at = 0; at < items.length; at += handful)
    await Promise.all(items.slice(at, at + handful).map(act));
}

test("a cluster that takes nothing while somebody types for ever", async () => {
  const vm = await hall.aMachine((request, socket) => {
    aScreen((opened) => opened.pause()).behave(request, socket);
  });
  const { socket } = await hall.connect(await hall.aVisitor(), vm);
  await greetScreen(socket);
  const before = hall.residentMiB();
  const key = Buffer.concat(Array.from({ length: 8_000 }, () => Buffer.from([4, 1, 0, 0, 0, 0, 0, 65])));
  for (let count = 0; count < 2_000 && socket.bufferedAmount < 32 * 1024 * 1024; count += 1) socket.send(key);
  await wait(800);
  const grown = hall.residentMiB() - before;
  const isHeldUp = socket.bufferedAmount > 0;
  // Whoever is held up is seen to have left with the next ping only.
  socket.terminate();
  await tell("a cluster that takes nothing", [
    ...(isHeldUp ? [] : ["everything was taken"]),
    ...(grown <= passingMiBMax ? [] : [`${Math.round(grown)} MiB grown`]),
  ]);
});

test("clusters that let nobody in", () => tryEndings(refusals), 40_000);
test("clusters that break the protocol", () => tryEndings(breaches), 40_000);

/** Whoever has the screen sees what the cluster sends, whatever it is; whoever watches may be left out. */
async function watchFalseScreen(name: string): Promise<void> {
  const vm = await hall.aMachine(falseScreen(name));
  const held = await hall.connect(await hall.aVisitor(), vm);
  await greetScreen(held.socket);
  const watching = await hall.connect(await hall.aVisitor(), vm, { mode: "watch" });
  void greetScreen(watching.socket);
  await wait(300);
  const { closedReason } = await rowOf(held.jti);
  await tell(`a screen that ${name}`, closedReason === null ? [] : [`ended as ${closedReason}`]);
  watching.socket.terminate();
  held.socket.terminate();
  await endingOf(held.jti);
}

async function watchFalseIntroduction(name: string, behave: Behaviour): Promise<void> {
  const vm = await hall.aMachine(behave);
  const held = await hall.connect(await hall.aVisitor(), vm);
  const begun = once(held.socket, "message");
  void greetScreen(held.socket);
  await begun;
  const watching = await hall.connect(await hall.aVisitor(), vm, { mode: "watch" });
  void greetScreen(watching.socket);
  await wait(200);
  watching.socket.terminate();
  held.socket.terminate();
  const reason = await endingOf(held.jti);
  await tell(`a screen that ${name}`, reason === "closed" ? [] : [`ended as ${reason}`]);
}

test("screens that draw what no screen is, while somebody watches", async () => {
  await inHandfuls(Object.keys(falseScreens), watchFalseScreen);
  // Collecting comes to rest after some rounds; what is never let go comes with each.
  const again = (time: number) => watchFalseScreen(`${largestDrawing}, again ${time}`);
  for (let time = 0; time < roundsToRest; time += 1) await again(time);
  const before = hall.residentMiB();
  for (let time = 0; time < roundsAtRest; time += 1) await again(roundsToRest + time);
  expect(hall.residentMiB() - before).toBeLessThanOrEqual(2 * passingMiBMax);
}, 40_000);

test("screens that introduce themselves falsely", async () => {
  await inHandfuls(Object.entries(falseIntroductions), ([name, behave]) =>
    watchFalseIntroduction(name, behave),
  );
}, 30_000);

test("a cluster that sends a gibibyte to somebody who reads slowly", async () => {
  let sent = 0;
  const before = hall.residentMiB();
  const vm = await hall.aMachine(flood((bytes) => (sent += bytes)));
  const { socket, jti } = await hall.connect(await hall.aVisitor(), vm);
  let read = 0;
  socket.on("message", (bytes: Buffer) => {
    read += bytes.length;
    socket.pause();
    setTimeout(() => socket.resume(), 20);
  });
  await wait(1_500);
  const grown = hall.residentMiB() - before;
  socket.terminate();
  await endingOf(jti);
  expect(read).toBeGreaterThan(0);
  await tell("a gibibyte to somebody who reads slowly", [
    ...(sent < Math.min(gibi, read + takenBytesMax)
      ? []
      : [`${sent} bytes taken of which ${read} were read`]),
    ...(grown <= passingMiBMax ? [] : [`${Math.round(grown)} MiB grown`]),
  ]);
});

test("a cluster that never answers is given up", async () => {
  const reason = await endingOf(silence.jti, 25_000 - (performance.now() - silence.begun));
  silence.socket.terminate();
  await tell("never answers", reason === "cluster_lost" ? [] : [`ended as ${reason}`]);
}, 30_000);

test("what all of it left behind", async () => {
  await expect.poll(() => hall.sessionCount(), { timeout: 35_000 }).toBe(1);
  const grown = hall.residentMiB() - residentBefore;
  process.stdout.write(`console sockets, from clusters: ${Math.round(grown)} MiB grown\n`);
  expect(grown).toBeLessThanOrEqual(grownMiBMax);
  const log = hall.child.lines;
  expect(log.filter((line) => line.includes(hall.farEnd.token))).toEqual([]);
  expect(Math.max(...log.map((line) => line.length))).toBeLessThan(8_192);
  expect(log.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
}, 40_000);
