import { afterAll, beforeAll, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { checkCluster } from "@/lib/clusters/check-cluster.handler";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { listHealthStrips, readClusterHealth } from "./queries";
import { removeOldChecks } from "./remove-old-checks";

let lab: KubevirtLab;

beforeAll(async () => {
  lab = await startKubevirtLab();
});
afterAll(async () => {
  closeClusterConnections();
  await lab.stop();
});

async function aPastCheck(clusterId: string, hoursAgo: number, row: { status: string; latencyMs?: number }) {
  await db().$executeRaw`
    INSERT INTO cluster_checks (cluster_id, checked_at, status, latency_ms)
    VALUES (${clusterId}, now() - make_interval(secs => ${hoursAgo * 3600}), ${row.status}, ${row.latencyMs ?? null}::int)`;
}

test("each look leaves one line with what it found", async () => {
  const { id } = await aCluster({ kubeconfig: lab.kubeconfig });
  await checkCluster({ clusterId: id });
  lab.control.faults.set({ status: 503 });
  await checkCluster({ clusterId: id });
  lab.control.faults.clear();
  const checks = await db().clusterCheck.findMany({
    where: { clusterId: id },
    orderBy: { checkedAt: "asc" },
  });
  expect(checks).toHaveLength(2);
  expect(checks[0]).toMatchObject({ status: "HEALTHY", reason: null, nodesReady: 3, nodesTotal: 3 });
  expect(checks[0]?.latencyMs).toBeGreaterThanOrEqual(0);
  expect(checks[1]).toMatchObject({ status: "UNREACHABLE", reason: "no_answer", latencyMs: null });
});

test("the last day is a strip of the worst of each part, with how often it was healthy and how fast", async () => {
  const { id } = await aCluster({});
  await aPastCheck(id, 23.9, { status: "HEALTHY", latencyMs: 10 });
  await aPastCheck(id, 1.25, { status: "HEALTHY", latencyMs: 20 });
  await aPastCheck(id, 1.24, { status: "UNHEALTHY", latencyMs: 60 });
  await aPastCheck(id, 0.1, { status: "UNREACHABLE" });
  await aPastCheck(id, 25, { status: "UNREACHABLE" });
  const health = await readClusterHealth(await anAdministrator(), id);
  expect(health).toMatchObject({ checks: 4, uptimePercent: 50, latency: { median: 20, highest: 60 } });
  expect(health.cells).toHaveLength(48);
  expect(health.cells[0]).toMatchObject({ status: "HEALTHY", latencyMs: 10, checks: 1 });
  expect(health.cells[45]).toMatchObject({ status: "UNHEALTHY", latencyMs: 40, checks: 2 });
  expect(health.cells[47]).toMatchObject({ status: "UNREACHABLE", latencyMs: null });
  expect(health.cells.filter(({ status }) => status !== null)).toHaveLength(3);
});

test("an open breaker says until when", async () => {
  const ctx = await anAdministrator();
  const until = new Date(Date.now() + 45_000);
  const { id } = await aCluster({ breakerOpenUntil: until, consecutiveFailures: 7 });
  expect((await readClusterHealth(ctx, id)).breaker).toEqual({
    isOpen: true,
    opensUntil: until,
    failures: 7,
  });
  const past = await aCluster({ breakerOpenUntil: new Date(Date.now() - 1_000) });
  expect((await readClusterHealth(ctx, past.id)).breaker).toMatchObject({ isOpen: false, opensUntil: null });
});

test("a list gets a strip for each cluster, in one answer", async () => {
  const [one, two] = [await aCluster({}), await aCluster({})];
  await aPastCheck(one.id, 0.5, { status: "HEALTHY" });
  const strips = await listHealthStrips(await anAdministrator(), [one.id, two.id]);
  expect(strips[one.id]?.at(-1)).toMatchObject({ status: "HEALTHY" });
  expect(strips[two.id]?.every(({ status }) => status === null)).toBe(true);
  const nobody = await aPerson("role-development-engineer");
  await expect(listHealthStrips(nobody, [one.id])).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
});

test("lines older than a week go, younger ones stay", async () => {
  const { id } = await aCluster({});
  await aPastCheck(id, 24 * 7 + 1, { status: "HEALTHY" });
  await aPastCheck(id, 24 * 7 - 1, { status: "HEALTHY" });
  await removeOldChecks();
  expect(await db().clusterCheck.count({ where: { clusterId: id } })).toBe(1);
});
