import { mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as open } from "@/app/api/v1/admin/image-uploads/route";
import { aSignedIn, aHolder } from "@/e2e/factories/account";
import { aCluster } from "@/e2e/factories/cluster";
import { aRawImage } from "@/e2e/factories/upload";
import { patch, sendPart, sendRest, type Sender } from "@/e2e/factories/upload-sender";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { createUpload } from "@/lib/catalog/uploads/create-upload";
import { prepareUpload } from "@/lib/catalog/uploads/prepare-upload.handler";
import { createUploadInput, type ImageFormat } from "@/lib/catalog/uploads/schema";
import { checkCluster } from "@/lib/clusters/check-cluster.handler";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { closeChanges } from "@/lib/core/changes";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";
import { startUploads, type UploadsSide } from "@/lib/processes/uploads/start-uploads";
import { openSuite } from "../count-refusals";
import { countWrites } from "./count-writes";
import { refusalOfAnswer } from "./read-refusal";
import { anAdministratorsCookie, sendText } from "./send-text";
import { spoiltImages, type SpoiltImage } from "./uploads/spoilt-images";

type SignedIn = Context & { actor: Person };

const suite = openSuite("uploads");
const inputsMin = 70;
const image = aRawImage(200_000, "security");

let lab: KubevirtLab;
let clusterId: string;
let folder: string;
let uploads: UploadsSide;
let baseUrl: string;
let owner: SignedIn;
let sender: Sender;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
  clusterId = (await aCluster({ kubeconfig: lab.kubeconfig })).id;
  await checkCluster({ clusterId });
  folder = await mkdtemp(path.join(os.tmpdir(), "shepherd-uploads-security-"));
  uploads = await startUploads("security", folder);
  baseUrl = `http://127.0.0.1:${uploads.port}`;
  owner = await aSignedIn("role-platform-admin");
  sender = await openUpload(owner, image.length);
});
afterAll(async () => {
  await uploads.stop();
  await closeChanges();
  closeClusterConnections();
  await lab.stop();
  await rm(folder, { recursive: true, force: true });
  suite.print(inputsMin);
});

function cookieOf({ actor }: SignedIn, expiresAt = new Date(Date.now() + 3_600_000)): Promise<string> {
  return signSessionCookie({ id: actor.sessionId, userId: actor.id, expiresAt });
}

async function openUpload(ctx: SignedIn, sizeBytes: number, format: ImageFormat = "raw"): Promise<Sender> {
  const wanted = { clusterId, displayName: "Image", fileName: "a.img", sizeBytes, format, diskGb: 5 };
  const { id } = await createUpload(ctx, createUploadInput.parse({ ...wanted, fingerprint: "c".repeat(64) }));
  await prepareUpload({ uploadId: id });
  return { baseUrl, cookie: await cookieOf(ctx), uploadId: id };
}

function judge(name: string, isRefused: boolean, came: unknown): void {
  if (isRefused) suite.refused(name);
  else suite.accepted(`${name} (${JSON.stringify(came)?.slice(0, 200)})`);
}

const part = { "content-type": "application/offset+octet-stream", "upload-offset": "0" };

async function tryPart(
  name: string,
  headers: Record<string, string>,
  from: Partial<Sender> & { body?: Buffer; method?: string } = {},
): Promise<void> {
  const { body = image.subarray(0, 1_000), method = "PATCH", ...over } = from;
  const hasBody = method === "PATCH";
  const answer = await sendPart(
    { ...sender, ...over },
    { method, headers: { ...(hasBody ? part : {}), ...headers }, ...(hasBody ? { body } : {}) },
  );
  const isRefused = answer === null || (answer.status >= 400 && answer.status < 500);
  const stands = await sendPart(sender, { method: "HEAD" });
  judge(name, isRefused && stands?.offset === 0, { answer, stands });
}

test("whoever may not send", async () => {
  const stranger = await aSignedIn("role-platform-admin");
  const reader = await aHolder("template:read");
  const ended = await aSignedIn("role-platform-admin");
  await db().userSession.update({ where: { id: ended.actor.sessionId }, data: { revokedAt: new Date() } });
  const past = await cookieOf(owner, new Date(Date.now() - 1_000));
  const cookies: Record<string, string> = {
    nobody: "",
    "a made-up session": "made.up.cookie",
    "a session that ran out": past,
    "an ended session": await cookieOf(ended),
    "another administrator": await cookieOf(stranger),
    "a reader": await cookieOf(reader),
    "a session of a foreign key": `${sender.cookie.slice(0, -6)}AAAAAA`,
  };
  for (const [name, cookie] of Object.entries(cookies)) {
    await tryPart(name, cookie === "" ? { cookie: "" } : {}, { cookie });
    await tryPart(`${name} cancels`, cookie === "" ? { cookie: "" } : {}, {
      cookie,
      // Another administrator may cancel what is left lying about.
      method: name === "another administrator" ? "PUT" : "DELETE",
    });
  }
  for (const token of ["none", `shp_${"A".repeat(43)}`, "", "Bearer"])
    await tryPart(`a token ${JSON.stringify(token)}`, { authorization: `Bearer ${token}`, cookie: "" });
});

test("whoever comes from elsewhere", async () => {
  for (const origin of [
    "https://evil.example",
    "null",
    "http://localhost",
    "https://portal.example.evil",
    "",
  ])
    await tryPart(`the origin ${JSON.stringify(origin)}`, { origin });
  for (const site of ["cross-site", "same-site"])
    await tryPart(`a request ${site}`, { "sec-fetch-site": site });
  await tryPart("another origin cancels", { origin: "https://evil.example" }, { method: "DELETE" });
});

