import { once } from "node:events";
import { mkdtemp, open, rm } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aConsoleUser } from "@/e2e/factories/console";
import { aRecording, aSignedInAdministrator } from "@/e2e/factories/recording";
import { exportRecording } from "@/lib/console/recordings/export-recording";
import { readFrames } from "@/lib/console/recordings/frames/rules";
import { openRecording } from "@/lib/console/recordings/open-recording";
import { purgeRecordings } from "@/lib/console/recordings/purge-recordings";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { forwardRecording, isRecordingPath } from "../../web/forward-recording";
import { keepRecordings } from "./keep-recordings";
import { listRecorded } from "./recording-folder";
import { serveRecordings, type RecordingsSide } from "./serve-recordings";

let folder: string;
let side: RecordingsSide;
let front: http.Server;
let baseUrl: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "shepherd-recordings-serve-"));
  side = await serveRecordings(folder);
  front = http.createServer((request, response) =>
    isRecordingPath(request.url ?? "")
      ? forwardRecording(request, response, new URL(`http://127.0.0.1:${side.port}`))
      : response.writeHead(418).end(),
  );
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  baseUrl = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
});
afterAll(async () => {
  front.closeAllConnections();
  front.close();
  await side.stop();
  await rm(folder, { recursive: true, force: true });
});

const ask = (address: string, cookie: string | null, method = "GET") =>
  fetch(`${baseUrl}${address}`, {
    method,
    headers: cookie === null ? {} : { cookie: `session_id=${cookie}` },
  });

async function aWatched(words?: readonly (string | Buffer)[]) {
  const recorded = await aRecording(words, { folder });
  const { ctx, cookie } = await aConsoleUser(recorded.vm.systemId, { role: "owner" });
  const opened = await openRecording(ctx, { recordingId: recorded.order.id });
  return { ...recorded, owner: { ctx, cookie }, opened };
}

const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];

async function flip(recordingId: string, at: number) {
  const file = await open(path.join(folder, `${recordingId}.rec`), "r+");
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at);
  buffer[0] = (buffer[0] ?? 0) ^ 1;
  await file.write(buffer, 0, 1, at);
  await file.close();
}

describe("the content of a recording", () => {
  test("comes chunk by chunk, as it was recorded, with an index beside it", async () => {
    const parts = Array.from({ length: 9 }, () => randomBytes(700 * 1024));
    const { owner, opened, finished } = await aWatched(parts);
    const index = (await (await ask(opened.indexPath, owner.cookie)).json()) as { chunks: number[][] };
    expect(index).toMatchObject({ is_running: false, duration_ms: finished.durationMs });
    expect(index.chunks).toHaveLength(finished.chunkCount);
    const read: Buffer[] = [];
    let ranges = 0;
    for (let from: string | null = "0"; from !== null; ranges += 1) {
      const answer = await ask(`${opened.streamPath}&from=${from}`, owner.cookie);
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
      const frames = readFrames(new Uint8Array(await answer.arrayBuffer()));
      read.push(...frames.flatMap((frame) => ("bytes" in frame ? [Buffer.from(frame.bytes)] : [])));
      from = answer.headers.get("x-recording-next");
    }
    expect(ranges).toBeGreaterThan(1);
    expect(Buffer.concat(read).equals(Buffer.concat(parts))).toBe(true);
  });

  test("is for whoever opened it, signed in, under that opening", async () => {
    const { owner, opened, order, vm } = await aWatched();
    const colleague = await aConsoleUser(vm.systemId, { role: "owner" });
    const other = await aWatched();
    expect(await codeOf(await ask(opened.streamPath, null))).toEqual([401, "UNAUTHORIZED"]);
    expect(await codeOf(await ask(opened.streamPath, "forged"))).toEqual([401, "UNAUTHORIZED"]);
    expect(await codeOf(await ask(opened.streamPath, colleague.cookie))).toEqual([404, "RESOURCE_NOT_FOUND"]);
    for (const address of [
      `/api/v1/recordings/${order.id}/stream?opening=${newId()}`,
      `/api/v1/recordings/${order.id}/stream?opening=${other.opened.openingId}`,
      `/api/v1/recordings/${other.order.id}/stream?opening=${opened.openingId}`,
      `/api/v1/recordings/${order.id}/file?opening=${opened.openingId}`,
      `/api/v1/recordings/${order.id}/stream?opening=${opened.openingId}&from=0&x=1`,
      `/api/v1/recordings/${order.id}/stream?opening=..%2f..%2fetc`,
    ])
      expect(await codeOf(await ask(address, owner.cookie)), address).toEqual([404, "RESOURCE_NOT_FOUND"]);
    expect((await ask(opened.streamPath, owner.cookie, "POST")).status).toBe(405);
    expect((await ask(`/api/v1/recordings/${order.id}`, owner.cookie)).status).toBe(418);
    expect((await ask(opened.streamPath, owner.cookie)).status).toBe(200);
  });

  test("that was altered is refused by the number of its chunk, whatever lies before it", async () => {
    const parts = Array.from({ length: 6 }, () => randomBytes(700 * 1024));
    const { owner, opened, order } = await aWatched(parts);
    await flip(order.id, 44 + 1024 * 1024 * 2);
    const answer = await ask(`${opened.streamPath}&from=0`, owner.cookie);
    expect(answer.status).toBe(409);
    const refusal = (await answer.json()) as { params: { chunk: number } };
    expect(refusal).toMatchObject({ code: "RECORDING_DAMAGED" });
    expect((await ask(`${opened.streamPath}&from=${refusal.params.chunk + 1}`, owner.cookie)).status).toBe(
      200,
    );
  });

  test("whose end was cut off, or that is gone, is refused", async () => {
    const parts = Array.from({ length: 4 }, () => randomBytes(700 * 1024));
    const { owner, opened, order, finished } = await aWatched(parts);
    const file = path.join(folder, `${order.id}.rec`);
    const handle = await open(file, "r+");
    await handle.truncate((await handle.stat()).size - 10);
    await handle.close();
    const answer = await ask(`${opened.streamPath}&from=${finished.chunkCount - 1}`, owner.cookie);
    expect(await codeOf(answer)).toEqual([409, "RECORDING_DAMAGED"]);
    await rm(file);
    expect(await codeOf(await ask(opened.streamPath, owner.cookie))).toEqual([409, "RECORDING_DAMAGED"]);
  });
});

