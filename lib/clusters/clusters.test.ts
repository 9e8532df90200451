import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aKubeconfig } from "@/e2e/factories/kubeconfig";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aVm } from "@/e2e/factories/vm";
import { closeDb, db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { chooseStorageClass } from "./choose-storage-class";
import { listClusterFacts } from "./cluster-facts";
import { detectCluster } from "./detect-cluster";
import { listClusters, readCluster } from "./queries";
import { registerCluster } from "./register-cluster";
import { removeCluster } from "./remove-cluster";
import { rotateCredentials } from "./rotate-credentials";
import type { ClusterPolicy } from "./schema";
import { setClusterPolicy } from "./set-cluster-policy";
import { updateCluster } from "./update-cluster";

// All of this runs in the web process, so it runs here with no more than that process may do.
beforeAll(() => setDatabaseRole("SET role = 'shepherd_web'"));
afterAll(() => setDatabaseRole("RESET role"));

async function setDatabaseRole(clause: string): Promise<void> {
  const url = new URL(String(process.env["DATABASE_URL"]));
  const admin = new pg.Client({ connectionString: url.toString() });
  await admin.connect();
  await admin.query("SET role NONE");
  await admin.query(`ALTER DATABASE ${url.pathname.slice(1)} ${clause}`);
  await admin.end();
  await closeDb();
}

const openPolicy: ClusterPolicy = {
  allowCpuOvercommit: true,
  allowMemoryOvercommit: true,
  allowDedicatedCpu: true,
  allowGpu: true,
  allowSriov: true,
  allowHugepages: true,
  allowCdiClone: true,
  allowedHugepagesSizes: [],
  allowedCloneSourceNamespaces: [],
  allowedStorageClasses: [],
};

async function aRegisteredCluster() {
  const ctx = await anAdministrator();
  const name = `c-${newId().slice(-8)}`;
  const { id } = await registerCluster(ctx, {
    name,
    displayName: "One",
    environment: "test",
    kubeconfig: await aKubeconfig(),
    schedulingWeight: 100,
  });
  return { ctx, id, name };
}

async function lastAudit(resourceId: string) {
  return db().auditLog.findFirst({ where: { resourceId }, orderBy: { id: "desc" } });
}

test("the web role can neither read an envelope nor delete a credential", async () => {
  const { id } = await aRegisteredCluster();
  expect(await db().$queryRaw`SELECT current_user AS name`).toEqual([{ name: "shepherd_web" }]);
  await expect(db().$queryRaw`SELECT envelope FROM cluster_credentials`).rejects.toThrow(/permission denied/);
  await expect(db().$executeRaw`DELETE FROM cluster_credentials WHERE cluster_id = ${id}`).rejects.toThrow(
    /permission denied/,
  );
});

test("a registered cluster is shown with its fingerprint and without its secrets", async () => {
  const { ctx, id, name } = await aRegisteredCluster();
  const cluster = await readCluster(ctx, id);
  expect(cluster).toMatchObject({
    name,
    status: "UNKNOWN",
    policySummary: "OPEN",
    sync: "stale",
    capabilities: null,
    credential: { authKind: "token", server: "https://cluster.example:6443" },
    vmCount: 0,
  });
  expect((await listClusters(ctx, { perPage: 100, q: name })).items.map((one) => one.id)).toEqual([id]);
});

test("a rotated credential replaces the old one, on record, and everything is listed anew", async () => {
  const { ctx, id } = await aRegisteredCluster();
  const before = await readCluster(ctx, id);
  await db().clusterReflector.create({ data: { clusterId: id, kind: "vm", resourceVersion: "41" } });
  await rotateCredentials(ctx, {
    clusterId: id,
    kubeconfig: await aKubeconfig({ server: "https://elsewhere.example:6443" }),
  });
  const after = await readCluster(ctx, id);
  expect(after.apiServerUrl).toBe("https://elsewhere.example:6443");
  expect(after.credential?.caFingerprint).not.toBe(before.credential?.caFingerprint);
  expect(after.version).toBe(before.version + 1);
  expect(await lastAudit(id)).toMatchObject({ action: "cluster.credential_rotate" });
  expect(await db().clusterReflector.findFirst({ where: { clusterId: id } })).toMatchObject({
    resourceVersion: null,
  });
});

test("a change that was read before somebody else's is refused", async () => {
  const { ctx, id } = await aRegisteredCluster();
  const { version } = await readCluster(ctx, id);
  await updateCluster(ctx, { clusterId: id, version, displayName: "Two", schedulingWeight: 50 });
  await expect(updateCluster(ctx, { clusterId: id, version, displayName: "Three" })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  expect(await readCluster(ctx, id)).toMatchObject({ displayName: "Two", schedulingWeight: 50 });
  expect(await lastAudit(id)).toMatchObject({
    details: {
      before: { displayName: "One", schedulingWeight: 100 },
      after: { displayName: "Two", schedulingWeight: 50 },
    },
  });
});

test("a policy is set as a whole, summarised and on record with what it was", async () => {
  const { ctx, id } = await aRegisteredCluster();
  await setClusterPolicy(ctx, { ...openPolicy, clusterId: id, allowGpu: false });
  const cluster = await readCluster(ctx, id);
  expect(cluster.policySummary).toBe("GUARDED");
  expect(cluster.policy).toMatchObject({ allowGpu: false, allowSriov: true });
  expect(await lastAudit(id)).toMatchObject({
    details: { policy: { before: { allowGpu: true }, after: { allowGpu: false } } },
  });
});

test("only a detected storage class can become the default", async () => {
  const { ctx, id } = await aRegisteredCluster();
  const storageClasses = [
    {
      name: "fast",
      isDefault: false,
      isVirtualizationDefault: false,
      provisioner: "csi",
      volumeBindingMode: "Immediate",
      allowVolumeExpansion: true,
    },
  ];
  await db().cluster.update({ where: { id }, data: { storageClasses }, select: { id: true } });
  await expect(chooseStorageClass(ctx, { clusterId: id, storageClass: "slow" })).rejects.toMatchObject({
    fields: [{ field: "storageClass", code: "not_found" }],
  });
  await chooseStorageClass(ctx, { clusterId: id, storageClass: "fast" });
  expect((await readCluster(ctx, id)).defaultStorageClass).toBe("fast");
});

test("an unused cluster goes with its credential and policy once its name is typed", async () => {
  const { ctx, id, name } = await aRegisteredCluster();
  await expect(removeCluster(ctx, { clusterId: id })).rejects.toMatchObject({
    code: "DELETE_CONFIRMATION_REQUIRED",
  });
  await removeCluster(ctx, { clusterId: id, confirmName: name });
  expect(await db().cluster.count({ where: { id } })).toBe(0);
  expect(await db().clusterPolicy.count({ where: { clusterId: id } })).toBe(0);
  expect(await lastAudit(id)).toMatchObject({ action: "cluster.delete" });
});

test("a cluster that holds a machine stays", async () => {
  const ctx = await anAdministrator();
  const cluster = await aCluster();
  await aVm({ clusterId: cluster.id, namespace: (await aNamespace()).name });
  await expect(
    removeCluster(ctx, { clusterId: cluster.id, confirmName: cluster.name }),
  ).rejects.toMatchObject({
    code: "DELETE_RESTRICTED",
    params: { entity: "cluster", childCount: 1 },
  });
});

test("asking for a look is on record and enqueues one", async () => {
  const { ctx, id } = await aRegisteredCluster();
  await detectCluster(ctx, { clusterId: id });
  expect(await lastAudit(id)).toMatchObject({ action: "cluster.detect" });
});

test("without cluster permissions nothing is shown or changed", async () => {
  const { id, name } = await aRegisteredCluster();
  const engineer = await aPerson("role-development-engineer", { environments: ["test", "prod"] });
  const kubeconfig = await aKubeconfig();
  const tries: [string, () => Promise<unknown>][] = [
    ["list", () => listClusters(engineer, { perPage: 10 })],
    ["read", () => readCluster(engineer, id)],
    ["update", () => updateCluster(engineer, { clusterId: id, version: 1, enabled: false })],
    ["rotate", () => rotateCredentials(engineer, { clusterId: id, kubeconfig })],
    ["policy", () => setClusterPolicy(engineer, { ...openPolicy, clusterId: id })],
    ["storage", () => chooseStorageClass(engineer, { clusterId: id, storageClass: "fast" })],
    ["detect", () => detectCluster(engineer, { clusterId: id })],
    ["remove", () => removeCluster(engineer, { clusterId: id, confirmName: name })],
  ];
  for (const [what, attempt] of tries) {
    await expect(attempt(), what).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  }
  expect(await db().cluster.findUnique({ where: { id }, select: { enabled: true, version: true } })).toEqual({
    enabled: true,
    version: 1,
  });
});

test("matching reads what machines were promised and how old the look is", async () => {
  const cluster = await aCluster({
    status: "HEALTHY",
    capabilitiesDetectedAt: new Date(Date.now() - 3 * 3_600_000),
    detectedCapabilities: {
      gpuDevices: [
        { resource: "nvidia.com/A10", capacity: 2, allocatable: 2, permitted: true },
        { resource: "nvidia.com/X", capacity: 2, allocatable: 2, permitted: false },
      ],
      hugepages: [],
      sriovNetworks: [],
      nodes: [{ name: "n", ready: true, schedulable: true, cpuCores: 8, memoryBytes: 16 * 1024 ** 3 }],
      cdi: true,
      snapshots: false,
      partial: [],
    },
  });
  const { name: namespace } = await aNamespace();
  await aVm({ clusterId: cluster.id, namespace, cpuCores: 1.5, memoryGi: 2 });
  await aVm({ clusterId: cluster.id, namespace, cpuCores: 2, memoryGi: 4 });
  const [facts] = await listClusterFacts(db(), { clusterId: cluster.id });
  expect(facts).toMatchObject({
    name: cluster.name,
    breakerOpen: false,
    committed: { cpuCores: 3.5, memoryGi: 6 },
    policy: { allowGpu: true },
    capabilities: { nodes: [{ memoryGi: 16 }] },
  });
  expect(facts?.capabilities?.gpuDevices.map(({ resource }) => resource)).toEqual(["nvidia.com/A10"]);
  expect(facts?.capabilitiesAgeHours).toBeCloseTo(3, 1);
});
