import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { connectToCluster } from "@/lib/adapters/kubevirt/client";
import { parseKubeconfig } from "@/lib/adapters/kubevirt/kubeconfig";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { closeClusterConnections, connectCluster } from "./connect-cluster";
import { ensureNamespace, forgetNamespace } from "./ensure-namespace";
import { locateNamespace } from "./locate-namespace.handler";
import { sealConnection } from "./seal-connection";

let lab: KubevirtLab;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
});
afterAll(async () => {
  closeClusterConnections();
  await lab.stop();
});
beforeEach(() => {
  lab.control.faults.clear();
  lab.control.restrict([]);
  lab.control.clearLedger();
});

const aClient = (kubeconfig: string) => connectToCluster(parseKubeconfig(kubeconfig));

test("a namespace is made once, with its labels and the time, and not asked for again", async () => {
  const client = aClient(lab.kubeconfig);
  const wanted = { name: "shop-test", environment: "test", now: new Date("2026-01-02T03:04:05Z") };
  expect(await ensureNamespace(client, wanted)).toEqual({ created: true });
  const requests = lab.control.requests();
  expect(await ensureNamespace(client, wanted)).toEqual({ created: false });
  expect(lab.control.requests()).toEqual(requests);

  const made = lab.control.objects("namespaces").find(({ metadata }) => metadata.name === "shop-test");
  expect(made?.metadata).toMatchObject({
    labels: {
      "kubevirt-shepherd.io/managed-by": "kubevirt-shepherd",
      "kubevirt-shepherd.io/environment": "test",
    },
    annotations: { "kubevirt-shepherd.io/created-at": "2026-01-02T03:04:05.000Z" },
  });
  client.close();
});

test("one that is there already is a success, also when it appears in between", async () => {
  const client = aClient(lab.kubeconfig);
  lab.control.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: "by-hand" } });
  expect(await ensureNamespace(client, { name: "by-hand", environment: "test" })).toEqual({ created: false });
  const both = await Promise.all([
    ensureNamespace(client, { name: "raced", environment: "test" }),
    ensureNamespace(client, { name: "raced", environment: "test" }),
  ]);
  expect(both.map(({ created }) => created).sort()).toEqual([false, true]);
  client.close();
});

test("one that was removed by hand is made again once it is forgotten", async () => {
  const client = aClient(lab.kubeconfig);
  await ensureNamespace(client, { name: "removed", environment: "test" });
  lab.control.remove("namespaces", undefined, "removed");
  forgetNamespace(client, "removed");
  expect(await ensureNamespace(client, { name: "removed", environment: "test" })).toEqual({ created: true });
  client.close();
});

test("a forbidden creation says which command helps", async () => {
  lab.control.restrict(["create namespaces"]);
  const client = aClient(lab.restrictedKubeconfig);
  await expect(ensureNamespace(client, { name: "forbidden", environment: "test" })).rejects.toMatchObject({
    code: "NAMESPACE_PERMISSION_DENIED",
    params: { namespace: "forbidden", hint: "kubectl create namespace forbidden" },
  });
  client.close();
});

test("a name no cluster takes is refused before it is asked", async () => {
  const client = aClient(lab.kubeconfig);
  await expect(ensureNamespace(client, { name: "../nodes", environment: "test" })).rejects.toMatchObject({
    code: "NAMESPACE_NAME_INVALID",
  });
  expect(lab.control.ledger()).toEqual([]);
  client.close();
});

test("a cluster that does not answer is a failure that may pass", async () => {
  const client = aClient(lab.kubeconfig);
  lab.control.faults.set({ status: 503 });
  await expect(ensureNamespace(client, { name: "later", environment: "test" })).rejects.toMatchObject({
    kind: "unavailable",
  });
  lab.control.faults.clear();
  expect(await ensureNamespace(client, { name: "later", environment: "test" })).toEqual({ created: true });
  client.close();
});

test("one client serves a cluster until its credential is rotated, whoever rotates it", async () => {
  const { id } = await aCluster({ kubeconfig: lab.kubeconfig });
  const first = await connectCluster(id);
  expect(await connectCluster(id)).toBe(first);

  const { envelope, summary } = await sealConnection(id, parseKubeconfig(lab.restrictedKubeconfig));
  await db().clusterCredential.update({
    where: { clusterId: id },
    data: { envelope, summary, rotatedAt: new Date(Date.now() + 1000) },
  });
  await db().cluster.update({ where: { id }, data: { version: 2 } });
  await expect.poll(() => connectCluster(id).then((client) => client === first)).toBe(false);
});

test("a cluster without a credential is not there", async () => {
  await expect(connectCluster("nowhere")).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND" });
});

test("a question about a namespace is answered by what the cluster says, or by its silence", async () => {
  const { id } = await aCluster({ kubeconfig: lab.kubeconfig });
  lab.control.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: "asked" } });
  const ask = async (name: string) => {
    const questionId = newId();
    await db().workerQuestion.create({
      data: { id: questionId, kind: "test", question: { clusterId: id, name }, askedBy: "test" },
    });
    await locateNamespace({ questionId });
    const row = await db().workerQuestion.findUniqueOrThrow({ where: { id: questionId } });
    return row.answer ?? row.failure;
  };
  expect(await ask("asked")).toEqual({ exists: true, terminating: false });
  expect(await ask("not-there")).toEqual({ exists: false, terminating: false });
  lab.control.faults.set({ status: 503 });
  expect(await ask("asked")).toMatchObject({ code: "CLUSTER_UNAVAILABLE" });
});
