import { randomBytes } from "node:crypto";
import {
  copyFile,
  mkdtemp,
  open,
  readdir,
  rm,
  stat,
  truncate,
  writeFile,
  type FileHandle,
} from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startChild } from "@/e2e/faults/child-process";
import type { FinishedRecording } from "@/lib/console/recordings/finish-recording";
import { readFrames, type Frame } from "@/lib/console/recordings/frames/rules";
import type { RecordingOrder } from "@/lib/console/recordings/start-recording";
import { newId } from "@/lib/core/ids";
import { openRecorder, type Recorder, type RecordingReport } from "./recording";
import { RecordingReader } from "./recording/recording-reader";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "shepherd-recordings-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function anOrder(consoleType: RecordingOrder["consoleType"] = "serial"): RecordingOrder {
  return { id: newId(), consoleType, contentKey: randomBytes(32).toString("base64") };
}

type Writing = (file: FileHandle, bytes: Buffer) => Promise<void>;

function record(order: RecordingOrder, writeBytes?: Writing) {
  const finished = Promise.withResolvers<FinishedRecording>();
  const reports: RecordingReport[] = [];
  const hear = (report: RecordingReport) => {
    reports.push(report);
    if (report.kind === "finished") finished.resolve(report.finished);
  };
  const recorder = openRecorder(order, hear, { folder, ...(writeBytes === undefined ? {} : { writeBytes }) });
  return { recorder, finished: finished.promise, reports };
}

const keyOf = ({ contentKey }: RecordingOrder) => Buffer.from(contentKey, "base64");

/** All frames, or the number of the first chunk that is not as it was recorded. */
async function readAll(order: RecordingOrder, expected: number, at = folder): Promise<Frame[] | number> {
  const reader = await RecordingReader.open(at, order.id);
  if (reader === null) return 0;
  try {
    const present = (await reader.listChunks()).length;
    const frames: Frame[] = [];
    for (let number = 0; number < Math.max(present, expected); number += 1) {
      const content = await reader.readChunk(number, keyOf(order));
      if (content === null) return number;
      frames.push(...readFrames(content));
    }
    return frames;
  } finally {
    await reader.close();
  }
}

function textOf(frames: Frame[] | number): string {
  if (typeof frames === "number") throw new Error(`chunk ${frames} cannot be read`);
  const shown = frames.flatMap((frame) => ("bytes" in frame ? [frame.bytes] : []));
  return Buffer.concat(shown).toString();
}

async function aRecording(order: RecordingOrder, chunks = 6): Promise<FinishedRecording> {
  const { recorder, finished } = record(order);
  for (let index = 0; index < chunks; index += 1) recorder.fromServer(randomBytes(700 * 1024));
  recorder.end("closed");
  return finished;
}

test("what the machine sent is read back as it was, and how it ended; what was typed is nowhere", async () => {
  const order = anOrder();
  const { recorder, finished } = record(order);
  recorder.fromServer(Buffer.from("login: "));
  recorder.fromClient(Buffer.from("ada\r"));
  recorder.fromServer(Buffer.from("ada\r\nPassword: "));
  recorder.fromClient(Buffer.from("correct horse\r"));
  recorder.fromServer(Buffer.from("\r\nwelcome\r\n"));
  recorder.end("closed");
  const told = await finished;
  expect(told).toMatchObject({
    brokenReason: null,
    chunkCount: 1,
    gapCount: 0,
    lostBytes: 0,
    isPlayable: true,
  });
  const frames = await readAll(order, told.chunkCount);
  expect(textOf(frames)).toBe("login: ada\r\nPassword: \r\nwelcome\r\n");
  expect(frames).toMatchObject([
    { kind: "message" },
    { kind: "message" },
    { kind: "message" },
    { reason: "closed" },
  ]);
  const { size } = await stat(path.join(folder, `${order.id}.rec`));
  expect(size).toBe(told.bytes + 44);
});

test("what is large comes in chunks of a mebibyte at most, and its digest is that of the file", async () => {
  const order = anOrder();
  const told = await aRecording(order);
  const reader = await RecordingReader.open(folder, order.id);
  const chunks = (await reader?.listChunks()) ?? [];
  expect(chunks.length).toBe(told.chunkCount);
  expect(chunks.length).toBeGreaterThan(3);
  expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThanOrEqual(1024 * 1024);
  expect(await reader?.measure()).toEqual({
    chunkCount: told.chunkCount,
    bytes: told.bytes,
    durationMs: told.durationMs,
    chainHead: told.chainHead,
  });
  await reader?.close();
});

test("the file names neither the machine's words nor the key", async () => {
  const order = anOrder();
  const { recorder, finished } = record(order);
  recorder.fromServer(Buffer.from("a very secret word"));
  recorder.end("closed");
  await finished;
  const file = await open(path.join(folder, `${order.id}.rec`));
  const bytes = await file.readFile();
  await file.close();
  expect(bytes.includes("secret")).toBe(false);
  expect(bytes.includes(keyOf(order))).toBe(false);
});

