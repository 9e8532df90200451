import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { db } from "@/lib/core/db";
import { checkCluster } from "./check-cluster.handler";
import { listClusterFacts } from "./cluster-facts";
import { closeClusterConnections } from "./connect-cluster";

let lab: KubevirtLab;
let clusterId: string;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
});
afterAll(async () => {
  closeClusterConnections();
  await lab.stop();
});
beforeEach(async () => {
  lab.control.faults.clear();
  lab.control.clearLedger();
  clusterId = (await aCluster({ kubeconfig: lab.kubeconfig })).id;
});

const read = () => db().cluster.findUniqueOrThrow({ where: { id: clusterId } });

async function versionEvents() {
  return db().domainEvent.findMany({
    where: { aggregateId: clusterId },
    select: { eventType: true, status: true, payload: true },
  });
}

test("the first look finds the cluster healthy, and what it has, with reads alone", async () => {
  await checkCluster({ clusterId });
  const cluster = await read();
  expect(cluster).toMatchObject({ status: "HEALTHY", statusMessage: null, consecutiveFailures: 0 });
  expect(cluster.kubevirtVersion).toMatch(/^v?1\./);
  expect(cluster.enabledFeatures).toContain("LiveMigration");
  expect(cluster.defaultStorageClass).not.toBeNull();
  expect(cluster.missingPermissions).toEqual([]);
  expect(cluster.lastCheckedAt).not.toBeNull();
  const [facts] = await listClusterFacts(db(), { clusterId });
  expect(facts?.capabilities?.nodes.length).toBeGreaterThan(0);
  expect(facts?.capabilities?.cdi).toBe(true);
  expect(lab.control.ledger().filter((entry) => entry.effective)).toEqual([]);
  expect(await versionEvents()).toEqual([]);
});

test("a second look that finds the same writes no column but the times", async () => {
  await checkCluster({ clusterId });
  const before = await read();
  await checkCluster({ clusterId });
  const after = await read();
  const times = [
    "lastCheckedAt",
    "lastHealthyAt",
    "capabilitiesDetectedAt",
    "capabilitiesReadAt",
    "storageClassesUpdatedAt",
    "updatedAt",
  ];
  const without = (row: object) => Object.entries(row).filter(([key]) => !times.includes(key));
  expect(without(after)).toEqual(without(before));
  expect(after.lastCheckedAt?.getTime()).toBeGreaterThan(before.lastCheckedAt?.getTime() ?? 0);
});

test("a new KubeVirt version is an event, the first one seen is not", async () => {
  await checkCluster({ clusterId });
  const { kubevirtVersion } = await read();
  await db().cluster.update({ where: { id: clusterId }, data: { kubevirtVersion: "v1.2.0" } });
  await checkCluster({ clusterId });
  expect(await versionEvents()).toEqual([
    {
      eventType: "ClusterKubeVirtVersionChanged",
      status: "COMPLETED",
      payload: { from: "v1.2.0", to: kubevirtVersion },
    },
  ]);
  const news = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM pgboss.job j JOIN domain_events e ON e.id = j.data ->> 'eventId'
    WHERE j.name = 'events.spread-news' AND e.event_type = 'ClusterKubeVirtVersionChanged'`;
  expect(news).toHaveLength(1);
});

test("an API that does not answer is UNREACHABLE in its words; five in a row open the breaker; one answer closes it", async () => {
  await checkCluster({ clusterId });
  lab.control.faults.set({ status: 503 });
  for (let failures = 1; failures <= 5; failures += 1) {
    await checkCluster({ clusterId });
    const cluster = await read();
    expect(cluster).toMatchObject({ status: "UNREACHABLE", consecutiveFailures: failures });
    expect(cluster.statusMessage).toMatch(/^no_answer: ./);
    expect(cluster.breakerOpenUntil !== null).toBe(failures === 5);
  }
  const [facts] = await listClusterFacts(db(), { clusterId });
  expect(facts).toMatchObject({ breakerOpen: true, status: "UNREACHABLE" });
  expect(facts?.capabilities, "what was found before stays known").not.toBeNull();

  lab.control.faults.clear();
  await checkCluster({ clusterId });
  expect(await read()).toMatchObject({ status: "HEALTHY", consecutiveFailures: 0, breakerOpenUntil: null });
});

test("a refused credential is UNHEALTHY, not unreachable", async () => {
  const token = lab.kubeconfig.replace(lab.token, `${lab.token}x`);
  clusterId = (await aCluster({ kubeconfig: token })).id;
  await checkCluster({ clusterId });
  const cluster = await read();
  expect(cluster.status).toBe("UNHEALTHY");
  expect(cluster.statusMessage).toMatch(/^credential_refused/);
});

test("an API that answers something else than Kubernetes does is UNHEALTHY", async () => {
  lab.control.faults.set({ status: 400 });
  await checkCluster({ clusterId });
  const cluster = await read();
  expect(cluster.status).toBe("UNHEALTHY");
  expect(cluster.statusMessage).toMatch(/^bad_answer: ./);
});

test("an account that may not touch machines is UNHEALTHY and told what it lacks", async () => {
  lab.control.restrict(["create virtualmachines"]);
  clusterId = (await aCluster({ kubeconfig: lab.restrictedKubeconfig })).id;
  await checkCluster({ clusterId });
  expect(await read()).toMatchObject({
    status: "UNHEALTHY",
    statusMessage: "permissions_missing",
    missingPermissions: [{ apiGroup: "kubevirt.io", resource: "virtualmachines", verb: "create" }],
  });
});

test("a part that may not be read is named and wipes nothing that was known", async () => {
  lab.control.restrict([]);
  clusterId = (await aCluster({ kubeconfig: lab.restrictedKubeconfig })).id;
  await checkCluster({ clusterId });
  const before = await read();
  lab.control.restrict(["list storageclasses"]);
  await checkCluster({ clusterId });
  const after = await read();
  expect(after).toMatchObject({ status: "HEALTHY", defaultStorageClass: before.defaultStorageClass });
  expect(after.storageClasses).toEqual(before.storageClasses);
  expect(JSON.stringify(after.detectedCapabilities)).toContain("storageclasses: ");
});

test("an administrator's default class survives a look; one that is gone gives way to the cluster's own", async () => {
  await checkCluster({ clusterId });
  const own = (await read()).defaultStorageClass;
  const [facts] = await listClusterFacts(db(), { clusterId });
  const other = facts?.storageClasses.find(({ name }) => name !== own)?.name ?? "";
  await db().cluster.update({ where: { id: clusterId }, data: { defaultStorageClass: other } });
  await checkCluster({ clusterId });
  expect((await read()).defaultStorageClass).toBe(other);
  await db().cluster.update({ where: { id: clusterId }, data: { defaultStorageClass: "gone" } });
  await checkCluster({ clusterId });
  expect((await read()).defaultStorageClass).toBe(own);
});

test("a cluster that is switched off or gone is not called", async () => {
  const before = lab.control.requests();
  await db().cluster.update({ where: { id: clusterId }, data: { enabled: false } });
  await checkCluster({ clusterId });
  await checkCluster({ clusterId: "removed" });
  expect(lab.control.requests()).toEqual(before);
  expect((await read()).lastCheckedAt).toBeNull();
});
