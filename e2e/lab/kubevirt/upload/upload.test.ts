import { createHash, randomBytes } from "node:crypto";
import { request } from "node:https";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "../json";
import { textAt } from "../json";
import { callLab, conditionIn, until } from "../lab-client";
import { asJson } from "../objects";
import type { KubevirtLab } from "../server";
import { startKubevirtLab } from "../server";

let lab: KubevirtLab;
beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
});
afterAll(() => lab.stop());

const volumesPath = "/apis/cdi.kubevirt.io/v1beta1/namespaces/default/datavolumes";
const tokensPath = "/apis/upload.cdi.kubevirt.io/v1beta1/namespaces/default/uploadtokenrequests";

function uploadVolume(name: string, storage = "64Mi", storageClassName = "fast"): JsonObject {
  return {
    apiVersion: "cdi.kubevirt.io/v1beta1",
    kind: "DataVolume",
    metadata: { name, namespace: "default" },
    spec: { source: { upload: {} }, storage: { storageClassName, resources: { requests: { storage } } } },
  };
}

function volume(name: string): JsonObject {
  const found = lab.control.objects("dv").find((one) => one.metadata.name === name);
  return found ? asJson(found) : {};
}

function phase(name: string): string | undefined {
  return textAt(volume(name), "status", "phase");
}

const waitForPhase = (name: string, wanted: string) =>
  until(`${name} to be ${wanted}`, () => (phase(name) === wanted ? true : undefined));

async function readyVolume(name: string, storage?: string): Promise<string> {
  const created = await callLab(lab, "POST", volumesPath, { body: uploadVolume(name, storage) });
  expect(created.code).toBe(201);
  await waitForPhase(name, "UploadReady");
  return tokenFor(name);
}

async function tokenFor(name: string): Promise<string> {
  const body = {
    apiVersion: "upload.cdi.kubevirt.io/v1beta1",
    kind: "UploadTokenRequest",
    metadata: { name, namespace: "default" },
    spec: { pvcName: name },
  };
  const answer = await callLab(lab, "POST", tokensPath, { body });
  expect(answer.code).toBe(200);
  return textAt(answer.body, "status", "token") ?? "";
}

interface Sending {
  token?: string;
  body?: Buffer;
  headers?: Record<string, string>;
  method?: string;
}

