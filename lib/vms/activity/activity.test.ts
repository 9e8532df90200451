import { expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aVm } from "@/e2e/factories/vm";
import { recordAudit } from "@/lib/core/audit";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { listVmActivity } from "./queries";

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

async function aMachine() {
  const [cluster, namespace] = [await aCluster(), await aNamespace()];
  return aVm({ clusterId: cluster.id, namespace: namespace.name, status: "STOPPED" });
}

async function aRequest(vmId: string, over: { operation: string; status: string; createdAt: Date }) {
  const [id, eventId] = [newId(), newId()];
  const errorMessage = over.status === "FAILED" ? "CLUSTER_REJECTED: no" : null;
  await db().domainEvent.create({
    data: {
      ...{
        id: eventId,
        eventType: "VM_START_REQUESTED",
        aggregateType: "vm",
        aggregateId: vmId,
        payload: {},
      },
      ...{ requestedBy: "test", requestId: newId(), errorMessage },
    },
    select: { id: true },
  });
  await db().approvalTicket.create({
    data: {
      ...{ id, eventId, operationType: "POWER", requesterId: "test", requesterName: "Ada", reason: "" },
      ...{ resourceType: "vm", resourceId: vmId, duplicateKey: id, systemId: newId(), systemName: "s" },
      ...{ serviceId: newId(), serviceName: "web", namespace: "n", environment: "test" },
      ...over,
    },
    select: { id: true },
  });
  return id;
}

async function aSession(vmId: string, usedAt: Date | null, createdAt: Date) {
  await db().vncAccessToken.create({
    data: {
      ...{
        id: newId(),
        jti: newId(),
        vmId,
        userId: "test",
        sessionId: "s",
        userHash: "h",
        expiresAt: new Date(),
      },
      ...{ usedAt, createdAt },
    },
    select: { id: true },
  });
}

async function aRevision(vmId: string, ticketId: string | null) {
  const revision = 1 + (await db().vmRevision.count({ where: { vmId } }));
  await db().vmRevision.create({
    data: {
      ...{ id: newId(), vmId, revision, kind: "accepted", specSnapshot: Buffer.from(""), ticketId },
      ...{ changeReason: "by hand", actorId: "test", actorName: "Bob", createdAt: minutesAgo(2) },
    },
    select: { id: true },
  });
}

test("requests, sessions, revisions and records are one list by time, and pages meet without a gap", async () => {
  const [ctx, vm, other] = [await anAdministrator(), await aMachine(), await aMachine()];
  const failed = await aRequest(vm.id, { operation: "START_VM", status: "FAILED", createdAt: minutesAgo(4) });
  await aRequest(vm.id, { operation: "STOP_VM", status: "SUCCESS", createdAt: minutesAgo(5) });
  await aRequest(other.id, { operation: "STOP_VM", status: "SUCCESS", createdAt: minutesAgo(3) });
  await aSession(vm.id, minutesAgo(3), minutesAgo(3));
  await aSession(vm.id, null, minutesAgo(3));
  await aRevision(vm.id, null);
  await aRevision(vm.id, failed);
  await inTransaction((tx) =>
    recordAudit(tx, ctx, { action: "vm.protect", resource: { type: "vm", id: vm.id, name: vm.name } }),
  );

  const all = await listVmActivity(ctx, { vmId: vm.id, perPage: 20 });
  expect(all.items.map(({ kind, action }) => `${kind} ${action}`)).toEqual([
    "record vm.protect",
    "revision accepted",
    "console vnc",
    "request START_VM",
    "request STOP_VM",
  ]);
  expect(all.items[3]).toMatchObject({
    ...{ outcome: "FAILED", actorName: "Ada", message: "CLUSTER_REJECTED: no", ticketId: failed },
  });
  expect(all.nextCursor).toBeNull();

  const walked: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listVmActivity(ctx, { vmId: vm.id, perPage: 2, ...(cursor && { cursor }) });
    walked.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(walked).toEqual(all.items.map(({ id }) => id));
});

test("one kind can be had alone", async () => {
  const [ctx, vm] = [await anAdministrator(), await aMachine()];
  await aRequest(vm.id, { operation: "START_VM", status: "SUCCESS", createdAt: minutesAgo(1) });
  await aSession(vm.id, minutesAgo(3), minutesAgo(3));
  const kindsOf = async (kind: "request" | "console" | "revision" | "record") =>
    (await listVmActivity(ctx, { vmId: vm.id, perPage: 20, kind })).items.map((entry) => entry.kind);
  expect(await kindsOf("console")).toEqual(["console"]);
  expect(await kindsOf("request")).toEqual(["request"]);
  expect(await kindsOf("record")).toEqual([]);
  expect(await kindsOf("revision")).toEqual([]);
});

test("who may not see the machine sees nothing of what was done to it", async () => {
  const vm = await aMachine();
  const stranger = await aPerson("role-development-engineer");
  await expect(listVmActivity(stranger, { vmId: vm.id, perPage: 20 })).rejects.toMatchObject({
    code: "VM_NOT_FOUND",
  });
});
