import net from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { WebSocket } from "ws";
import { build } from "esbuild";
import { z } from "zod";
import { closeChanges } from "@/lib/core/changes";
import { closeDb } from "@/lib/core/db";
import { ChildProgram } from "./console/child-program";
import { echo, openSocket, receive, Visitors } from "./console/visitors";
import { startOwnDatabase } from "@/e2e/faults/own-database";
import { compare, measurePairs, quantile, rounded } from "./ground/pairs";

/**
 * P15: one console session through the proxy, websocket to websocket over TLS to the cluster, against a Node TCP relay
 * that pipes the same bytes: one that speaks TLS onward as the proxy must, and one that pipes plain bytes.
 */
const pairCount = 8;
const streamBytes = 256 * 1024 * 1024;
/** KubeVirt sends what it read into buffers of ten kibibytes. */
const frameBytes = 10 * 1024;
const warmUpEchoes = 200;
const echoes = 1_000;
const idleSessions = 1_000;
const stoppedReaders = 50;
const settleMs = 5_000;
const origin = "http://bench.example";
const mebi = 1024 * 1024;

await bundle();
const database = await startOwnDatabase();
const farEnd = new ChildProgram("e2e/bench/console/far-end.ts");
const far = z
  .object({ tlsPort: z.number(), tcpPort: z.number(), caPem: z.string(), kubeconfig: z.string() })
  .parse(await farEnd.news());
const programs = [farEnd];
try {
  const tlsRelay = await startRelay([String(far.tlsPort), far.caPem]);
  const tcpRelay = await startRelay([String(far.tcpPort)]);
  const proxy = await startProxy();
  const relays = { tls: tlsRelay, plain: tcpRelay };
  const report = {
    bench: "P15 console",
    goal: "throughput >=0.5, added echo <=2, CPU per GiB <=1.7, idle session <=100 kB, stopped reader <=2 MiB",
    againstTlsRelay: await comparePaths(relays.tls, proxy),
    againstPlainRelay: await comparePaths(relays.plain, proxy),
    ...(await measureMemory()),
  };
  console.log(JSON.stringify(report));
} finally {
  for (const program of programs.reverse()) await program.end();
  await closeChanges();
  await closeDb();
  await database.stop();
}

interface Route {
  program: ChildProgram;
  open: () => Promise<WebSocket>;
}

async function startRelay(words: string[]): Promise<Route> {
  const program = new ChildProgram("e2e/bench/console/tcp-relay.ts", words);
  programs.push(program);
  const { port } = z.object({ port: z.number() }).parse(await program.news());
  return { program, open: () => openSocket(`ws://127.0.0.1:${port}/`) };
}

/** The console process as it is built for production. */
async function bundle(): Promise<void> {
  await build({
    entryPoints: ["lib/processes/console.ts", "lib/processes/console/relay-thread.ts"],
    outdir: "dist/bench",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    packages: "external",
    logLevel: "silent",
  });
}

async function startProxy(): Promise<Route> {
  const port = await freePort();
  const program = new ChildProgram("dist/bench/console.mjs", [], {
    CONSOLE_PORT: String(port),
    PUBLIC_BASE_URL: origin,
    NODE_ENV: "production",
  });
  programs.push(program);
  while (!(await isHealthy(port))) await wait(100);
  const visitors = await Visitors.to(far.kubeconfig, port, origin);
  return { program, open: () => visitors.connect() };
}

async function comparePaths(baseline: Route, ours: Route) {
  const cpu = { baseline: [] as number[], ours: [] as number[] };
  const seconds = await measurePairs(pairCount, {
    baseline: () => streamThrough(baseline, cpu.baseline),
    ours: () => streamThrough(ours, cpu.ours),
  });
  const direct = await echoThrough(() => openSocket(`ws://127.0.0.1:${far.tcpPort}/`));
  const echoed = await measurePairs(pairCount, {
    baseline: () => echoThrough(baseline.open),
    ours: () => echoThrough(ours.open),
  });
  const cpuPairs = cpu.baseline
    .slice(1)
    .map((used, at) => ({ baseline: used, ours: cpu.ours[at + 1] ?? NaN }));
  const added = echoed.map((pair) => ({ baseline: pair.baseline - direct, ours: pair.ours - direct }));
  return {
    throughput: compare(seconds.map((pair) => ({ baseline: 1 / pair.baseline, ours: 1 / pair.ours }))),
    mebibytesPerSecond: rounded(
      streamBytes / mebi / quantile(sortedOf(seconds.map((pair) => pair.ours)), 0.5),
    ),
    cpuPerGib: compare(cpuPairs.map((pair) => scale(pair, (1024 * mebi) / streamBytes))),
    echo: compare(echoed),
    addedEcho: compare(added),
    directEchoMs: rounded(direct),
  };
}

function scale({ baseline, ours }: { baseline: number; ours: number }, factor: number) {
  return { baseline: baseline * factor, ours: ours * factor };
}

function sortedOf(numbers: number[]): number[] {
  return numbers.toSorted((a, b) => a - b);
}

async function streamThrough({ program, open }: Route, cpu: number[]): Promise<number> {
  const socket = await open();
  const before = program.cpuSeconds();
  const seconds = await receive(socket, { bytes: streamBytes, frame: frameBytes });
  cpu.push(program.cpuSeconds() - before);
  socket.terminate();
  return seconds;
}

/** The median, in milliseconds. */
async function echoThrough(open: () => Promise<WebSocket>): Promise<number> {
  const socket = await open();
  const waits = await echo(socket, warmUpEchoes + echoes);
  socket.terminate();
  return quantile(sortedOf(waits.slice(warmUpEchoes)), 0.5);
}

/** Each in a process of its own, warmed up so that only what is asked about grows. */
async function measureMemory() {
  return { idle: await measureIdleSessions(), stoppedReaderMib: await measureStoppedReaders() };
}

async function measureIdleSessions() {
  const { program, open } = await startProxy();
  const warm = await openInTurns(open, 400);
  for (const socket of warm) socket.terminate();
  await wait(settleMs);
  const empty = program.residentBytes();
  const idle = await openInTurns(open, idleSessions);
  await wait(settleMs);
  const full = program.residentBytes();
  for (const socket of idle) socket.terminate();
  const kbPerSession = rounded((full - empty) / idleSessions / 1000);
  return { sessions: idleSessions, rssMib: rounded(full / mebi), kbPerSession };
}

async function openInTurns(open: () => Promise<WebSocket>, count: number): Promise<WebSocket[]> {
  const sockets: WebSocket[] = [];
  while (sockets.length < count) sockets.push(...(await openMany(open, 20)));
  return sockets;
}

async function measureStoppedReaders(): Promise<number> {
  const { program, open } = await startProxy();
  const busy = await openMany(open, 5);
  await Promise.all(busy.map((socket) => receive(socket, { bytes: streamBytes, frame: frameBytes })));
  const readers = await openMany(open, stoppedReaders);
  await wait(settleMs);
  const before = program.residentBytes();
  for (const reader of readers) {
    reader.pause();
    reader.send(Buffer.from(JSON.stringify({ bytes: streamBytes, frame: frameBytes })));
  }
  await wait(settleMs);
  const after = program.residentBytes();
  for (const reader of [...busy, ...readers]) reader.terminate();
  return rounded((after - before) / stoppedReaders / mebi);
}

function openMany(open: () => Promise<WebSocket>, count: number): Promise<WebSocket[]> {
  return Promise.all(Array.from({ length: count }, open));
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server's address is never a pipe's name.
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function isHealthy(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}
