import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { importInstancetypes } from "@/lib/catalog/sizes/instancetypes/import-instancetypes";
import { previewInstancetypes } from "@/lib/catalog/sizes/instancetypes/preview-instancetypes";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { startWorker } from "@/lib/processes/start-worker";
import { importVms } from "@/lib/vms/adoption/import-vms";
import { previewImport } from "@/lib/vms/adoption/preview-import";
import { importMachinesMax, type PlannedImport } from "@/lib/vms/adoption/schema";
import { openSuite } from "../count-refusals";
import { startHostileCluster, type HostileCluster } from "./hostile-cluster";
import { hostileInstancetypes } from "./hostile-objects/instancetypes";
import { hostileMachines, type HostileMachine } from "./hostile-objects/machines";

const suite = openSuite("imports of forbidden fields");
const inputsMin = 180;

let cluster: HostileCluster;
let clusterId: string;
let worker: { stop: () => Promise<void> };
let administrator: Context;
let serviceId: string;
let namespace: string;

beforeAll(async () => {
  cluster = await startHostileCluster();
  clusterId = (await aCluster({ kubeconfig: cluster.kubeconfig })).id;
  administrator = await anAdministrator();
  serviceId = (await aService(administrator)).id;
  namespace = (await aNamespace()).name;
  worker = await startWorker();
});
afterAll(async () => {
  await worker.stop();
  closeClusterConnections();
  await cluster.stop();
  suite.print(inputsMin);
});

const instancetypePath = "/apis/instancetype.kubevirt.io/v1beta1";

// What saving would refuse is taken out and said; the rest of an instance type may still be a size.
test("instance types of a hostile cluster", async () => {
  const wanted = hostileInstancetypes();
  const items = wanted.map(({ name, spec }) => ({
    metadata: { name, uid: newId(), resourceVersion: "1" },
    spec,
  }));
  const list = JSON.stringify({ metadata: { resourceVersion: "1" }, items });
  cluster.answers.set(`${instancetypePath}/virtualmachineclusterinstancetypes`, list);
  const preview = await previewInstancetypes(administrator, { clusterId });
  const names = wanted.map(({ name }) => name);
  await importInstancetypes(administrator, { clusterId, names: names.slice(0, 50) });
  await importInstancetypes(administrator, { clusterId, names: names.slice(50) });
  for (const { name, title } of wanted) {
    const said = preview.sizes.find((size) => size.key === name)?.unmapped ?? [];
    const row = await db().instanceSize.findUnique({ where: { name } });
    const isClean = row === null || JSON.stringify([row.specOverrides, row.gpuDevices]) === "[{},[]]";
    if (said.length > 0 && isClean) suite.refused(`${title} as an instance type`);
    else suite.accepted(`${title} as an instance type (${JSON.stringify([said, row?.specOverrides])})`);
  }
}, 60_000);

test("machines of a hostile cluster, before and while they are imported", async () => {
  const wanted = hostileMachines();
  for (const { name, manifest } of wanted) {
    const object = JSON.stringify(manifest).replaceAll('"namespace":"here"', `"namespace":"${namespace}"`);
    cluster.answers.set(`/apis/kubevirt.io/v1/namespaces/${namespace}/virtualmachines/${name}`, object);
  }
  const machines = await db().vm.count();
  for (let from = 0; from < wanted.length; from += importMachinesMax)
    await tryGroup(wanted.slice(from, from + importMachinesMax));
  expect(await db().vm.count()).toBe(machines);
  expect(cluster.asked.filter((request) => !request.startsWith("GET"))).toEqual([]);
  expect(await db().auditLog.count({ where: { action: "vm.import", outcome: "success" } })).toBe(0);
}, 90_000);

async function tryGroup(wanted: HostileMachine[]): Promise<void> {
  const places = wanted.map(({ name }) => ({ namespace, name }));
  const preview = await previewImport(administrator, { clusterId, serviceId, machines: places });
  for (const { name, title, path } of wanted) {
    const plan = preview.machines.find((one) => one.name === name);
    const told = plan?.refusals.find((refusal) => refusal.code === "forbidden");
    const isTold = told !== undefined && String(told.params["path"]).startsWith(path);
    if (plan?.result === "refused" && isTold) suite.refused(`${title} as a machine, previewed`);
    else suite.accepted(`${title} as a machine, previewed (${JSON.stringify(plan).slice(0, 300)})`);
  }
  await orderAnyway(preview.machines);
}

/** As whoever skips the preview's verdict would: the worker judges again. */
async function orderAnyway(planned: PlannedImport[]): Promise<void> {
  const order = planned.map(({ name, uid, fingerprint, instance }) => ({
    ...{ namespace, name, instance },
    ...{ uid: uid ?? "", fingerprint: fingerprint ?? "" },
  }));
  const { imports } = await importVms(administrator, { clusterId, serviceId, machines: order });
  for (const { eventId, name } of imports) {
    const event = await vi.waitFor(
      () => db().domainEvent.findFirstOrThrow({ where: { id: eventId, status: { not: "PROCESSING" } } }),
      { timeout: 20_000, interval: 100 },
    );
    const isRefused = event.status === "FAILED" && event.errorMessage?.includes("FORBIDDEN_FIELD") === true;
    if (isRefused) suite.refused(`${name}, imported`);
    else suite.accepted(`${name}, imported (${event.status} ${event.errorMessage})`);
  }
}
