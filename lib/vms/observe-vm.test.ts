import { afterAll, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aVm } from "@/e2e/factories/vm";
import { platformContext } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { openEvent } from "@/lib/core/events";
import { newId } from "@/lib/core/ids";
import { closeJobs } from "@/lib/core/jobs";
import { inTransaction } from "@/lib/core/transaction";
import { judgeObservations } from "./judge-observations";
import type { VmObservation } from "./observation";
import { observeComplete, observeVms } from "./observe-vm";
import { keyOf, readObserved } from "./read-observed";
import { recordObserved } from "./record-observed";

afterAll(closeJobs);

/** A machine that is being created, and what its cluster says of it. */
async function aCreation(over: { k8sUid?: string; status?: string } = {}) {
  const [cluster, namespace, id, ticketId] = [await aCluster(), await aNamespace(), newId(), newId()];
  const eventId = await inTransaction((tx) =>
    openEvent(tx, platformContext("test"), {
      type: "VM_CREATION_REQUESTED",
      aggregate: { type: "vm", id },
      payload: {},
      status: "PROCESSING",
    }),
  );
  const place = { clusterId: cluster.id, namespace: namespace.name };
  const vm = await aVm({ ...place, id, ticketId, status: "CREATING", activeEventId: eventId, ...over });
  const seen: VmObservation = {
    ...place,
    kind: "vm",
    name: vm.name,
    uid: "uid-1",
    resourceVersion: "1",
    deleted: false,
    terminating: false,
    printableStatus: "Running",
    conditions: [],
    ticketId,
  };
  return { id, eventId, seen };
}

const readVm = (id: string) => db().vm.findUniqueOrThrow({ where: { id } });
const eventStatus = async (id: string) =>
  (await db().domainEvent.findUniqueOrThrow({ where: { id } })).status;

test("a machine that is seen running has been created, and that is recorded once however often it is said", async () => {
  const { id, eventId, seen } = await aCreation();
  await Promise.all(Array.from({ length: 10 }, () => observeVms([seen])));
  expect(await readVm(id)).toMatchObject({ status: "RUNNING", k8sUid: "uid-1", activeEventId: null });
  expect(await eventStatus(eventId)).toBe("COMPLETED");
  expect(await db().auditLog.count({ where: { action: "vm.create", resourceId: id } })).toBe(1);
});

test("before its own apply, a machine of its name that another ticket made says nothing of it", async () => {
  const { id, eventId, seen } = await aCreation();
  const before = await readVm(id);
  const { ticketId: _ticketId, ...unlabelled } = seen;
  await observeVms([{ ...seen, ticketId: "another" }]);
  await observeVms([unlabelled]);
  await observeVms([{ ...seen, ticketId: "another", deleted: true }]);
  expect(await readVm(id)).toEqual(before);
  expect(await eventStatus(eventId)).toBe("PROCESSING");
});

test("after its apply, only the object that was made then speaks for it", async () => {
  const { id, seen } = await aCreation({ k8sUid: "uid-1" });
  await observeVms([{ ...seen, uid: "uid-2" }]);
  expect((await readVm(id)).status).toBe("CREATING");
  await observeVms([seen]);
  expect((await readVm(id)).status).toBe("RUNNING");
});

test("a report that changes nothing writes nothing", async () => {
  const { id, seen } = await aCreation();
  await observeVms([seen]);
  const before = await readVm(id);
  await observeVms([{ ...seen, resourceVersion: "2" }]);
  expect(await readVm(id)).toEqual(before);
});

test("a report that a newer one has overtaken says nothing, until the moment is over", async () => {
  const { id, seen } = await aCreation({ k8sUid: "uid-1" });
  await observeVms([seen]);
  await observeVms([{ ...seen, printableStatus: "Stopped", resourceVersion: "20" }]);
  await observeVms([{ ...seen, printableStatus: "Stopping", resourceVersion: "9" }]);
  await observeVms([{ ...seen, printableStatus: "Running", resourceVersion: "8" }]);
  expect(await readVm(id)).toMatchObject({ status: "STOPPED", lastK8sRv: "20" });
  // A cluster restored from a copy counts from an earlier version.
  await db().$executeRaw`UPDATE vms SET observed_at = now() - interval '11 seconds' WHERE id = ${id}`;
  await observeVms([{ ...seen, printableStatus: "Running", resourceVersion: "9" }]);
  expect(await readVm(id)).toMatchObject({ status: "RUNNING", lastK8sRv: "9" });
});

