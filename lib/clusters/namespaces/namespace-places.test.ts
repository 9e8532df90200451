import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aVm } from "@/e2e/factories/vm";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { closeClusterConnections, connectCluster } from "@/lib/clusters/connect-cluster";
import { createNamespace } from "@/lib/clusters/create-namespace";
import { ensureNamespace } from "@/lib/clusters/ensure-namespace";
import { readNamespace } from "@/lib/clusters/queries";
import { removeNamespace } from "@/lib/clusters/remove-namespace";
import { updateNamespace } from "@/lib/clusters/update-namespace";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { findOwners } from "./find-owners";
import { listNamespacePlaces, readNamespaceUse } from "./queries";
import { recheckNamespace } from "./recheck-namespace.handler";

let lab: KubevirtLab;

beforeAll(async () => {
  lab = await startKubevirtLab();
});
beforeEach(() => lab.control.faults.clear());
afterAll(async () => {
  closeClusterConnections();
  await lab.stop();
});

const uniqueEnvironment = async () => {
  const name = `e${newId().slice(-8)}`;
  await db().environment.create({ data: { name, class: "test", displayName: name } });
  return name;
};

async function look(namespace: { name: string; environment: string }) {
  const id = newId();
  await db().workerQuestion.create({ data: { id, kind: "test", question: namespace, askedBy: "test" } });
  await recheckNamespace({ questionId: id });
  return (await db().workerQuestion.findUniqueOrThrow({ where: { id } })).answer;
}

test("a look asks every cluster of the environment; one that is silent keeps what was known", async () => {
  const ctx = await anAdministrator();
  const environment = await uniqueEnvironment();
  const here = await aCluster({ environment, kubeconfig: lab.kubeconfig, name: "a-here" });
  const silentLab = await startKubevirtLab();
  const silent = await aCluster({ environment, kubeconfig: silentLab.kubeconfig, name: "b-silent" });
  const off = await aCluster({ environment, kubeconfig: lab.kubeconfig, enabled: false, name: "c-off" });
  const namespace = await aNamespace({ environment });
  await silentLab.stop();

  expect(await look({ name: namespace.name, environment })).toMatchObject({
    answered: 1,
    silent: [{ cluster: silent.name }],
  });
  const states = async () =>
    (await listNamespacePlaces(ctx, namespace.id)).map(({ clusterId, state }) => [clusterId, state]);
  expect(await states()).toEqual([
    [here.id, "absent"],
    [silent.id, "unknown"],
    [off.id, "unknown"],
  ]);

  lab.control.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace.name } });
  await look({ name: namespace.name, environment });
  expect((await states())[0]).toEqual([here.id, "present"]);
  lab.control.faults.set({ status: 503 });
  await look({ name: namespace.name, environment });
  expect((await states())[0]).toEqual([here.id, "present"]);
});

test("a namespace that the platform made or found is known to be there", async () => {
  const ctx = await anAdministrator();
  const environment = await uniqueEnvironment();
  const cluster = await aCluster({ environment, kubeconfig: lab.kubeconfig });
  const namespace = await aNamespace({ environment });
  await ensureNamespace(await connectCluster(cluster.id), { name: namespace.name, environment });
  const [place] = await listNamespacePlaces(ctx, namespace.id);
  expect(place).toMatchObject({ clusterId: cluster.id, state: "present" });
  expect(place?.checkedAt).not.toBeNull();
});

test("an owner is somebody who can sign in, is shown by name, and each change of it is on record", async () => {
  const ctx = await anAdministrator();
  const owner = await aPerson("role-development-engineer");
  const name = `o${newId().slice(-8)}`;
  const { id } = await createNamespace(ctx, {
    ...{ name, environment: "test", description: "" },
    ownerId: owner.actor.id,
  });
  expect(await readNamespace(ctx, id)).toMatchObject({
    ownerId: owner.actor.id,
    ownerName: owner.actor.displayName,
    vmCount: 0,
  });
  await updateNamespace(ctx, { namespaceId: id, ownerId: null });
  expect((await readNamespace(ctx, id)).ownerId).toBeNull();
  await expect(updateNamespace(ctx, { namespaceId: id, ownerId: "nobody" })).rejects.toMatchObject({
    fields: [{ field: "ownerId", code: "not_found" }],
  });
  const record = await db().auditLog.findFirstOrThrow({
    where: { resourceId: id, action: "namespace.update" },
  });
  expect(record.details).toMatchObject({ before: { ownerId: owner.actor.id }, after: { ownerId: null } });
});

test("people are found by the beginning of a name, by whoever may write namespaces; a wildcard finds nobody", async () => {
  const ctx = await anAdministrator();
  const { actor } = await aPerson("role-development-engineer");
  const found = await findOwners(ctx, { q: actor.username.slice(0, 8) });
  expect(found.items.map(({ id }) => id)).toContain(actor.id);
  expect((await findOwners(ctx, { q: "%" })).items).toEqual([]);
  const engineer = await aPerson("role-development-engineer");
  await expect(findOwners(engineer, { q: "a" })).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
});

test("what is there is counted, clusters are for whoever may see them, and removing forgets where it was", async () => {
  const ctx = await anAdministrator();
  const environment = await uniqueEnvironment();
  const cluster = await aCluster({ environment, kubeconfig: lab.kubeconfig });
  const namespace = await aNamespace({ environment });
  const vm = await aVm({ clusterId: cluster.id, namespace: namespace.name });
  expect(await readNamespaceUse(ctx, namespace.id)).toEqual({ vms: 1, services: 1, requests: 0 });
  expect((await listNamespacePlaces(ctx, namespace.id))[0]).toMatchObject({ vmCount: 1 });
  const reader = await aPerson("role-development-engineer", { environments: [environment] });
  await expect(listNamespacePlaces(reader, namespace.id)).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
  });

  await db().vm.delete({ where: { id: vm.id } });
  await look({ name: namespace.name, environment });
  await removeNamespace(ctx, { namespaceId: namespace.id, confirmName: namespace.name });
  expect(await db().clusterNamespace.count({ where: { name: namespace.name } })).toBe(0);
});
