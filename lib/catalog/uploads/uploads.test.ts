import { afterAll, beforeAll, expect, test } from "vitest";
import { aHolder, recordsOf, refused } from "@/e2e/factories/account";
import { aCluster } from "@/e2e/factories/cluster";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { anUpload } from "@/e2e/factories/upload";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { checkCluster } from "@/lib/clusters/check-cluster.handler";
import { closeClusterConnections, connectCluster } from "@/lib/clusters/connect-cluster";
import { readDataVolume } from "@/lib/adapters/kubevirt/data-volumes";
import { platformContext } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { cancelUpload } from "./cancel-upload";
import { createUpload } from "./create-upload";
import { failLostUploads } from "./fail-lost-upload";
import { discardUpload } from "./discard-upload.handler";
import { uploadMachine } from "./machine";
import { prepareUpload } from "./prepare-upload.handler";
import { listReadyUploads, listUploads, readUpload } from "./queries";
import { removeUpload } from "./remove-upload";
import { requireReadyUpload } from "./require-ready-upload";
import { retryUpload } from "./retry-upload";
import { createUploadInput } from "./schema";
import { canMove } from "@/lib/core/state-machine";

let lab: KubevirtLab;
let clusterId: string;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
  clusterId = (await aCluster({ kubeconfig: lab.kubeconfig })).id;
  await checkCluster({ clusterId });
});
afterAll(async () => {
  closeClusterConnections();
  await lab.stop();
});

function input(over: Partial<Parameters<typeof createUploadInput.parse>[0] & object> = {}) {
  return createUploadInput.parse({
    clusterId,
    displayName: "Ubuntu 24.04",
    fileName: "ubuntu.img",
    sizeBytes: 1_048_576,
    format: "raw",
    diskGb: 5,
    fingerprint: "a".repeat(64),
    ...over,
  });
}

const jobsOf = (name: string) =>
  db().$queryRaw<{ data: { uploadId: string } }[]>`SELECT data FROM pgboss.job WHERE name = ${name}`;

test("an upload is a row, a record and a job; the volume follows and waits for the image", async () => {
  const ctx = await anAdministrator();
  const { id } = await createUpload(ctx, input());
  const upload = await readUpload(ctx, id);
  expect(upload).toMatchObject({ status: "PREPARING", namespace: "shepherd-images", receivedBytes: 0 });
  expect(upload.name).toMatch(/^image-ubuntu-24-04-[0-9a-f]{6}$/);
  expect(await recordsOf(ctx)).toMatchObject([{ action: "image_upload.create", resourceId: id }]);
  expect((await jobsOf("catalog.prepare-upload")).map(({ data }) => data.uploadId)).toContain(id);

  await Promise.all([prepareUpload({ uploadId: id }), prepareUpload({ uploadId: id })]);
  expect(await readUpload(ctx, id)).toMatchObject({ status: "RECEIVING", message: null });
  const volume = await readDataVolume(await connectCluster(clusterId), upload.namespace, upload.name);
  expect(volume).toMatchObject({
    phase: "UploadReady",
    labels: {
      "kubevirt-shepherd.io/managed-by": "kubevirt-shepherd",
      "kubevirt-shepherd.io/upload-id": id,
    },
  });
});

test("whoever may not write templates creates, cancels, retries and removes nothing", async () => {
  const ctx = await aHolder("template:read");
  const { id } = await anUpload({ clusterId, createdBy: ctx.actor.id, sizeBytes: 512 });
  const before = await db().imageUpload.count();
  for (const attempt of [
    () => createUpload(ctx, input()),
    () => cancelUpload(ctx, { uploadId: id }),
    () => retryUpload(ctx, { uploadId: id }),
    () => removeUpload(ctx, { uploadId: id }),
  ])
    expect((await refused(attempt())).code).toBe("PERMISSION_DENIED");
  expect(await db().imageUpload.count()).toBe(before);
  const nobody = await aPerson(null);
  expect((await refused(listUploads(nobody, { perPage: 20 }))).code).toMatch(/PERMISSION_DENIED|NOT_FOUND/);
});

test("a cluster, class or size that cannot be is refused by its field", async () => {
  const ctx = await anAdministrator();
  const fieldOf = async (attempt: Promise<unknown>) => (await refused(attempt)).fields[0]?.field;
  expect(await fieldOf(createUpload(ctx, input({ clusterId: "none" })))).toBe("clusterId");
  expect(await fieldOf(createUpload(ctx, input({ storageClass: "none" })))).toBe("storageClass");
  expect(await fieldOf(createUpload(ctx, input({ sizeBytes: 6 * 1024 ** 3 })))).toBe("diskGb");
  const large = await refused(createUpload(ctx, input({ sizeBytes: 33 * 1024 ** 3, diskGb: 40 })));
  expect(large).toMatchObject({ code: "UPLOAD_REFUSED", params: { reason: "too_large", gigabytesMax: 32 } });
});

test("one person leaves at most five uploads unfinished", async () => {
  const ctx = await anAdministrator();
  for (let opened = 0; opened < 5; opened += 1) await createUpload(ctx, input());
  expect((await refused(createUpload(ctx, input()))).params).toMatchObject({ reason: "too_many_open" });
});

test("a volume of the same name that is not ours stops the upload untouched", async () => {
  const ctx = await anAdministrator();
  const first = await createUpload(ctx, input());
  await prepareUpload({ uploadId: first.id });
  const { id } = await createUpload(ctx, input());
  const { name } = await readUpload(ctx, first.id);
  await db().imageUpload.update({ where: { id: first.id }, data: { name: `other-${first.id.slice(-6)}` } });
  await db().imageUpload.update({ where: { id }, data: { name } });
  await prepareUpload({ uploadId: id });
  expect(await readUpload(ctx, id)).toMatchObject({ status: "FAILED", message: "not_ours" });
  const volume = await readDataVolume(await connectCluster(clusterId), "shepherd-images", name);
  expect(volume?.labels["kubevirt-shepherd.io/upload-id"]).toBe(first.id);
});

