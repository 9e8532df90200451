import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aKubeconfig } from "@/e2e/factories/kubeconfig";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { checkCluster } from "@/lib/clusters/check-cluster.handler";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { testConnectionJob } from "@/lib/clusters/jobs";
import { closeChanges } from "@/lib/core/changes";
import { db } from "@/lib/core/db";
import { closeJobs } from "@/lib/core/jobs";
import type { TestConnection } from "./schema";
import { testConnection } from "./test-connection";
import { testConnection as answerTest } from "./test-connection.handler";

let lab: KubevirtLab;
let other: KubevirtLab;

beforeAll(async () => {
  lab = await startKubevirtLab({ name: "one" });
  other = await startKubevirtLab({ name: "two" });
});
beforeEach(() => {
  lab.control.faults.clear();
  lab.control.restrict([]);
  lab.control.clearLedger();
});
afterAll(async () => {
  closeClusterConnections();
  await closeChanges();
  await closeJobs();
  await Promise.all([lab.stop(), other.stop()]);
});

const questions = () =>
  db().workerQuestion.findMany({ where: { kind: testConnectionJob.name }, orderBy: { createdAt: "desc" } });

/** Asks as the web process does, and answers as the worker does, as soon as the question is there. */
async function tryConnection(input: TestConnection) {
  const known = new Set((await questions()).map(({ id }) => id));
  const answer = testConnection(await anAdministrator(), input);
  answer.catch(() => undefined);
  const asked = await expect
    .poll(async () => (await questions()).find(({ id }) => !known.has(id)), { timeout: 5_000 })
    .toBeDefined()
    .then(async () => (await questions()).find(({ id }) => !known.has(id)));
  const sealed = JSON.stringify(asked?.question);
  await answerTest({ questionId: asked?.id ?? "" });
  const [after] = await db().workerQuestion.findMany({ where: { id: asked?.id ?? "" } });
  return { found: await answer, sealed, left: after };
}

test("a worker says what it would use; only an envelope was ever in the database, and it is gone", async () => {
  const before = await db().cluster.count();
  const { found, sealed, left } = await tryConnection({ kubeconfig: lab.kubeconfig });
  expect(found).toMatchObject({ reachable: true, reason: null, missing: [], sameCluster: null });
  expect(found.kubevirtVersion).toMatch(/^v1\./);
  expect(found.nodes).toMatchObject({ ready: 3, total: 3 });
  expect(found.defaultStorageClass).toBe("fast");
  expect(found.gpuDevices).toEqual([{ resource: "nvidia.com/GA102GL_A10", allocatable: 2, permitted: true }]);
  expect(sealed).toContain("X25519-A256GCM");
  expect(sealed).not.toContain(lab.token);
  expect(left?.question).toEqual({});
  expect(JSON.stringify(left)).not.toContain(lab.token);
  expect(await db().cluster.count()).toBe(before);
  expect(lab.control.ledger().filter((entry) => entry.effective)).toEqual([]);
});

test("what the account lacks is named, and one that lacks the indispensable is not usable", async () => {
  lab.control.restrict(["create uploadtokenrequests", "create virtualmachines"]);
  const { found } = await tryConnection({ kubeconfig: lab.restrictedKubeconfig });
  expect(found).toMatchObject({ reachable: true, reason: "permissions_missing" });
  expect(found.missing).toEqual([
    expect.objectContaining({ resource: "virtualmachines", verb: "create", purpose: "machines" }),
    expect.objectContaining({ resource: "uploadtokenrequests", verb: "create", purpose: "uploads" }),
  ]);
});

test("a refused credential and a silent server are told apart, the silent one within the ten seconds", async () => {
  const refused = await tryConnection({ kubeconfig: lab.kubeconfig.replace(lab.token, `${lab.token}x`) });
  expect(refused.found).toMatchObject({ reachable: false, reason: "credential_refused" });
  lab.control.faults.set({ hang: true });
  const silent = await tryConnection({ kubeconfig: lab.kubeconfig });
  expect(silent.found).toMatchObject({ reachable: false, reason: "no_answer" });
});

test("for a registered cluster it says whether it is that one", async () => {
  const { id } = await aCluster({ kubeconfig: lab.kubeconfig });
  await checkCluster({ clusterId: id });
  const same = await tryConnection({ kubeconfig: lab.restrictedKubeconfig, clusterId: id });
  expect(same.found.sameCluster).toBe("same");
  const foreign = await tryConnection({ kubeconfig: other.kubeconfig, clusterId: id });
  expect(foreign.found.sameCluster).toBe("other");
});

test("a refused kubeconfig marks its input with reason and line, and asks no worker", async () => {
  const before = (await questions()).length;
  const kubeconfig = await aKubeconfig({ user: { tokenFile: "/etc/passwd" } });
  const ctx = await anAdministrator();
  const lineOfCause = kubeconfig.split("\n").findIndex((line) => line.includes("tokenFile")) + 1;
  await expect(testConnection(ctx, { kubeconfig })).rejects.toMatchObject({
    code: "KUBECONFIG_REFUSED",
    fields: [
      {
        field: "kubeconfig",
        code: "kubeconfig_refused",
        params: { reason: "token-file", line: lineOfCause },
      },
    ],
  });
  await expect(testConnection(ctx, { kubeconfig: "a: b\nc: [d\n" })).rejects.toMatchObject({
    params: { reason: "not-yaml", line: expect.any(Number) as number },
  });
  expect(await questions()).toHaveLength(before);
});

test("it takes cluster:write and a fresh second factor, because a worker calls where it is told", async () => {
  const input = { kubeconfig: lab.kubeconfig };
  const engineer = await aPerson("role-development-engineer");
  await expect(testConnection(engineer, input)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  const ctx = await anAdministrator();
  const stale = { ...ctx, actor: { ...ctx.actor, mfaAt: new Date(Date.now() - 11 * 60_000) } };
  await expect(testConnection(stale, input)).rejects.toMatchObject({ code: "MFA_REQUIRED" });
});

test("a question that no worker took is forgotten once nobody waits", async () => {
  const ctx = await anAdministrator();
  await expect(testConnection(ctx, { kubeconfig: lab.kubeconfig })).rejects.toMatchObject({
    code: "WORKER_SILENT",
  });
  expect((await questions()).filter(({ answeredAt }) => answeredAt === null)).toEqual([]);
});
