import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { mkdtemp } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aHolder, aSignedIn } from "@/e2e/factories/account";
import { aCluster } from "@/e2e/factories/cluster";
import { aQcow2Image, aRawImage } from "@/e2e/factories/upload";
import { patch, sendPart, sendRest, type Sender } from "@/e2e/factories/upload-sender";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { createUpload } from "@/lib/catalog/uploads/create-upload";
import { cancelUpload } from "@/lib/catalog/uploads/cancel-upload";
import { prepareUpload } from "@/lib/catalog/uploads/prepare-upload.handler";
import { readUpload } from "@/lib/catalog/uploads/queries";
import { retryUpload } from "@/lib/catalog/uploads/retry-upload";
import { createUploadInput, type ImageFormat } from "@/lib/catalog/uploads/schema";
import { checkCluster } from "@/lib/clusters/check-cluster.handler";
import { closeChanges } from "@/lib/core/changes";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";
import { startConsoleProxy, type ConsoleProxy } from "../console/start-proxy";
import { forwardUpload } from "../web/forward-upload";
import { startUploads, type UploadsSide } from "./start-uploads";

type SignedIn = Context & { actor: Person };

let lab: KubevirtLab;
let clusterId: string;
let folder: string;
let uploads: UploadsSide;
let proxy: ConsoleProxy;
let front: http.Server;
let baseUrl: string;
let ctx: SignedIn;
let cookie: string;

const cookieOf = ({ actor }: SignedIn) =>
  signSessionCookie({ id: actor.sessionId, userId: actor.id, expiresAt: new Date(Date.now() + 3_600_000) });

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50, showUploadProgress: true });
  clusterId = (await aCluster({ kubeconfig: lab.kubeconfig })).id;
  await checkCluster({ clusterId });
  folder = await mkdtemp(path.join(os.tmpdir(), "shepherd-uploads-test-"));
  uploads = await startUploads("holder-a", folder);
  proxy = await startConsoleProxy({
    host: "127.0.0.1",
    port: 0,
    proxyId: "upload-test",
    uploadsUrl: `http://127.0.0.1:${uploads.port}`,
  });
  front = http.createServer((request, response) =>
    forwardUpload(request, response, new URL(`http://127.0.0.1:${proxy.port}`)),
  );
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  baseUrl = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
});

afterAll(async () => {
  front.closeAllConnections();
  front.close();
  await uploads.stop();
  await proxy.stop();
  await closeChanges();
  await lab.stop();
});

beforeEach(async () => {
  lab.control.faults.clear();
  ctx = await aSignedIn("role-platform-admin");
  cookie = await cookieOf(ctx);
});

async function openUpload(
  image: Buffer,
  over: { format?: ImageFormat; diskGb?: number } = {},
): Promise<Sender> {
  const { id } = await createUpload(
    ctx,
    createUploadInput.parse({
      clusterId,
      displayName: "Test image",
      fileName: "test.img",
      sizeBytes: image.length,
      format: "raw",
      diskGb: 5,
      fingerprint: "b".repeat(64),
      ...over,
    }),
  );
  await prepareUpload({ uploadId: id });
  return { baseUrl, cookie, uploadId: id };
}

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const statusOf = async (id: string) => (await readUpload(ctx, id)).status;
const settled = (id: string) =>
  expect.poll(() => statusOf(id), { timeout: 15_000, interval: 100 }).toMatch(/READY|FAILED/);
const stagedFile = (id: string) => readFile(path.join(folder, id)).catch(() => null);
const received = async (id: string) => {
  const { name } = await readUpload(ctx, id);
  return lab.control.uploads.received.filter((image) => image.name === name);
};

test("a file arrives in the cluster as it was, with its digest and its record", async () => {
  const image = aRawImage(3_000_000, "whole");
  const sender = await openUpload(image);
  await sendRest(sender, image, 1_000_000);
  await settled(sender.uploadId);
  const row = await readUpload(ctx, sender.uploadId);
  expect(row).toMatchObject({
    status: "READY",
    sha256: sha256(image),
    receivedBytes: image.length,
    sentBytes: image.length,
    message: null,
  });
  expect(await received(sender.uploadId)).toMatchObject([
    { sha256: sha256(image), size: image.length, outcome: "succeeded" },
  ]);
  const record = await db().auditLog.findFirst({
    where: { action: "image_upload.complete", resourceId: sender.uploadId },
  });
  expect(record).toMatchObject({ outcome: "success", details: { sha256: sha256(image) } });
  await expect.poll(() => stagedFile(sender.uploadId)).toBeNull();
});

test("connections that break at twenty random points leave the file byte for byte what it was", async () => {
  const image = aRawImage(8_000_000, "broken");
  const sender = await openUpload(image);
  for (let cuts = 0; cuts < 20; cuts += 1) {
    const stands = await sendPart(sender, { method: "HEAD" });
    const offset = stands?.offset ?? 0;
    const bytes = Math.min(600_000, image.length - offset);
    const breakAfter = Math.floor(Math.random() * bytes);
    expect(await patch(sender, image, { offset, bytes, breakAfter })).toBeNull();
  }
  await sendRest(sender, image, 1_000_000);
  await settled(sender.uploadId);
  expect(await readUpload(ctx, sender.uploadId)).toMatchObject({ status: "READY", sha256: sha256(image) });
  expect(await received(sender.uploadId)).toMatchObject([{ sha256: sha256(image), outcome: "succeeded" }]);
});