test("a complete list without a machine that was there has lost it; one without most of them is not believed", async () => {
  const { id, seen } = await aCreation({ k8sUid: "uid-1", status: "RUNNING" });
  const { clusterId, namespace } = seen;
  const others = await Promise.all(
    [1, 2].map(() => aVm({ clusterId, namespace, status: "RUNNING", k8sUid: newId() })),
  );
  const keys = others.map(({ name }) => `${namespace}/${name}`);

  expect(await observeComplete({ clusterId, kind: "vm", keys: [] })).toEqual({
    known: 3,
    missing: 3,
    halted: true,
  });
  expect((await readVm(id)).status).toBe("RUNNING");
  expect(await observeComplete({ clusterId, kind: "vm", keys })).toEqual({
    known: 3,
    missing: 1,
    halted: false,
  });
  expect((await readVm(id)).status).toBe("NOT_FOUND");
});

/** Running machines of one cluster, and what it says of each. */
async function someRunning(count: number) {
  const [cluster, namespace] = [await aCluster(), await aNamespace()];
  const place = { clusterId: cluster.id, namespace: namespace.name };
  const vms = await Promise.all(
    Array.from({ length: count }, () =>
      aVm({ ...place, status: "RUNNING", clusterStatus: "Running", k8sUid: newId() }),
    ),
  );
  const instanceOf = (name: string, ip: string): VmObservation => ({
    ...place,
    kind: "vmi",
    name,
    uid: `instance-${name}`,
    resourceVersion: "1",
    deleted: false,
    terminating: false,
    phase: "Running",
    ip,
    conditions: [],
  });
  return { place, vms, instanceOf };
}

test("the news of many machines is one write, and each row gets its own", async () => {
  const { vms, instanceOf } = await someRunning(20);
  await observeVms(vms.map(({ name }, index) => instanceOf(name, `10.0.0.${index}`)));
  const rows = await db().$queryRaw<{ id: string; ip: string; version: string; status: string }[]>`
    SELECT id, ip, xmin::text AS version, status FROM vms WHERE id = ANY(${vms.map(({ id }) => id)})`;
  expect(new Set(rows.map(({ version }) => version)).size, "all rows were written by one transaction").toBe(
    1,
  );
  for (const [index, { id }] of vms.entries())
    expect(rows.find((row) => row.id === id)).toMatchObject({ ip: `10.0.0.${index}`, status: "RUNNING" });
});