test("what is no part of this file", async () => {
  for (const offset of [
    "1",
    "500",
    "-1",
    "1e3",
    "0x0",
    "9007199254740993",
    "18446744073709551616",
    "NaN",
    "",
  ])
    await tryPart(`the offset ${JSON.stringify(offset)}`, { "upload-offset": offset });
  for (const version of ["0.2.0", "2.0.0", ""])
    await tryPart(`the protocol ${version}`, { "tus-resumable": version });
  for (const type of ["application/json", "text/plain", "multipart/form-data"])
    await tryPart(`the type ${type}`, { "content-type": type });
  const long = Buffer.concat([image, Buffer.alloc(512)]);
  await tryPart("more bytes than were declared", {}, { body: long });
  for (const method of ["GET", "POST", "PUT", "OPTIONS", "TRACE"])
    await tryPart(`the method ${method}`, {}, { method });
  for (const uploadId of [
    "../../etc/passwd",
    "..%2f..%2fetc",
    "00000000-0000-7000-8000-000000000000",
    "",
    "%00",
  ])
    await tryPart(`the upload ${JSON.stringify(uploadId)}`, {}, { uploadId });
  await tryPart("another length", { "upload-length": "1" }, { method: "POST" });
  await tryPart("a deferred length", { "upload-defer-length": "1" }, { method: "POST" });
  await tryPart("a method in a header", { "x-http-method-override": "DELETE" }, { method: "POST" });
  expect(await readdir(folder)).not.toContain("passwd");
});

test("parts that come at the same time are one part", async () => {
  const parallel = await openUpload(owner, image.length);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => patch(parallel, image, { offset: 0, bytes: 100_000 })),
  );
  const taken = answers.filter((answer) => answer?.status === 204);
  const stands = await sendPart(parallel, { method: "HEAD" });
  judge("eight first parts at once", taken.length === 1 && stands?.offset === 100_000, { answers, stands });
  await db().userSession.update({ where: { id: owner.actor.sessionId }, data: { revokedAt: new Date() } });
  const late = await patch(parallel, image, { offset: 100_000, bytes: 100_000 });
  judge("the rest after the session ended", late?.status === 401, late);
  await db().userSession.update({ where: { id: owner.actor.sessionId }, data: { revokedAt: null } });
  const { received } = lab.control.uploads;
  judge("half a file in the cluster", received.length === 0, received);
});

test("files that are not what they are said to be never reach the cluster", async () => {
  await Promise.all(spoiltImages().map(trySpoilt));
}, 60_000);

async function trySpoilt({ title, format, content }: SpoiltImage): Promise<void> {
  const lying = await openUpload(await aSignedIn("role-platform-admin"), content.length, format);
  await patch(lying, content, { offset: 0, bytes: content.length });
  const read = () => db().imageUpload.findUniqueOrThrow({ where: { id: lying.uploadId } });
  const isSettled = async () => ["READY", "FAILED"].includes((await read()).status);
  await expect.poll(isSettled, { timeout: 30_000, interval: 100 }).toBe(true);
  const { name, status, message } = await read();
  const arrived = lab.control.uploads.received.filter((one) => one.name === name);
  judge(title, status === "FAILED" && arrived.length === 0, [status, message, arrived.length]);
}

test("openings that cannot be", async () => {
  const cookie = await anAdministratorsCookie();
  const disabled = await aCluster({ enabled: false, defaultStorageClass: "fast" });
  const maintained = await aCluster({ maintenance: true, defaultStorageClass: "fast" });
  const good = {
    ...{ cluster_id: clusterId, display_name: "Image", file_name: "a.img", size_bytes: 4_096 },
    ...{ format: "raw", disk_gb: 1, fingerprint: "0".repeat(64) },
  };
  const openings: Record<string, object> = {
    ...Object.fromEntries(
      [0, -1, 511, 1.5, 2 ** 53, 1e300, "4096"].map((size) => [`${size} bytes`, { size_bytes: size }]),
    ),
    ...Object.fromEntries([0, -1, 1e9, 0.5].map((disk) => [`a disk of ${disk}`, { disk_gb: disk }])),
    "more than the setting allows": { size_bytes: 64 * 1024 ** 3, disk_gb: 100 },
    "a disk smaller than the file": { size_bytes: 3 * 1024 ** 3, disk_gb: 1 },
    "a disabled cluster": { cluster_id: disabled.id },
    "a cluster in maintenance": { cluster_id: maintained.id },
    "a cluster that is not there": { cluster_id: "none" },
    "a class that is not there": { storage_class: "../default" },
    "a format of its own": { format: "vmdk" },
    "a name with a line in it": { file_name: "a\r\nb.img" },
    "a name with a NUL": { file_name: "a\u0000b.img" },
    "a fingerprint that is a path": { fingerprint: "../".repeat(21) },
    "an id of its own": { id: "00000000-0000-7000-8000-000000000000" },
    "a status of its own": { status: "READY" },
    "a namespace of its own": { namespace: "kube-system" },
    "somebody else's name": { created_by: owner.actor.id },
  };
  for (const [name, over] of Object.entries(openings)) {
    const before = await countWrites();
    const refusal = await refusalOfAnswer(
      sendText(open, { method: "POST", cookie, body: { ...good, ...over } }),
    );
    judge(`opened with ${name}`, refusal !== null && (await countWrites()) === before, refusal);
  }
  expect((await sendText(open, { method: "POST", cookie, body: good })).status).toBe(201);
});

test("a file that is what it is said to be arrives", async () => {
  await sendRest(sender, image, 1_000_000);
  const status = async () =>
    (await db().imageUpload.findUniqueOrThrow({ where: { id: sender.uploadId } })).status;
  await expect.poll(status, { timeout: 15_000, interval: 100 }).toBe("READY");
});