test("a flipped bit anywhere is refused, naming the chunk it is in", async () => {
  const order = anOrder();
  const told = await aRecording(order);
  const original = path.join(folder, `${order.id}.rec`);
  const { size } = await stat(original);
  const reader = await RecordingReader.open(folder, order.id);
  const ends = ((await reader?.listChunks()) ?? []).reduce<number[]>(
    (all, { length }) => [...all, (all.at(-1) ?? 44) + 32 + length],
    [],
  );
  await reader?.close();
  const elsewhere = await mkdtemp(path.join(os.tmpdir(), "shepherd-tampered-"));
  const copy = path.join(elsewhere, `${order.id}.rec`);
  let named = 0;
  for (let round = 0; round < 100; round += 1) {
    await copyFile(original, copy);
    // The heads are few bytes of many, and the most interesting.
    const chunk = round % ends.length;
    const begin = chunk === 0 ? 0 : (ends[chunk - 1] ?? 0);
    const at = round < 50 ? Math.floor(Math.random() * size) : begin + Math.floor(Math.random() * 16);
    const file = await open(copy, "r+");
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at);
    buffer[0] = (buffer[0] ?? 0) ^ (1 << Math.floor(Math.random() * 8));
    await file.write(buffer, 0, 1, at);
    await file.close();
    const expected = at < 44 ? 0 : ends.findIndex((end) => at < end);
    expect(await readAll(order, told.chunkCount, elsewhere), `byte ${at}`).toBe(expected);
    named += 1;
  }
  await rm(elsewhere, { recursive: true });
  process.stdout.write(`100 flipped bits, ${named} refused by name of their chunk\n`);
});

test("chunks that change places, go missing or come from another recording are refused", async () => {
  const order = anOrder();
  const told = await aRecording(order, 4);
  const other = { ...anOrder(), contentKey: order.contentKey };
  await aRecording(other, 4);
  const readBytes = async (id: string) => {
    const file = await open(path.join(folder, `${id}.rec`));
    const bytes = await file.readFile();
    await file.close();
    return bytes;
  };
  const split = (bytes: Buffer) => {
    const parts: Buffer[] = [];
    for (let at = 44; at < bytes.length;) {
      const end = at + 32 + bytes.readUInt32BE(at + 12);
      parts.push(bytes.subarray(at, end));
      at = end;
    }
    return { head: bytes.subarray(0, 44), parts };
  };
  const { head, parts } = split(await readBytes(order.id));
  const [first = head, second = head, ...rest] = parts;
  const foreign = split(await readBytes(other.id)).parts;
  const elsewhere = await mkdtemp(path.join(os.tmpdir(), "shepherd-moved-"));
  const judge = async (pieces: Buffer[]) => {
    await writeFile(path.join(elsewhere, `${order.id}.rec`), Buffer.concat([head, ...pieces]));
    return readAll(order, told.chunkCount, elsewhere);
  };
  const renumbered = Buffer.from(second);
  renumbered.writeUInt32BE(0, 0);
  expect(await judge([second, first, ...rest])).toBe(0);
  expect(await judge([renumbered, second, ...rest])).toBe(0);
  expect(await judge([first, ...rest])).toBe(1);
  expect(await judge([first, foreign[1] ?? head, ...rest])).toBe(1);
  expect(await judge([first, second])).toBe(2);
  expect(Array.isArray(await judge(parts))).toBe(true);
  await rm(elsewhere, { recursive: true });
});

test("a file cut anywhere is read up to its last whole chunk", async () => {
  const order = anOrder();
  await aRecording(order, 5);
  const file = path.join(folder, `${order.id}.rec`);
  const reader = await RecordingReader.open(folder, order.id);
  const lengths = ((await reader?.listChunks()) ?? []).map(({ length }) => length + 32);
  await reader?.close();
  for (let size = (await stat(file)).size; size > 44; size -= 150_001) {
    await truncate(file, size);
    let whole = 0;
    for (let left = size - 44 - (lengths[0] ?? 0); left >= 0; whole += 1)
      left -= lengths[whole + 1] ?? Infinity;
    const frames = await readAll(order, 0);
    expect(Array.isArray(frames)).toBe(true);
    const again = await RecordingReader.open(folder, order.id);
    expect((await again?.listChunks())?.length).toBe(whole);
    await again?.close();
  }
});

test("a process that is killed leaves a file that is whole up to its last chunk", async () => {
  const order = anOrder();
  const child = startChild("e2e/faults/record-program.ts", [folder, order.id, order.contentKey], {
    DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nothing",
  });
  const chunksOf = async () => {
    const reader = await RecordingReader.open(folder, order.id);
    const chunks = (await reader?.listChunks()) ?? [];
    await reader?.close();
    return chunks.length;
  };
  await vi.waitUntil(async () => (await chunksOf()) > 8, { timeout: 30_000, interval: 20 });
  child.signal("SIGKILL");
  await child.ended;
  const lines = textOf(await readAll(order, 0))
    .split("\n")
    .slice(0, -1);
  expect(lines.length).toBeGreaterThan(100_000);
  // A chunk may end within a line; each line before it is there once, in order.
  const wrong = lines
    .slice(0, -1)
    .findIndex((line, index) => line !== `line ${String(index + 1).padStart(12, "0")}`);
  expect(wrong).toBe(-1);
  process.stdout.write(`killed at ${lines.length} lines, all of them whole and in order\n`);
}, 60_000);

