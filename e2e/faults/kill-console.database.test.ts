import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aSignedIn } from "@/e2e/factories/account";
import { aCluster } from "@/e2e/factories/cluster";
import { aRawImage } from "@/e2e/factories/upload";
import { patch, sendPart, sendRest, type Sender } from "@/e2e/factories/upload-sender";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { createUpload } from "@/lib/catalog/uploads/create-upload";
import { prepareUpload } from "@/lib/catalog/uploads/prepare-upload.handler";
import { readUpload } from "@/lib/catalog/uploads/queries";
import { createUploadInput } from "@/lib/catalog/uploads/schema";
import { checkCluster } from "@/lib/clusters/check-cluster.handler";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";
import { startConsoleProcess, type ConsoleProcess } from "./console-process";

/** Longer than a lease: what a dead process held is taken over. */
const convergedWithinMs = 45_000;

let lab: KubevirtLab;
let clusterId: string;
let folder: string;
let ctx: Awaited<ReturnType<typeof aSignedIn>>;
let child: ConsoleProcess;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 20 });
  clusterId = (await aCluster({ kubeconfig: lab.kubeconfig })).id;
  await checkCluster({ clusterId });
});
beforeEach(async () => {
  ctx = await aSignedIn("role-platform-admin");
  folder = mkdtempSync(path.join(os.tmpdir(), "shepherd-kill-"));
  child = await startConsoleProcess(folder);
  return async () => {
    child.signal("SIGKILL");
    await child.ended;
    rmSync(folder, { recursive: true, force: true });
  };
});
afterAll(async () => {
  closeClusterConnections();
  await lab.stop();
});

async function openUpload(image: Buffer): Promise<Sender> {
  const input = { clusterId, displayName: "Killed", fileName: "k.img", sizeBytes: image.length };
  const rest = { format: "raw", diskGb: 5, fingerprint: "c".repeat(64) };
  const { id } = await createUpload(ctx, createUploadInput.parse({ ...input, ...rest }));
  await prepareUpload({ uploadId: id });
  const { sessionId, id: userId } = ctx.actor;
  const expiresAt = new Date(Date.now() + 3_600_000);
  const cookie = await signSessionCookie({ id: sessionId, userId, expiresAt });
  return { baseUrl: child.url, cookie, uploadId: id };
}

async function killAndRestart(): Promise<void> {
  child.signal("SIGKILL");
  await child.ended;
  child = await startConsoleProcess(folder);
}

const sha256 = (image: Buffer) => createHash("sha256").update(image).digest("hex");
const statusOf = async (id: string) => (await readUpload(ctx, id)).status;

async function arrivedWhole({ uploadId }: Sender, image: Buffer): Promise<void> {
  await expect.poll(() => statusOf(uploadId), { timeout: convergedWithinMs }).toMatch(/READY|FAILED/);
  const row = await readUpload(ctx, uploadId);
  expect(row).toMatchObject({ status: "READY", message: null, sha256: sha256(image) });
  const whole = lab.control.uploads.received.filter(
    ({ name, outcome }) => name === row.name && outcome === "succeeded",
  );
  expect(whole).toMatchObject([{ sha256: sha256(image), size: image.length }]);
}

test(
  "a console process killed while it receives costs nothing but what was on the way",
  { timeout: 150_000 },
  async () => {
    const image = aRawImage(20_000_000, "killed while receiving");
    const sender = await openUpload(image);
    let keptBefore = 0;
    for (let kills = 0; kills < 1; kills += 1) {
      const offset = (await offsetOf(sender)) ?? 0;
      expect(offset).toBeGreaterThanOrEqual(keptBefore);
      keptBefore = offset;
      const sending = patch(sender, image, { offset, bytes: 5_000_000 });
      await expect
        .poll(() => stagedBytes(sender.uploadId), { interval: 1, timeout: 5_000 })
        .toBeGreaterThan(offset);
      await killAndRestart();
      sender.baseUrl = child.url;
      await sending;
    }
    await sendRest(sender, image, 4_000_000);
    await arrivedWhole(sender, image);
  },
);

test(
  "killed while it sends, the next process sends it again and the cluster has it once",
  { timeout: 120_000 },
  async () => {
    const image = aRawImage(30_000_000, "killed while sending");
    const sender = await openUpload(image);
    lab.control.faults.set({ latencyMs: 2_000, path: "/v1beta1/upload$", times: 1 });
    await sendRest(sender, image, 8_000_000);
    await expect.poll(() => statusOf(sender.uploadId), { interval: 10 }).toBe("SENDING");
    await killAndRestart();
    await arrivedWhole(sender, image);
  },
);

test("killed while the cluster converts, the next process tells the end", { timeout: 120_000 }, async () => {
  lab.control.uploads.settings.conversionMs = 60_000;
  const image = aRawImage(2_000_000, "killed while converting");
  const sender = await openUpload(image);
  await sendRest(sender, image, 8_000_000);
  await expect.poll(() => statusOf(sender.uploadId), { interval: 10 }).toBe("CONVERTING");
  await killAndRestart();
  lab.control.uploads.settings.conversionMs = 2_000;
  await arrivedWhole(sender, image);
});

/** Waits until the dead process's lease is over. */
async function offsetOf(sender: Sender): Promise<number | null> {
  let offset: number | null = null;
  await expect
    .poll(
      async () => {
        const answer = await sendPart(sender, { method: "HEAD" });
        offset = answer?.offset ?? null;
        return answer?.status;
      },
      { timeout: 30_000, interval: 200 },
    )
    .toBe(200);
  return offset;
}

async function stagedBytes(uploadId: string): Promise<number> {
  return stat(path.join(folder, uploadId)).then(
    ({ size }) => size,
    () => 0,
  );
}
