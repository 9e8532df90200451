import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aQuestionWorker, type QuestionWorker } from "@/e2e/factories/question-worker";
import { startPrometheusLab, type PrometheusLab } from "@/e2e/lab/prometheus/server";
import { closeChanges } from "@/lib/core/changes";
import { db } from "@/lib/core/db";
import { closeJobs } from "@/lib/core/jobs";
import { openMetricsSource } from "./open-metrics-source";
import { readMetricsSource } from "./queries";
import { removeMetricsSource } from "./remove-metrics-source";
import { neededMetrics } from "./rules";
import type { SetMetricsSource } from "./schema";
import { setMetricsSource } from "./set-metrics-source";
import { testMetricsSource } from "./test-metrics-source";
import { testMetricsSource as answerTest } from "./test-metrics-source.handler";

let lab: PrometheusLab;
let worker: QuestionWorker;

beforeAll(async () => {
  const machine = { startedAt: new Date(Date.now() - 60_000), cpuCores: 1, memoryBytes: 2 ** 30 };
  lab = await startPrometheusLab({ machines: () => [{ namespace: "a", name: "b", ...machine }] });
  worker = aQuestionWorker({ "clusters.test-metrics-source": answerTest });
});
afterAll(async () => {
  await worker.stop();
  await closeChanges();
  await closeJobs();
  await lab.stop();
});

const whole = (clusterId: string): SetMetricsSource => ({
  ...{ clusterId, address: lab.url, withoutToken: false },
  ...{ caCertificate: lab.caCertificate, token: lab.token },
});

test("the token is sealed for the worker, stays until it is replaced, and is recorded nowhere", async () => {
  const admin = await anAdministrator();
  const { id } = await aCluster();
  await setMetricsSource(admin, whole(id));
  expect(await openMetricsSource(id)).toEqual({
    ...{ address: lab.url, caCertificate: expect.stringContaining("BEGIN CERTIFICATE") as string },
    token: lab.token,
  });
  expect(await readMetricsSource(admin, id)).toMatchObject({ address: lab.url, hasToken: true });
  await setMetricsSource(admin, { clusterId: id, address: `${lab.url}/prefix`, withoutToken: false });
  expect((await openMetricsSource(id))?.token).toBe(lab.token);
  await setMetricsSource(admin, { clusterId: id, address: lab.url, withoutToken: true });
  expect((await openMetricsSource(id))?.token).toBeNull();
  const rows = await db().$queryRaw<{ text: string }[]>`
    SELECT details::text AS text FROM audit_logs WHERE resource_id = ${id}
    UNION ALL SELECT s::text FROM cluster_metrics_sources s`;
  expect(rows.length).toBeGreaterThanOrEqual(4);
  for (const { text } of rows) expect(text).not.toContain(lab.token);
});

test("a token given for one server is not carried to another, nor opened beside another address", async () => {
  const admin = await anAdministrator();
  const { id } = await aCluster();
  await setMetricsSource(admin, whole(id));
  const moved = { clusterId: id, address: "https://elsewhere.example", withoutToken: false };
  await expect(setMetricsSource(admin, moved)).rejects.toMatchObject({
    code: "VALIDATION_FAILED",
    fields: [{ field: "token", code: "required" }],
  });
  expect((await openMetricsSource(id))?.address).toBe(lab.url);
  await db()
    .$executeRaw`UPDATE cluster_metrics_sources SET address = 'https://evil.example' WHERE cluster_id = ${id}`;
  await expect(openMetricsSource(id)).rejects.toThrow();
  const other = await aCluster();
  await db()
    .$executeRaw`UPDATE cluster_metrics_sources SET address = ${lab.url}, cluster_id = ${other.id} WHERE cluster_id = ${id}`;
  await expect(openMetricsSource(other.id)).rejects.toThrow();
});

test("the worker says which metrics it finds, and why it finds none", async () => {
  const admin = await anAdministrator();
  const { id } = await aCluster();
  await expect(testMetricsSource(admin, { clusterId: id })).rejects.toMatchObject({
    code: "RESOURCE_NOT_FOUND",
  });
  await setMetricsSource(admin, whole(id));
  expect(await testMetricsSource(admin, { clusterId: id })).toMatchObject({
    ...{ ok: true, found: [...neededMetrics], missing: [] },
  });
  await setMetricsSource(admin, { ...whole(id), token: "wrong" });
  const refused = await testMetricsSource(admin, { clusterId: id });
  expect(refused).toMatchObject({ ok: false, found: [] });
  expect(refused.message).toContain("401");
  await removeMetricsSource(admin, { clusterId: id });
  expect(await readMetricsSource(admin, id)).toBeNull();
  await expect(removeMetricsSource(admin, { clusterId: id })).rejects.toMatchObject({
    code: "RESOURCE_NOT_FOUND",
  });
});

test("nobody else may see it, set it, try it or remove it", async () => {
  const { id } = await aCluster();
  const engineer = await aPerson("role-development-engineer");
  const refused = { code: "PERMISSION_DENIED" };
  await expect(readMetricsSource(engineer, id)).rejects.toMatchObject(refused);
  await expect(setMetricsSource(engineer, whole(id))).rejects.toMatchObject(refused);
  await expect(testMetricsSource(engineer, { clusterId: id })).rejects.toMatchObject(refused);
  await expect(removeMetricsSource(engineer, { clusterId: id })).rejects.toMatchObject(refused);
  expect(await db().clusterMetricsSource.count({ where: { clusterId: id } })).toBe(0);
});

describe("an address that may not be called is refused", () => {
  test.each([
    "http://prometheus.example",
    "ftp://prometheus.example",
    "https://169.254.169.254",
    "https://[fd00:ec2::254]",
    "https://100.100.100.200/latest",
    "https://0.0.0.0",
    "https://user:password@prometheus.example",
    "https://prometheus.example/#x",
    "https://prometheus.example/?x=1",
    "https://prometheus.example/../..",
    "https:\\\\prometheus.example",
    "https:prometheus.example",
    "javascript:alert(1)",
    "prometheus",
  ])("%s", async (address) => {
    const { id } = await aCluster();
    await expect(setMetricsSource(await anAdministrator(), { ...whole(id), address })).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
    });
    expect(await openMetricsSource(id)).toBeNull();
  });
});