test("a row that somebody else has written or holds is left to its own transaction, and nothing of it is lost", async () => {
  const { vms, instanceOf } = await someRunning(2);
  const seen = vms.map(({ name }) => instanceOf(name, "10.0.0.9"));
  const read = await readObserved(db(), seen);
  const rows = seen.flatMap((one) => {
    const vm = read.get(keyOf(one));
    return vm === undefined ? [] : [{ vm, change: judgeObservations(vm, [one]) }];
  });
  await db().vm.update({
    where: { id: vms[0]?.id ?? "" },
    data: { restartRequired: true },
    select: { id: true },
  });
  expect(await recordObserved(rows)).toEqual(new Set([vms[1]?.id]));

  const { promise: held, resolve: holds } = Promise.withResolvers<void>();
  const { promise: free, resolve: release } = Promise.withResolvers<void>();
  const other = inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM vms WHERE id = ${vms[0]?.id} FOR UPDATE`;
    holds();
    await free;
    await tx.vm.update({
      where: { id: vms[0]?.id ?? "" },
      data: { statusMessage: "asked" },
      select: { id: true },
    });
  });
  await held;
  const observed = observeVms(seen.map((one) => ({ ...one, ip: "10.0.0.10" })));
  await expect.poll(async () => (await readVm(vms[1]?.id ?? "")).ip).toBe("10.0.0.10");
  expect((await readVm(vms[0]?.id ?? "")).ip, "it waits for whoever holds the row").toBeNull();
  release();
  await Promise.all([other, observed]);
  expect(await readVm(vms[0]?.id ?? "")).toMatchObject({
    ip: "10.0.0.10",
    restartRequired: true,
    statusMessage: "asked",
  });
});

test("batches and requests on the same machines at the same time do not block each other for ever", async () => {
  const { vms, instanceOf } = await someRunning(10);
  const ids = vms.map(({ id }) => id);
  const request = (order: string[]) =>
    inTransaction(async (tx) => {
      for (const id of order) await tx.$executeRaw`UPDATE vms SET status_message = 'asked' WHERE id = ${id}`;
    });
  const rounds = Array.from({ length: 10 }, (_, round) => [
    observeVms(vms.map(({ name }) => instanceOf(name, `10.0.1.${round}`))),
    observeVms(vms.toReversed().map(({ name }) => instanceOf(name, `10.0.2.${round}`))),
    request(ids),
  ]);
  await Promise.all(rounds.flat());
  await observeVms(vms.map(({ name }) => instanceOf(name, "10.0.3.1")));
  const rows = await db().vm.findMany({
    where: { id: { in: ids } },
    select: { ip: true, statusMessage: true },
  });
  expect(rows).toEqual(ids.map(() => ({ ip: "10.0.3.1", statusMessage: "asked" })));
});

test("a machine that ran and stopped within one batch has been created, and is stopped", async () => {
  const { id, eventId, seen } = await aCreation();
  await observeVms([seen, { ...seen, printableStatus: "Stopped", resourceVersion: "2" }]);
  expect(await readVm(id)).toMatchObject({ status: "STOPPED", activeEventId: null });
  expect(await eventStatus(eventId)).toBe("COMPLETED");
  expect(await db().auditLog.count({ where: { action: "vm.create", resourceId: id } })).toBe(1);
});

test("how full the volume is shows beside the machine until it is full or gone, and moves nothing", async () => {
  const { id, seen } = await aCreation({ k8sUid: "uid-1" });
  const { printableStatus: _status, ticketId: _ticket, ...told } = seen;
  const volume: VmObservation = { ...told, kind: "dv", uid: "volume" };
  const progress = async () => (await readVm(id)).importProgress;
  await observeVms([{ ...volume, importProgress: "12.50%" }]);
  await observeVms([{ ...volume, importProgress: "37.50%" }]);
  expect(await readVm(id)).toMatchObject({ status: "CREATING", importProgress: "37.50%" });
  await observeVms([volume]);
  expect(await progress()).toBeNull();

  await observeVms([{ ...volume, importProgress: "50.00%" }]);
  const { clusterId, namespace, name } = seen;
  await observeComplete({ clusterId, kind: "dv", keys: [`${namespace}/${name}`] });
  expect(await progress()).toBe("50.00%");
  expect(await observeComplete({ clusterId, kind: "dv", keys: [] })).toMatchObject({
    missing: 1,
    halted: false,
  });
  expect(await progress()).toBeNull();
});

test("a volume's trouble is forgotten when a complete list has none of its machine, and kept while it has", async () => {
  const { id, seen } = await aCreation({ k8sUid: "uid-1" });
  const { printableStatus: _status, ...said } = seen;
  const volumeTrouble = { phase: "ImportInProgress", reason: "Error", message: "404 Not Found" };
  await observeVms([{ ...said, kind: "dv", volumeName: "root", volumeTrouble }]);
  const symptomsOf = async () => (await readVm(id)).symptoms;
  const list = { clusterId: seen.clusterId, kind: "dv" as const };
  await observeComplete({ ...list, keys: [`${seen.namespace}/${seen.name}`] });
  expect(await symptomsOf()).toEqual({ volumes: { root: volumeTrouble } });
  await observeComplete({ ...list, keys: [] });
  expect(await symptomsOf()).toBeNull();
});
