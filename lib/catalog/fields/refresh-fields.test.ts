import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { anAdministrator } from "@/e2e/factories/person";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { platformContext } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { openEvent } from "@/lib/core/events";
import { inTransaction } from "@/lib/core/transaction";
import { noticeVersion } from "./notice-version.handler";
import { listDueMinors, listFieldSchemas } from "./queries";
import { readFieldSchema } from "./read-field-schema";
import { refreshFields } from "./refresh-fields.handler";
import { findField } from "./rules";
import type { FieldNode } from "./schema";

let lab: KubevirtLab;
beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50, kubevirtVersion: "v1.9.3" });
});
afterAll(async () => {
  closeClusterConnections();
  await lab.stop();
});
beforeEach(async () => {
  lab.control.faults.clear();
  await db().schemaCache.deleteMany();
  await db().cluster.updateMany({ data: { enabled: false } });
});

const aRunning = (kubevirtVersion = "v1.9.3") =>
  aCluster({ kubeconfig: lab.kubeconfig, kubevirtVersion, status: "HEALTHY" });
const row = (minor = "1.9") => db().schemaCache.findUnique({ where: { minor } });
const records = () => db().auditLog.findMany({ where: { action: "schema.refresh" } });
const makeDueNow = () => db().schemaCache.updateMany({ data: { nextAttemptAt: new Date(0) } });

async function waitSeconds(): Promise<number> {
  const [{ seconds } = { seconds: -1 }] = await db().$queryRaw<{ seconds: number }[]>`
    SELECT extract(epoch FROM next_attempt_at - now())::float AS seconds FROM schema_cache WHERE minor = '1.9'`;
  return Math.round(seconds / 5) * 5;
}

function pathsOf(node: FieldNode): string[] {
  return [node.path, ...(node.children ?? []).flatMap(pathsOf), ...(node.items ? pathsOf(node.items) : [])];
}

test("a minor that nobody knows is borrowed at first, then read from its cluster once and for good", async () => {
  const cluster = await aRunning();
  expect(await readFieldSchema(db(), "v1.9.3")).toMatchObject({
    minor: "1.7",
    wanted: "1.9",
    source: "fallback",
  });
  expect(await listDueMinors()).toEqual([{ minor: "1.9" }]);
  const begun = (await records()).length;

  await refreshFields({ minor: "1.9" });
  const read = await readFieldSchema(db(), "1.9");
  expect(read).toMatchObject({ minor: "1.9", wanted: "1.9", source: "remote" });
  const { root: bundled } = await readFieldSchema(db(), "1.7");
  const found = new Set(pathsOf(read.root));
  // The lab serves the types that 1.7 is bundled from, which lack the probes' ports.
  expect(pathsOf(bundled).filter((path) => !found.has(path) && !path.endsWith(".port"))).toEqual([]);
  expect(findField(read.root, "spec.runStrategy")?.options).toContain("Always");
  expect(await row()).toMatchObject({
    source: "remote",
    sourceClusterId: cluster.id,
    lastError: null,
    nextAttemptAt: null,
  });
  expect((await records()).slice(begun)).toMatchObject([
    { resourceId: "1.9", actorId: "worker", details: { cluster: cluster.name } },
  ]);

  // A fault that is spent by one call is still there: nobody called.
  lab.control.faults.set({ status: 503, times: 1 });
  expect(await listDueMinors()).toEqual([]);
  await refreshFields({ minor: "1.9" });
  expect(lab.control.faults.current()).toHaveLength(1);
  expect(await records()).toHaveLength(begun + 1);
});

test("a bundled minor asks no cluster", async () => {
  await aRunning("v1.5.2");
  expect(await listDueMinors()).toEqual([]);
  await refreshFields({ minor: "1.5" });
  expect(await db().schemaCache.count()).toBe(0);
  expect(await readFieldSchema(db(), "1.5.x")).toMatchObject({ minor: "1.5", source: "bundled" });
});

