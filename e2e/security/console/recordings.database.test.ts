import { copyFile, mkdtemp, open, readFile, rm, truncate, writeFile } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aConsoleUser, aSession, type SignedIn } from "@/e2e/factories/console";
import { aPerson } from "@/e2e/factories/person";
import { aRecording } from "@/e2e/factories/recording";
import { exportRecording } from "@/lib/console/recordings/export-recording";
import { openRecording } from "@/lib/console/recordings/open-recording";
import { listRecordings, readRecording } from "@/lib/console/recordings/queries";
import { recordingFilter } from "@/lib/console/recordings/schema";
import { closeChanges } from "@/lib/core/changes";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { signOut } from "@/lib/identity/sign-out";
import { serveRecordings, type RecordingsSide } from "@/lib/processes/console/recording/serve-recordings";
import { startConsoleProxy, type ConsoleProxy } from "@/lib/processes/console/start-proxy";
import { openSuite } from "../count-refusals";
import { hears, upgradeText } from "./ground/console-hall";

const inputsMin = 45;
const suite = openSuite("console recordings");
const reason = "For the inquiry.";
let folder: string;
let side: RecordingsSide;
let proxy: ConsoleProxy;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "shepherd-hostile-recordings-"));
  side = await serveRecordings(folder);
  const recordingsUrl = `http://127.0.0.1:${side.port}`;
  proxy = await startConsoleProxy({ host: "127.0.0.1", port: 0, proxyId: "recordings", recordingsUrl });
});
afterAll(async () => {
  await proxy.stop();
  await side.stop();
  await closeChanges();
  await rm(folder, { recursive: true, force: true });
  suite.print(inputsMin);
});

function judge(name: string, isRefused: boolean, what: unknown = ""): void {
  if (isRefused) suite.refused(name);
  else suite.accepted(`${name} (${String(what)})`);
}

type Recorded = Awaited<ReturnType<typeof aKeptRecording>>;

/** Some chunks of it, with somebody who keeps the System and may look at it. */
async function aKeptRecording(chunks = 1) {
  const secret = `secret-${newId()}`;
  const words = [Buffer.from(secret), ...Array.from({ length: chunks }, () => randomBytes(700 * 1024))];
  const recorded = await aRecording(words, { folder });
  const owner = await aConsoleUser(recorded.vm.systemId, { role: "owner" });
  return { ...recorded, id: recorded.order.id, secret, owner };
}

async function codeOf(attempt: () => Promise<unknown>): Promise<string> {
  try {
    await attempt();
    return "allowed";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code;
  }
}

const isRefusal = (code: string) =>
  ["RESOURCE_NOT_FOUND", "PERMISSION_DENIED", "UNAUTHORIZED"].includes(code);

async function fetchPart(address: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`http://127.0.0.1:${proxy.port}${address}`, { headers });
  return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
}

const cookieOf = ({ cookie }: { cookie: string }) => ({ cookie: `session_id=${cookie}` });

async function outsidersOf({ vm, ctx }: Recorded): Promise<Record<string, SignedIn>> {
  const elsewhere = await aKeptRecording();
  const gone = await aConsoleUser(vm.systemId, { role: "owner" });
  await db().resourceRoleBinding.updateMany({
    where: { userId: gone.ctx.actor.id },
    data: { expiresAt: new Date(Date.now() - 1_000) },
  });
  const stripped = await aConsoleUser(vm.systemId, { role: "owner" });
  await db().roleBinding.deleteMany({ where: { userId: stripped.ctx.actor.id } });
  return {
    "whoever was recorded": ctx,
    "a member": (await aConsoleUser(vm.systemId)).ctx,
    "another System's owner": elsewhere.owner.ctx,
    "an owner whose time is over": gone.ctx,
    "an owner without the permission": stripped.ctx,
    "an owner where it is not allowed": (
      await aConsoleUser(vm.systemId, { role: "owner", environments: ["prod"] })
    ).ctx,
    "an approver": await aPerson("role-approval-admin"),
    "a viewer": await aPerson("role-viewer"),
    "a new person": await aPerson(null),
  };
}

test("who may not look at it sees none", async () => {
  const recorded = await aKeptRecording();
  const { id, owner } = recorded;
  expect(await codeOf(() => readRecording(owner.ctx, id))).toBe("allowed");
  const absent = await codeOf(() => readRecording(owner.ctx, newId()));
  for (const [who, ctx] of Object.entries(await outsidersOf(recorded))) {
    const codes = await Promise.all([
      codeOf(() => readRecording(ctx, id)),
      codeOf(() => openRecording(ctx, { recordingId: id })),
      codeOf(() => exportRecording(ctx, { recordingId: id, reason })),
    ]);
    const { items } = await listRecordings(ctx, recordingFilter.parse({ perPage: 100 }));
    judge(`${who} reads it`, codes[0] === absent, codes[0]);
    judge(`${who} opens it`, isRefusal(codes[1] ?? ""), codes[1]);
    judge(`${who} takes it out`, isRefusal(codes[2] ?? ""), codes[2]);
    judge(`${who} finds it`, !items.some((item) => item.id === id));
  }
});

