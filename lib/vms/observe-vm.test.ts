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
import type { VmObservation } from "./observation";
import { observeComplete, observeVms } from "./observe-vm";

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