test("a part at the wrong place is refused in words, however much of it is still coming", async () => {
  const image = aRawImage(12_000_000, "offset");
  const sender = await openUpload(image);
  const answers = await Promise.all([
    patch(sender, image.subarray(1_000_000), { offset: 1_000_000, bytes: 8_000_000 }),
    patch(sender, image.subarray(2_000_000), { offset: 2_000_000, bytes: 8_000_000 }),
  ]);
  expect(answers).toMatchObject([{ status: 409 }, { status: 409 }]);
  expect(await sendPart(sender, { method: "HEAD" })).toMatchObject({ status: 200, offset: 0 });
});

test("two senders of one file at a time do it no harm", async () => {
  const image = aRawImage(6_000_000, "parallel");
  const sender = await openUpload(image);
  await Promise.all([sendRest(sender, image, 700_000), sendRest(sender, image, 900_000)]);
  await settled(sender.uploadId);
  expect(await readUpload(ctx, sender.uploadId)).toMatchObject({ status: "READY", sha256: sha256(image) });
});

test("another process that holds the disk no longer waits for nobody, and meanwhile is refused", async () => {
  const image = aRawImage(2_000_000, "held");
  const sender = await openUpload(image);
  await patch(sender, image, { offset: 0, bytes: 500_000 });
  await db().imageUpload.update({
    where: { id: sender.uploadId },
    data: { holderId: "another", leaseUntil: new Date(Date.now() + 60_000) },
  });
  expect(await sendPart(sender, { method: "HEAD" })).toMatchObject({ status: 423 });
  await db().imageUpload.update({
    where: { id: sender.uploadId },
    data: { leaseUntil: new Date(Date.now() - 1_000) },
  });
  expect(await sendPart(sender, { method: "HEAD" })).toMatchObject({ status: 200, offset: 500_000 });
});

test("what is wrong with a request is refused before a byte of it is kept", async () => {
  const image = aRawImage(1_000_000, "refused");
  const sender = await openUpload(image);
  const patchHeaders = { "content-type": "application/offset+octet-stream", "upload-offset": "0" };
  const body = image.subarray(0, 1_000);
  const ask = (over: Record<string, string>, from: Partial<Sender> = {}) =>
    sendPart({ ...sender, ...from }, { method: "PATCH", headers: { ...patchHeaders, ...over }, body });
  expect(await ask({ cookie: "" })).toMatchObject({ status: 401, code: "UNAUTHORIZED" });
  expect(await ask({ cookie: "session_id=made.up.cookie" })).toMatchObject({ status: 401 });
  expect(await ask({ origin: "https://evil.example" })).toMatchObject({
    status: 403,
    code: "FOREIGN_ORIGIN",
  });
  expect(await ask({ "sec-fetch-site": "cross-site" })).toMatchObject({ status: 403 });
  expect(await ask({}, { uploadId: "../etc" })).toMatchObject({ status: 404 });
  expect(await ask({}, { uploadId: "00000000-0000-7000-8000-000000000000" })).toMatchObject({ status: 404 });
  expect(await ask({ "upload-offset": "500" })).toMatchObject({ status: 409 });
  expect(await ask({ "tus-resumable": "0.2.0" })).toMatchObject({ status: 400 });
  for (const method of ["GET", "POST", "PUT"])
    expect(await sendPart(sender, { method })).toMatchObject({ status: 405 });
  const other = await aSignedIn("role-platform-admin");
  expect(await ask({}, { cookie: await cookieOf(other) })).toMatchObject({
    status: 400,
    code: "UPLOAD_REFUSED",
  });
  const reader = await aHolder("template:read");
  expect(await ask({}, { cookie: await cookieOf(reader) })).toMatchObject({
    status: 403,
    code: "PERMISSION_DENIED",
  });
  expect(await sendPart(sender, { method: "HEAD" })).toMatchObject({ status: 200, offset: 0 });
  const past = { ...patchHeaders, "content-length": String(image.length + 512) };
  const tooLong = Buffer.concat([image, Buffer.alloc(512)]);
  expect(await sendPart(sender, { method: "PATCH", headers: past, body: tooLong })).toMatchObject({
    status: 413,
  });
});

test("a file that is not what it was said to be never reaches the cluster, and another may be sent", async () => {
  const image = aQcow2Image({ backingFileAt: 112n, backingFileBytes: 11 });
  const sender = await openUpload(image, { format: "qcow2" });
  await sendRest(sender, image, 1_000_000);
  await settled(sender.uploadId);
  expect(await readUpload(ctx, sender.uploadId)).toMatchObject({
    status: "FAILED",
    message: "qcow2_backing_file",
    receivedBytes: 0,
  });
  expect(await stagedFile(sender.uploadId)).toBeNull();
  expect(await received(sender.uploadId)).toEqual([]);
  await retryUpload(ctx, { uploadId: sender.uploadId });
  await prepareUpload({ uploadId: sender.uploadId });
  const good = aQcow2Image();
  expect(good.length).toBe(image.length);
  await sendRest(sender, good, 1_000_000);
  await settled(sender.uploadId);
  expect(await statusOf(sender.uploadId)).toBe("READY");
});