/** How long it takes to hand over so many messages of 64 KiB. */
function feed(recorder: Recorder, messages: number): { ms: number; longestMs: number } {
  const message = Buffer.alloc(64 * 1024, "x");
  const begun = performance.now();
  let longestMs = 0;
  for (let index = 0; index < messages; index += 1) {
    const before = performance.now();
    recorder.fromServer(message);
    longestMs = Math.max(longestMs, performance.now() - before);
  }
  return { ms: performance.now() - begun, longestMs };
}

test("a disk that does not keep up costs parts of the recording, and the stream nothing", async () => {
  const order = anOrder();
  let isSlow = true;
  const held: (() => void)[] = [];
  const writeBytes: Writing = async (file, bytes) => {
    if (isSlow) await new Promise<void>((resolve) => held.push(resolve));
    await file.appendFile(bytes);
  };
  const { recorder, finished } = record(order, writeBytes);
  const before = process.memoryUsage().rss;
  const { ms, longestMs } = feed(recorder, 4_096);
  const grown = (process.memoryUsage().rss - before) / 1024 / 1024;
  expect(grown).toBeLessThan(64);
  expect(longestMs).toBeLessThan(250);
  isSlow = false;
  for (const go of held) go();
  await vi.waitUntil(
    async () => {
      recorder.fromServer(Buffer.from("and on it goes"));
      const reader = await RecordingReader.open(folder, order.id);
      const count = (await reader?.listChunks())?.length ?? 0;
      await reader?.close();
      return count > 5;
    },
    { timeout: 10_000 },
  );
  recorder.end("closed");
  const told = await finished;
  expect(told).toMatchObject({ brokenReason: null, gapCount: 1 });
  const frames = await readAll(order, told.chunkCount);
  if (typeof frames === "number") throw new Error(`chunk ${frames}`);
  const gap = frames.find((frame) => frame.kind === "gap");
  expect(gap).toMatchObject({ lostBytes: told.lostBytes });
  const recorded = Buffer.concat(frames.flatMap((frame) => ("bytes" in frame ? [frame.bytes] : [])));
  expect(recorded.toString("latin1").replaceAll("x", "")).toMatch(/^(and on it goes)+$/);
  expect(told.lostBytes + recorded.filter((byte) => byte === 120).length).toBeGreaterThanOrEqual(
    256 * 1024 * 1024,
  );
  process.stdout.write(
    `256 MiB past a disk that stood still: ${Math.round(ms)} ms, longest hand-over ${longestMs.toFixed(1)} ms, ` +
      `rss +${Math.round(grown)} MiB, ${Math.round(told.lostBytes / 1024 / 1024)} MiB missing in ${told.gapCount} gap\n`,
  );
});

test("however many are recorded, together they keep no more than their share waiting", async () => {
  const stillstand = Promise.withResolvers<void>();
  const writeBytes: Writing = async (file, bytes) => {
    await stillstand.promise;
    await file.appendFile(bytes);
  };
  const many = Array.from({ length: 60 }, () => record(anOrder(), writeBytes));
  // Each alone would keep all of it.
  for (const { recorder } of many) feed(recorder, 112);
  for (const { recorder } of many) recorder.end("closed");
  stillstand.resolve();
  const told = await Promise.all(many.map(({ finished }) => finished));
  const keptBytes = told.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(keptBytes).toBeGreaterThan(200 * 1024 * 1024);
  // Beside what waits, each has a chunk that is being filled.
  expect(keptBytes).toBeLessThan((256 + 60) * 1024 * 1024);
  expect(told.filter(({ lostBytes }) => lostBytes > 0).length).toBeGreaterThan(10);
}, 30_000);

test("a disk that fails ends the recording once, and nothing else", async () => {
  for (const [code, reason] of [
    ["ENOSPC", "disk_full"],
    ["EIO", "disk_failed"],
  ] as const) {
    const order = anOrder();
    const writeBytes: Writing = () => Promise.reject(Object.assign(new Error(code), { code }));
    const { recorder, finished, reports } = record(order, writeBytes);
    recorder.fromServer(Buffer.alloc(2 * 1024 * 1024));
    expect(await finished).toMatchObject({ brokenReason: reason, chunkCount: 0 });
    recorder.fromServer(Buffer.alloc(2 * 1024 * 1024));
    recorder.end("closed");
    await new Promise((resolve) => setImmediate(resolve));
    expect(reports.filter(({ kind }) => kind === "finished")).toHaveLength(1);
  }
});

test("an id that is no id reaches no file", async () => {
  await expect(RecordingReader.open(folder, "../../etc/passwd")).rejects.toThrow("not the id");
  expect((await readdir(folder)).every((name) => /^[0-9a-f-]{36}\.rec$/.test(name))).toBe(true);
});