test("taking it out wants a fresh second factor, each time", async () => {
  const { id, owner } = await aKeptRecording();
  const { actor } = owner.ctx;
  const states: Record<string, SignedIn> = {
    "without a second factor": { ...owner.ctx, actor: { ...actor, hasSecondFactor: false, mfaAt: null } },
    "with a factor that was never shown": { ...owner.ctx, actor: { ...actor, mfaAt: null } },
    "with a factor of this morning": {
      ...owner.ctx,
      actor: { ...actor, mfaAt: new Date(Date.now() - 6 * 3_600_000) },
    },
  };
  for (const [name, ctx] of Object.entries(states)) {
    const code = await codeOf(() => exportRecording(ctx, { recordingId: id, reason }));
    judge(`taken out ${name}`, code === "MFA_REQUIRED", code);
  }
  const openings = await db().consoleRecordingOpening.count({ where: { recordingId: id } });
  expect(openings).toBe(0);
});

test("an opening is for its person, session, recording, purpose and time", async () => {
  const [mine, other] = [await aKeptRecording(), await aKeptRecording()];
  const { owner, id } = mine;
  const opened = await openRecording(owner.ctx, { recordingId: id });
  const exported = await exportRecording(owner.ctx, { recordingId: id, reason });
  const exportOpening = /opening=(.*)$/.exec(exported.filePath)?.[1] ?? "";
  const part = (recordingId: string, kind: string, opening: string) =>
    `/api/v1/recordings/${recordingId}/${kind}?opening=${opening}`;
  const colleague = await aConsoleUser(mine.vm.systemId, { role: "owner" });
  const second = await aSession({ ...owner.ctx, actor: { ...owner.ctx.actor, sessionId: newId() } });
  const tries: Record<string, [string, Record<string, string>]> = {
    "read without a session": [opened.streamPath, {}],
    "read with a forged session": [opened.streamPath, { cookie: "session_id=forged" }],
    "read with a made-up API token": [opened.streamPath, { authorization: "Bearer made-up" }],
    "read by a colleague": [opened.streamPath, cookieOf(colleague)],
    "read by oneself in another session": [opened.streamPath, cookieOf({ cookie: second })],
    "read by another recording's owner": [opened.streamPath, cookieOf(other.owner)],
    "another recording under this opening": [part(other.id, "stream", opened.openingId), cookieOf(owner)],
    "an opening that nobody made": [part(id, "stream", newId()), cookieOf(owner)],
    "the recording's number as its opening": [part(id, "stream", id), cookieOf(owner)],
    "the file under an opening to look": [part(id, "file", opened.openingId), cookieOf(owner)],
    "the stream under an opening to take out": [part(id, "stream", exportOpening), cookieOf(owner)],
    "the index under an opening to take out": [part(id, "index", exportOpening), cookieOf(owner)],
  };
  const good = await fetchPart(opened.streamPath, cookieOf(owner));
  expect([good.status, good.body.includes(mine.secret)]).toEqual([200, true]);
  for (const [name, [address, headers]] of Object.entries(tries)) {
    const { status, body } = await fetchPart(address, headers);
    judge(
      name,
      [401, 403, 404].includes(status) && !body.includes(mine.secret) && !body.includes(other.secret),
      status,
    );
  }
  await db()
    .$executeRaw`UPDATE console_recording_openings SET expires_at = now() WHERE id = ${exportOpening}`;
  judge("the file after its minutes", (await fetchPart(exported.filePath, cookieOf(owner))).status === 404);
  await db().resourceRoleBinding.deleteMany({ where: { userId: owner.ctx.actor.id } });
  judge("read after the role is gone", (await fetchPart(opened.streamPath, cookieOf(owner))).status === 404);
  await signOut(owner.ctx);
  judge("read after signing out", (await fetchPart(opened.streamPath, cookieOf(owner))).status === 401);
});

async function flip(file: string, at: number): Promise<void> {
  const handle = await open(file, "r+");
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, at);
  buffer[0] = (buffer[0] ?? 0) ^ 1;
  await handle.write(buffer, 0, 1, at);
  await handle.close();
}