test("a cluster that fails is asked again after 30, 60 and 120 seconds, then hourly; pages show why", async () => {
  const cluster = await aRunning();
  lab.control.faults.set({ status: 503, path: "^/openapi" });
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await refreshFields({ minor: "1.9" });
    waits.push(await waitSeconds());
    expect(await listDueMinors()).toEqual([]);
    await makeDueNow();
  }
  expect(waits).toEqual([30, 60, 120, 3_600, 3_600]);
  expect(await readFieldSchema(db(), "1.9")).toMatchObject({ minor: "1.7", source: "fallback" });
  const shown = (await listFieldSchemas(await anAdministrator())).find(({ minor }) => minor === "1.9");
  expect(shown).toMatchObject({
    source: "fallback",
    fallback: "1.7",
    attempts: 5,
    clusters: [{ id: cluster.id, name: cluster.name }],
  });
  expect(shown?.lastError).toContain(cluster.name);

  lab.control.faults.clear();
  await refreshFields({ minor: "1.9" });
  expect(await readFieldSchema(db(), "1.9")).toMatchObject({ minor: "1.9", source: "remote" });
});

test("an attempt whose worker was killed is taken up again, and never by two at once", async () => {
  await aRunning();
  lab.control.faults.set({ latencyMs: 300, path: "^/openapi/v3/apis", times: 2 });
  await Promise.all([1, 2, 3].map(() => refreshFields({ minor: "1.9" })));
  expect(await row()).toMatchObject({ attempts: 1, source: "remote" });
  expect((await row())?.fetchedAt).not.toBeNull();
  // Two calls would have spent it.
  expect(lab.control.faults.current()).toHaveLength(1);

  // What a worker leaves that dies in the middle: an attempt taken, and nothing after it.
  await db().schemaCache.deleteMany();
  await db().schemaCache.create({
    data: { minor: "1.9", attempts: 1, nextAttemptAt: new Date(Date.now() + 45_000) },
  });
  expect(await listDueMinors()).toEqual([]);
  await refreshFields({ minor: "1.9" });
  expect((await row())?.fetchedAt).toBeNull();
  await makeDueNow();
  expect(await listDueMinors()).toEqual([{ minor: "1.9" }]);
  await refreshFields({ minor: "1.9" });
  expect(await row()).toMatchObject({ attempts: 2, source: "remote" });
  expect((await row())?.fetchedAt).not.toBeNull();
});

test("a cluster that has moved on does not lend its new fields to the old minor", async () => {
  await aRunning("v1.8.0");
  await refreshFields({ minor: "1.8" });
  expect(await row("1.8")).toMatchObject({
    fetchedAt: null,
    lastError: expect.stringContaining("runs v1.9.3 now"),
  });
});

test("the next attempt asks another cluster of the same minor", async () => {
  const broken = await aCluster({ name: "a-broken", kubevirtVersion: "v1.9.0", status: "HEALTHY" });
  await aCluster({
    name: "b-whole",
    kubeconfig: lab.kubeconfig,
    kubevirtVersion: "v1.9.3",
    status: "HEALTHY",
  });
  await refreshFields({ minor: "1.9" });
  expect((await row())?.lastError).toMatch(/^a-broken: /);
  await makeDueNow();
  await refreshFields({ minor: "1.9" });
  expect((await row())?.sourceClusterId).not.toBe(broken.id);
  expect((await row())?.fetchedAt).not.toBeNull();
});

test("news of a version makes its minor due at once", async () => {
  const cluster = await aRunning();
  lab.control.faults.set({ status: 503, path: "^/openapi" });
  await refreshFields({ minor: "1.9" });
  lab.control.faults.clear();
  const news = (to: string) =>
    inTransaction((tx) =>
      openEvent(tx, platformContext("worker"), {
        type: "ClusterKubeVirtVersionChanged",
        aggregate: { type: "cluster", id: cluster.id },
        payload: { from: "v1.7.0", to },
        status: "COMPLETED",
      }),
    );
  await noticeVersion({ eventId: await news("v1.5.0") });
  await noticeVersion({ eventId: "nothing" });
  expect(await listDueMinors()).toEqual([]);
  await noticeVersion({ eventId: await news("v1.9.3") });
  expect(await listDueMinors()).toEqual([{ minor: "1.9" }]);
  const jobs = await db().$queryRaw<
    { data: unknown }[]
  >`SELECT data FROM pgboss.job WHERE name = 'catalog.refresh-fields'`;
  expect(jobs.map(({ data }) => data)).toEqual([{ minor: "1.9" }]);
});