test("what the cluster refuses is told in its words and can be tried again", async () => {
  const ctx = await anAdministrator();
  lab.control.restrict(["patch datavolumes", "create datavolumes"]);
  const restricted = (await aCluster({ kubeconfig: lab.restrictedKubeconfig, defaultStorageClass: "x" })).id;
  const { id } = await createUpload(ctx, input({ clusterId: restricted }));
  await prepareUpload({ uploadId: id });
  const failed = await readUpload(ctx, id);
  expect(failed.status).toBe("FAILED");
  expect(failed.message).toMatch(/^cluster_refused: .*datavolumes/);
  lab.control.restrict([]);
  await retryUpload(ctx, { uploadId: id });
  expect(await readUpload(ctx, id)).toMatchObject({ status: "PREPARING", message: null });
});

test("a cancelled upload's volume goes, once however often it is asked", async () => {
  const ctx = await anAdministrator();
  const { id } = await createUpload(ctx, input());
  await prepareUpload({ uploadId: id });
  const { namespace, name } = await readUpload(ctx, id);
  await cancelUpload(ctx, { uploadId: id });
  expect((await refused(cancelUpload(ctx, { uploadId: id }))).code).toBe("INVALID_STATE");
  const client = await connectCluster(clusterId);
  await expect
    .poll(async () => {
      await discardUpload({ uploadId: id });
      return (await readUpload(ctx, id)).finishedAt;
    })
    .not.toBeNull();
  expect(await readDataVolume(client, namespace, name)).toBeNull();
  expect(await readUpload(ctx, id)).toMatchObject({ status: "CANCELLED" });
});

test("an image that a template starts from stays; without one it goes with its volume and its row", async () => {
  const ctx = await anAdministrator();
  const { id } = await createUpload(ctx, input());
  await prepareUpload({ uploadId: id });
  expect((await refused(removeUpload(ctx, { uploadId: id }))).code).toBe("INVALID_STATE");
  await db().imageUpload.update({ where: { id }, data: { status: "READY" } });
  expect((await listReadyUploads(ctx)).map((upload) => upload.id)).toContain(id);
  const template = await db().template.create({
    data: {
      id: newId(),
      name: "from-image",
      displayName: "From image",
      sourceType: "cdi_pvc_clone",
      imageUploadId: id,
      createdBy: "test",
    },
  });
  expect((await refused(removeUpload(ctx, { uploadId: id }))).code).toBe("DELETE_RESTRICTED");
  await db().template.delete({ where: { id: template.id } });
  await removeUpload(ctx, { uploadId: id });
  expect(await refused(db().$transaction((tx) => requireReadyUpload(tx, id)))).toMatchObject({
    fields: [{ field: "imageUploadId", code: "not_ready" }],
  });
  await expect
    .poll(async () => {
      await discardUpload({ uploadId: id });
      return db().imageUpload.count({ where: { id } });
    })
    .toBe(0);
});

test("the list is paged by keyset and filtered", async () => {
  const ctx = await anAdministrator();
  for (let made = 0; made < 5; made += 1)
    await anUpload({ clusterId, createdBy: ctx.actor.id, sizeBytes: 512, status: "FAILED" });
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listUploads(ctx, { perPage: 2, status: "FAILED", ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBe(await db().imageUpload.count({ where: { status: "FAILED" } }));
  expect((await listUploads(ctx, { perPage: 20, q: "no such image" })).items).toEqual([]);
});

test("what nobody sends or holds any more ends, is recorded and can be tried again", async () => {
  const ctx = await anAdministrator();
  const old = new Date(Date.now() - 4 * 24 * 3_600_000);
  const made = { clusterId, createdBy: ctx.actor.id, sizeBytes: 512 };
  const abandoned = await anUpload({ ...made, status: "RECEIVING" });
  const lost = await anUpload({ ...made, status: "SENDING" });
  const fresh = await anUpload({ ...made, status: "RECEIVING" });
  await db().$executeRaw`
    UPDATE image_uploads SET updated_at = ${old}, lease_until = ${old}
    WHERE id IN (${abandoned.id}, ${lost.id})`;
  const platform = platformContext("console");
  expect(await failLostUploads(platform)).toBe(2);
  expect(await readUpload(ctx, abandoned.id)).toMatchObject({ status: "FAILED", message: "abandoned" });
  expect(await readUpload(ctx, lost.id)).toMatchObject({ status: "FAILED", message: "staged_lost" });
  expect(await readUpload(ctx, fresh.id)).toMatchObject({ status: "RECEIVING" });
  expect(await recordsOf(platform)).toHaveLength(2);
  await retryUpload(ctx, { uploadId: abandoned.id });
  expect(await failLostUploads(platform)).toBe(0);
});

test("only the moves of the table exist", () => {
  const legal: string[] = [];
  for (const state of uploadMachine.states)
    for (const move of uploadMachine.moveNames)
      if (canMove(uploadMachine, state, move)) legal.push(`${state} ${move}`);
  expect(legal.filter((pair) => pair.startsWith("READY"))).toEqual([]);
  expect(legal.filter((pair) => pair.startsWith("CANCELLED"))).toEqual([]);
  expect(legal.filter((pair) => pair.startsWith("FAILED"))).toEqual(["FAILED retry", "FAILED cancel"]);
  expect(legal).toHaveLength(19);
});
