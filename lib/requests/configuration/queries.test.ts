import pg from "pg";
import { expect, test, vi } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { aVm } from "@/e2e/factories/vm";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { readHardware } from "@/lib/vms/hardware/queries";
import { readConfiguration } from "./queries";

const developer = "role-development-engineer";

async function aMachineOf(owner: Context) {
  const [service, cluster, namespace] = [await aService(owner), await aCluster(), await aNamespace()];
  return aVm({ clusterId: cluster.id, namespace: namespace.name, serviceId: service.id, status: "RUNNING" });
}

async function aChange(vmId: string, { status, memoryGi }: { status: string; memoryGi: number }) {
  const [id, eventId] = [newId(), newId()];
  const payload = { wish: { memory: { gi: memoryGi, requestGi: null }, paths: [] } };
  await db().domainEvent.create({
    data: {
      ...{ id: eventId, eventType: "VM_MODIFICATION_REQUESTED", aggregateType: "vm", aggregateId: vmId },
      ...{ payload, requestedBy: "test", requestId: newId() },
    },
    select: { id: true },
  });
  await db().approvalTicket.create({
    data: {
      ...{ id, eventId, operationType: "MODIFY", operation: "MODIFY_VM", status, requesterId: "test" },
      ...{ requesterName: "Ada", reason: "", resourceType: "vm", resourceId: vmId, duplicateKey: id },
      ...{ systemId: newId(), systemName: "s", serviceId: newId(), serviceName: "web" },
      ...{ namespace: "ns", environment: "test" },
    },
    select: { id: true },
  });
  return id;
}

async function countStatements(work: () => Promise<unknown>): Promise<number> {
  const sent = vi.spyOn(pg.Client.prototype, "query");
  await work();
  const count = sent.mock.calls.length;
  sent.mockRestore();
  return count;
}

test("refused and withdrawn changes are no part of it, and the newest that waits stands beside its setting", async () => {
  const owner = await aPerson(developer);
  const { id } = await aMachineOf(owner);
  await aChange(id, { status: "REJECTED", memoryGi: 32 });
  await aChange(id, { status: "SUCCESS", memoryGi: 2 });
  const ticketId = await aChange(id, { status: "PENDING", memoryGi: 8 });

  const { rows } = await readConfiguration(owner, id);
  expect(rows.find(({ path }) => path === "memoryGi")).toMatchObject({
    ...{ asked: 2, isAsked: true, approved: 1, isRead: false },
    pending: { value: 8, ticketId, state: "waiting" },
  });
});

test("however many changes there were, it takes as many statements", async () => {
  const owner = await aPerson(developer);
  const { id } = await aMachineOf(owner);
  await readConfiguration(owner, id);
  const before = await countStatements(() => readConfiguration(owner, id));
  for (let index = 0; index < 8; index += 1) await aChange(id, { status: "SUCCESS", memoryGi: index + 1 });
  expect(await countStatements(() => readConfiguration(owner, id))).toBe(before);
});

test("disks and interfaces are one statement", async () => {
  const owner = await aPerson(developer);
  const { id } = await aMachineOf(owner);
  expect(await countStatements(() => readHardware(owner, id))).toBe(1);
});

test("a stranger finds no machine", async () => {
  const owner = await aPerson(developer);
  const stranger = await aPerson(developer);
  const { id } = await aMachineOf(owner);
  await expect(readConfiguration(stranger, id)).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
});