/** What somebody with the disk, and without the key, may do to a file of some chunks. */
const changes: Record<string, (file: string, other: string, size: number) => Promise<void>> = {
  "its first byte flipped": (file) => flip(file, 0),
  "a byte of its first head flipped": (file) => flip(file, 20),
  "a byte of its first chunk flipped": (file) => flip(file, 200),
  "a byte in its middle flipped": (file, _other, size) => flip(file, Math.floor(size / 2)),
  "its last byte flipped": (file, _other, size) => flip(file, size - 1),
  "its end cut off": (file, _other, size) => truncate(file, size - 10),
  "half of it cut off": (file, _other, size) => truncate(file, Math.floor(size / 2)),
  "all of it cut off": (file) => truncate(file, 0),
  "its beginning cut off": async (file) => writeFile(file, (await readFile(file)).subarray(64)),
  "another recording in its place": (file, other) => copyFile(other, file),
  "another recording behind it, its own end gone": async (file, other, size) => {
    const [own, foreign] = [await readFile(file), await readFile(other)];
    await writeFile(file, Buffer.concat([own.subarray(0, Math.floor(size / 2)), foreign]));
  },
  "zeros in its place": async (file, _other, size) => writeFile(file, Buffer.alloc(size)),
  "nothing in its place": (file) => rm(file),
};

test("what was changed on the disk is refused, and taken out as such", async () => {
  const other = await aKeptRecording(3);
  for (const [name, change] of Object.entries(changes)) {
    const { id, owner, finished } = await aKeptRecording(3);
    const file = path.join(folder, `${id}.rec`);
    const { streamPath } = await openRecording(owner.ctx, { recordingId: id });
    await change(file, path.join(folder, `${other.id}.rec`), (await readFile(file)).length);
    const statuses: number[] = [];
    for (let from = 0; from < finished.chunkCount; from += 1)
      statuses.push((await fetchPart(`${streamPath}&from=${from}`, cookieOf(owner))).status);
    const exported = await exportRecording(owner.ctx, { recordingId: id, reason });
    const whole = await fetchPart(exported.filePath, cookieOf(owner)).catch(() => null);
    const isWhole = whole?.status === 200 && !/damaged|DAMAGED/.test(whole.body.toString("latin1"));
    judge(
      `on the disk: ${name}`,
      statuses.includes(409) && statuses.every((status) => status === 409 || status === 200),
      statuses,
    );
    judge(`taken out with ${name}`, !isWhole, whole?.status);
  }
}, 40_000);

const strange: Record<string, (id: string) => string> = {
  "a way back": () => "../../../../etc/passwd",
  "a written way back": () => "..%2f..%2f..%2fetc%2fpasswd",
  "a way back of the right length": () => "../../../../../../../../../etc/passwd".slice(0, 36),
  "a null byte": (id) => `${id}%00.rec`,
  "its file's name": (id) => `${id}.rec`,
  "capital letters": (id) => id.toUpperCase(),
  "no dashes": (id) => id.replaceAll("-", "0"),
  "dashes only": () => "-".repeat(36),
  "one letter more": (id) => `${id}a`,
  "a backslash": (id) => `..\\${id.slice(3)}`,
  "words of the database": () => "%27%20OR%201%3D1%20--%20",
  "an asterisk": () => "*",
  nothing: () => "",
};

/** Word for word, because a client of the usual kind would set an address right first. */
async function askBare(address: string, headers: Record<string, string>): Promise<string> {
  const text = upgradeText(address, { ...headers, connection: "close" }).replace(/upgrade: .*\r\n/, "");
  const wire = net.connect(proxy.port, "127.0.0.1");
  wire.on("error", () => wire.destroy());
  const answer = hears(wire, "never said");
  wire.write(text);
  return answer;
}

test("no path leads out of its folder", async () => {
  const { id, owner, secret } = await aKeptRecording();
  const { openingId } = await openRecording(owner.ctx, { recordingId: id });
  await writeFile(path.join(folder, `${"-".repeat(36)}.rec`), secret);
  for (const [name, write] of Object.entries(strange)) {
    const addresses = {
      recording: `/api/v1/recordings/${write(id)}/stream?opening=${openingId}`,
      opening: `/api/v1/recordings/${id}/stream?opening=${write(openingId)}`,
    };
    for (const [where, address] of Object.entries(addresses)) {
      const answer = await askBare(address, cookieOf(owner));
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
      judge(`${name} as its ${where}`, [400, 404].includes(status) && !answer.includes(secret), status);
    }
    const code = await codeOf(() => openRecording(owner.ctx, { recordingId: write(id) }));
    judge(`${name}, to be opened`, code === "RESOURCE_NOT_FOUND", code);
  }
  for (const from of ["-1", "1e9", "99999999999", "0x1", "1.5", ""]) {
    const address = `/api/v1/recordings/${id}/stream?opening=${openingId}&from=${from}`;
    const { status } = await fetchPart(address, cookieOf(owner));
    judge(`from chunk "${from}"`, status === 404, status);
  }
});