describe("an export", () => {
  test("of a terminal is an asciicast, with its words whole and its end marked", async () => {
    const { ctx, cookie } = await aSignedInAdministrator();
    // A character of three bytes arrives in two parts.
    const euro = Buffer.from("€");
    const { order, vm } = await aRecording(["login: ", euro.subarray(0, 1), euro.subarray(1), "\r\n"], {
      folder,
    });
    const { filePath } = await exportRecording(ctx, { recordingId: order.id, reason: "a test" });
    const answer = await ask(filePath, cookie);
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename=".+\.cast"$/);
    const [head, ...lines] = (await answer.text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(head).toMatchObject({ version: 2, width: 80, height: 24, title: vm.name });
    const events = lines as [number, string, string][];
    expect(
      events
        .filter(([, kind]) => kind === "o")
        .map(([, , text]) => text)
        .join(""),
    ).toBe("login: €\r\n");
    expect(events.at(-1)?.slice(1)).toEqual(["m", "end: closed"]);
  });

  test("of a screen is its RFB stream in lines of JSON", async () => {
    const { ctx, cookie } = await aSignedInAdministrator();
    const greeting = Buffer.from("RFB 003.008\n");
    const { order } = await aRecording([greeting, Buffer.of(1, 1)], { folder, consoleType: "vnc" });
    const { filePath } = await exportRecording(ctx, { recordingId: order.id, reason: "a test" });
    const lines = (await (await ask(filePath, cookie)).text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toMatchObject({ format: "shepherd-rfb", version: 1, recording: order.id });
    expect(lines.at(-1)).toMatchObject({ end: "closed" });
    const bytes = lines.flatMap((line) =>
      typeof line["bytes"] === "string" ? [Buffer.from(line["bytes"], "base64")] : [],
    );
    expect(Buffer.concat(bytes)).toEqual(Buffer.concat([greeting, Buffer.of(1, 1)]));
  });

  test("of something that was altered sends nothing at all", async () => {
    const { ctx, cookie } = await aSignedInAdministrator();
    const { order } = await aRecording([randomBytes(3_000_000)], { folder });
    await flip(order.id, 2_500_000);
    const { filePath } = await exportRecording(ctx, { recordingId: order.id, reason: "a test" });
    expect(await codeOf(await ask(filePath, cookie))).toEqual([409, "RECORDING_DAMAGED"]);
  });
});

test("one person's slow exports leave replay to everybody else", async () => {
  const { ctx, cookie } = await aSignedInAdministrator();
  // Six bytes each in an asciicast: more than lies in the sockets of two hops, each of which may hold 36 MiB.
  const parts = Array.from({ length: 24 }, () => Buffer.alloc(1_000_000, 1));
  const { order, owner, opened } = await aWatched(parts);
  const { filePath } = await exportRecording(ctx, { recordingId: order.id, reason: "a test" });
  const slow = [await ask(filePath, cookie), await ask(filePath, cookie), await ask(filePath, cookie)];
  expect(slow.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await codeOf(await ask(filePath, cookie))).toEqual([503, "RATE_LIMIT_EXCEEDED"]);
  expect((await ask(opened.streamPath, owner.cookie)).status).toBe(200);
  for (const { body } of slow) await body?.cancel();
  await expect.poll(async () => (await ask(filePath, cookie)).status).toBe(200);
});

describe("the keeper", () => {
  test("writes down what recorders report, and removes what is no longer kept", async () => {
    const keep = await aRecording(undefined, { folder });
    const gone = await aRecording(undefined, { folder });
    await db().consoleRecording.update({ where: { id: gone.order.id }, data: { retainUntil: new Date(0) } });
    await purgeRecordings();
    const recordings = await keepRecordings("keeper", folder);
    await expect.poll(() => listRecorded(folder)).not.toContain(gone.order.id);
    await recordings.stop();
    expect(await listRecorded(folder)).toContain(keep.order.id);
  });
});