function send(path: string, { token, body, headers, method = "POST" }: Sending) {
  const { url, caPem } = lab.uploadProxy;
  return new Promise<{ code: number; text: string }>((resolve, reject) => {
    const authorization: Record<string, string> =
      token === undefined ? {} : { authorization: `Bearer ${token}` };
    const outgoing = request(
      new URL(path, url),
      { method, ca: caPem, agent: false, headers: { ...authorization, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({ code: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        );
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

function qcow2(virtualSize: number, backingFile = ""): Buffer {
  const image = Buffer.alloc(4096);
  image.write("QFI\xfb", 0, "latin1");
  image.writeUInt32BE(3, 4);
  image.writeBigUInt64BE(BigInt(virtualSize), 24);
  if (backingFile === "") return image;
  image.writeBigUInt64BE(512n, 8);
  image.writeUInt32BE(backingFile.length, 16);
  image.write(backingFile, 512);
  return image;
}

test("the cluster says where images go, and that place is another one with another authority", async () => {
  const config = await callLab(lab, "GET", "/apis/cdi.kubevirt.io/v1beta1/cdiconfigs/config");
  expect(textAt(config.body, "status", "uploadProxyURL")).toBe(lab.uploadProxy.url);
  expect(textAt(config.body, "status", "uploadProxyCA")).toBe(lab.uploadProxy.caPem);
  expect(lab.uploadProxy.url).not.toBe(lab.url);
  expect(lab.uploadProxy.caPem).not.toBe(lab.caPem);
  expect(await send("/healthz", { method: "GET" })).toEqual({ code: 200, text: "OK" });
  const group = await callLab(lab, "GET", "/apis/upload.cdi.kubevirt.io/v1beta1");
  expect(group.body).toMatchObject({ resources: [{ name: "uploadtokenrequests", verbs: ["create"] }] });
});

test("an image that is sent whole arrives byte for byte, and its data volume succeeds without a percentage", async () => {
  const token = await readyVolume("whole");
  expect(volume("whole")).toMatchObject({ status: { progress: "N/A" } });
  expect(conditionIn(volume("whole"), "Running")).toMatchObject({ status: "True", reason: "Pod is running" });
  expect(conditionIn(volume("whole"), "Bound")).toMatchObject({ status: "True", message: "PVC whole Bound" });
  expect(conditionIn(volume("whole"), "Ready")).toMatchObject({ status: "False", reason: "TransferRunning" });
  const body = randomBytes(3 * 1024 * 1024);
  expect(await send("/v1beta1/upload-async", { token, body })).toEqual({ code: 200, text: "" });
  const [image] = lab.control.uploads.received.filter((one) => one.name === "whole");
  const sha256 = createHash("sha256").update(body).digest("hex");
  expect(image).toMatchObject({ size: body.length, sha256, format: "raw", outcome: "converting" });
  await waitForPhase("whole", "Succeeded");
  expect(volume("whole")).toMatchObject({ status: { progress: "N/A" } });
  expect(conditionIn(volume("whole"), "Ready")).toMatchObject({ status: "True" });
  expect(conditionIn(volume("whole"), "Running")).toMatchObject({
    status: "False",
    reason: "Completed",
    message: "Upload Complete",
  });
  const again = await send("/v1beta1/upload-async", { token, body });
  expect(again.code).toBe(503);
  expect(again.text).toContain("already finished uploading");
});

test("the other address answers when the conversion is over", async () => {
  const token = await readyVolume("slow");
  const answer = await send("/v1beta1/upload", { token, body: qcow2(32 * 2 ** 20) });
  expect(answer.code).toBe(200);
  expect(phase("slow")).toBe("Succeeded");
});

test("a form is taken too", async () => {
  const token = await readyVolume("form");
  const image = Buffer.concat([Buffer.from("\r\n--odd"), randomBytes(200_000), Buffer.from("\r\n--boundar")]);
  const body = Buffer.concat([
    Buffer.from('--boundary\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n'),
    Buffer.from('--boundary\r\nContent-Disposition: form-data; name="file"; filename="a.img"\r\n\r\n'),
    image,
    Buffer.from("\r\n--boundary--\r\n"),
  ]);
  const headers = { "content-type": "multipart/form-data; boundary=boundary" };
  expect((await send("/v1beta1/upload-form-async", { token, body, headers })).code).toBe(200);
  const received = lab.control.uploads.received.find((one) => one.name === "form");
  expect(received?.sha256).toBe(createHash("sha256").update(image).digest("hex"));
});

test("no token, a false one and one that is too old are refused", async () => {
  const token = await readyVolume("guarded");
  expect((await send("/v1beta1/upload", {})).code).toBe(400);
  expect((await send("/v1beta1/upload", { headers: { authorization: "Basic eA==" } })).code).toBe(400);
  expect((await send("/v1beta1/upload", { token: "a.b.c" })).code).toBe(401);
  const forged = token.replace(/\.[^.]+\./, `.${Buffer.from("{}").toString("base64url")}.`);
  expect((await send("/v1beta1/upload", { token: forged })).code).toBe(401);
  lab.control.uploads.tokens.expireAll();
  expect((await send("/v1beta1/upload", { token })).code).toBe(401);
  expect((await send("/v1beta1/upload", { token: await tokenFor("guarded"), method: "GET" })).code).toBe(404);
  expect((await send("/v1beta1/nowhere", { token })).code).toBe(404);
});

test("a claim that is missing, no target or never ready is not sent to", async () => {
  const missing = await send("/v1beta1/upload", { token: await tokenFor("missing") });
  expect(missing).toEqual({
    code: 503,
    text: "rejecting Upload Request for PVC missing that doesn't exist",
  });
  lab.control.put({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "plain", namespace: "default" },
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
  });
  expect(await send("/v1beta1/upload", { token: await tokenFor("plain") })).toEqual({
    code: 503,
    text: "PVC plain is not an upload target",
  });
  await callLab(lab, "POST", volumesPath, { body: uploadVolume("late", "64Mi", "local") });
  await waitForPhase("late", "WaitForFirstConsumer");
  expect((await send("/v1beta1/upload", { token: await tokenFor("late") })).text).toBe(
    "timed out waiting for the condition",
  );
});

test("a class that binds late takes an upload at once where that is asked for", async () => {
  const draft = uploadVolume("at-once", "64Mi", "local");
  const annotations = { "cdi.kubevirt.io/storage.bind.immediate.requested": "true" };
  const body = { ...draft, metadata: { name: "at-once", namespace: "default", annotations } };
  await callLab(lab, "POST", volumesPath, { body });
  await waitForPhase("at-once", "UploadReady");
});

test("an image with a backing file or one too large is refused in words, and another may follow", async () => {
  const token = await readyVolume("picky", "8Mi");
  const backed = await send("/v1beta1/upload-async", { token, body: qcow2(2 ** 20, "/etc/passwd") });
  expect(backed.code).toBe(400);
  expect(backed.text).toContain("Saving stream failed: ");
  expect(backed.text).toContain("backing file /etc/passwd");
  const large = await send("/v1beta1/upload-async", { token, body: qcow2(2 ** 30) });
  expect(large.text).toContain("virtual image size 1073741824 is larger than the reported available storage");
  expect(await send("/v1beta1/upload", { token, body: qcow2(2 ** 30) })).toEqual({ code: 500, text: "" });
  expect(phase("picky")).toBe("UploadReady");
  expect((await send("/v1beta1/upload-async", { token, body: qcow2(2 ** 20) })).code).toBe(200);
  await waitForPhase("picky", "Succeeded");
});

test("only one sender at a time, and a cut connection leaves the claim ready for the next", async () => {
  const token = await readyVolume("single");
  lab.control.uploads.settings.conversionMs = 40_000;
  const first = send("/v1beta1/upload", { token, body: randomBytes(1000) });
  await until("the first sender", () => lab.control.uploads.busy.has("default/single") || undefined);
  expect(await send("/v1beta1/upload", { token, body: randomBytes(1000) })).toEqual({ code: 503, text: "" });
  lab.control.uploads.settings.conversionMs = 2000;
  expect((await first).code).toBe(200);

  const other = await readyVolume("cut");
  Object.assign(lab.control.uploads.settings, { cutAfterBytes: 100_000, cuts: 1 });
  const body = randomBytes(2_000_000);
  await expect(send("/v1beta1/upload-async", { token: other, body })).rejects.toThrow();
  expect(lab.control.uploads.received.find((one) => one.name === "cut")).toMatchObject({
    outcome: "aborted",
  });
  expect(phase("cut")).toBe("UploadReady");
  expect((await send("/v1beta1/upload-async", { token: other, body })).code).toBe(200);
  await waitForPhase("cut", "Succeeded");
});

test("a conversion that fails is told by the data volume, which then waits for the image again", async () => {
  const token = await readyVolume("failing");
  lab.control.uploads.settings.failingConversions = 1;
  expect((await send("/v1beta1/upload-async", { token, body: qcow2(2 ** 20) })).code).toBe(200);
  await until("the error", () =>
    conditionIn(volume("failing"), "Running")?.["reason"] === "Error" ? true : undefined,
  );
  expect(volume("failing")).toMatchObject({ status: { restartCount: 1, phase: "UploadReady" } });
  await until("the next try", () =>
    conditionIn(volume("failing"), "Running")?.["status"] === "True" ? true : undefined,
  );
  expect((await send("/v1beta1/upload-async", { token, body: qcow2(2 ** 20) })).code).toBe(200);
  await waitForPhase("failing", "Succeeded");
});

test("asking for a token is a right of its own", async () => {
  lab.control.restrict(["create uploadtokenrequests"]);
  const body = { spec: { pvcName: "whole" } };
  const answer = await callLab(lab, "POST", tokensPath, { body, token: lab.restrictedToken });
  expect(answer.code).toBe(403);
  expect(textAt(answer.body, "message")).toContain(
    'cannot create resource "uploadtokenrequests" in API group "upload.cdi.kubevirt.io" in the namespace "default"',
  );
  lab.control.restrict([]);
});