test("a file that was wrong is gone by the time anybody hears of it", async () => {
  const image = aQcow2Image({ backingFileAt: 112n, backingFileBytes: 11 });
  for (let times = 0; times < 4; times += 1) {
    const sender = await openUpload(image, { format: "qcow2" });
    await sendRest(sender, image, 1_000_000);
    await expect.poll(() => statusOf(sender.uploadId), { timeout: 15_000, interval: 1 }).toBe("FAILED");
    expect(await stagedFile(sender.uploadId)).toBeNull();
  }
});

test("a proxy that breaks off is sent the image again, a token that ran out is replaced", async () => {
  lab.control.uploads.settings.cutAfterBytes = 500_000;
  lab.control.uploads.settings.cuts = 2;
  const image = aRawImage(2_000_000, "cut");
  const sender = await openUpload(image);
  await sendRest(sender, image, 2_000_000);
  await settled(sender.uploadId);
  expect(await statusOf(sender.uploadId)).toBe("READY");
  expect((await received(sender.uploadId)).map(({ outcome }) => outcome)).toEqual([
    "aborted",
    "aborted",
    "succeeded",
  ]);
});

test("a conversion that fails twice is told in the cluster's words, and the staged file serves the retry", async () => {
  lab.control.uploads.settings.failingConversions = 2;
  const image = aRawImage(1_000_000, "conversion");
  const sender = await openUpload(image);
  await sendRest(sender, image, 1_000_000);
  await settled(sender.uploadId);
  const failed = await readUpload(ctx, sender.uploadId);
  expect(failed).toMatchObject({ status: "FAILED", receivedBytes: image.length });
  expect(failed.message).toMatch(/^proxy_refused: ./);
  await retryUpload(ctx, { uploadId: sender.uploadId });
  await prepareUpload({ uploadId: sender.uploadId });
  await settled(sender.uploadId);
  expect(await readUpload(ctx, sender.uploadId)).toMatchObject({ status: "READY", sha256: sha256(image) });
});

test("a proxy with another authority than the one given is not spoken to", async () => {
  const { caPem } = lab.uploadProxy;
  const wrong = lab.kubeconfig.match(/certificate-authority-data: (\S+)/)?.[1] ?? "";
  await db().cluster.update({
    where: { id: clusterId },
    data: { uploadProxyUrl: lab.uploadProxy.url, uploadProxyCa: Buffer.from(wrong, "base64").toString() },
  });
  const image = aRawImage(1_000_000, "certificate");
  const sender = await openUpload(image);
  await sendRest(sender, image, 1_000_000);
  await settled(sender.uploadId);
  expect((await readUpload(ctx, sender.uploadId)).message).toMatch(/^proxy_certificate/);
  expect(await received(sender.uploadId)).toEqual([]);
  for (const url of ["https://169.254.169.254", "http://127.0.0.1:1", "https://user:word@proxy.example"]) {
    await db().cluster.update({ where: { id: clusterId }, data: { uploadProxyUrl: url } });
    await retryUpload(ctx, { uploadId: sender.uploadId });
    await prepareUpload({ uploadId: sender.uploadId });
    await settled(sender.uploadId);
    expect((await readUpload(ctx, sender.uploadId)).message).toMatch(/^proxy_address/);
  }
  await db().cluster.update({
    where: { id: clusterId },
    data: { uploadProxyUrl: lab.uploadProxy.url, uploadProxyCa: caPem },
  });
  await retryUpload(ctx, { uploadId: sender.uploadId });
  await prepareUpload({ uploadId: sender.uploadId });
  await settled(sender.uploadId);
  expect(await statusOf(sender.uploadId)).toBe("READY");
  await db().cluster.update({
    where: { id: clusterId },
    data: { uploadProxyUrl: null, uploadProxyCa: null },
  });
});

test("cancelling ends the sending and clears the disk, by the portal and by the protocol", async () => {
  const image = aRawImage(2_000_000, "cancel");
  const byPortal = await openUpload(image);
  await patch(byPortal, image, { offset: 0, bytes: 500_000 });
  await cancelUpload(ctx, { uploadId: byPortal.uploadId });
  expect(await patch(byPortal, image, { offset: 500_000, bytes: 1_000 })).toMatchObject({ status: 400 });
  const byProtocol = await openUpload(image);
  await patch(byProtocol, image, { offset: 0, bytes: 500_000 });
  expect(await sendPart(byProtocol, { method: "DELETE" })).toMatchObject({ status: 204 });
  expect(await statusOf(byProtocol.uploadId)).toBe("CANCELLED");
  await expect(readFile(path.join(folder, byProtocol.uploadId))).rejects.toThrow("ENOENT");
});
