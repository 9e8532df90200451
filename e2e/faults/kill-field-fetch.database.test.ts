import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { readFieldSchema } from "@/lib/catalog/fields/read-field-schema";
import { db } from "@/lib/core/db";
import { startWorkerProcess, type WorkerProcess } from "./worker-process";

const patient = { timeout: 30_000, interval: 100 };
let lab: KubevirtLab;
const workers: WorkerProcess[] = [];

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 20, kubevirtVersion: "v1.9.3" });
});
afterAll(async () => {
  for (const worker of workers) worker.signal("SIGKILL");
  await Promise.all(workers.map(({ ended }) => ended));
  await lab.stop();
});

const row = () => db().schemaCache.findUnique({ where: { minor: "1.9" } });

test("a worker killed while it reads a cluster's fields is followed by another, which reads them once", async () => {
  await aCluster({ kubeconfig: lab.kubeconfig, kubevirtVersion: "v1.9.3", status: "HEALTHY" });
  lab.control.faults.set({ hang: true, path: "^/openapi/v3/apis/kubevirt" });
  const first = await startWorkerProcess();
  workers.push(first);
  await vi.waitFor(async () => expect(await row()).toMatchObject({ attempts: 1, fetchedAt: null }), patient);
  first.signal("SIGKILL");
  await first.ended;
  expect(await readFieldSchema(db(), "1.9")).toMatchObject({ minor: "1.7", source: "fallback" });

  lab.control.faults.clear();
  workers.push(await startWorkerProcess());
  // The dead worker's attempt runs out, as it would after 45 seconds.
  await db().$executeRaw`UPDATE schema_cache SET next_attempt_at = now() WHERE minor = '1.9'`;
  await vi.waitFor(async () => expect((await row())?.fetchedAt).not.toBeNull(), patient);
  expect(await row()).toMatchObject({ attempts: 2, lastError: null, nextAttemptAt: null });
  expect(await readFieldSchema(db(), "1.9")).toMatchObject({ minor: "1.9", source: "remote" });
  expect(await db().auditLog.count({ where: { action: "schema.refresh" } })).toBe(1);
}, 90_000);
