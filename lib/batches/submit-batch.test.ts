import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { closeJobs } from "@/lib/core/jobs";
import { rejectRequest } from "@/lib/requests/reject-request";
import { requestVm } from "@/lib/requests/request-vm";
import { cancelBatch } from "./cancel-batch";
import { grantExemption } from "./limits/grant-exemption";
import { setOverride } from "./limits/set-override";
import { readBatch, listBatches } from "./queries";
import type { SubmitBatch } from "./schema";
import { submitBatch } from "./submit-batch";

const developer = "role-development-engineer";
afterAll(closeJobs);
beforeEach(async () => {
  await db().$executeRaw`DELETE FROM batch_approval_tickets`;
  await db().platformSetting.deleteMany({ where: { key: { startsWith: "batch." } } });
});

type Item = Extract<SubmitBatch, { operation: "CREATE" }>["items"][number];

async function anItem(requester: Context): Promise<Item> {
  const { reason: _reason, ...item } = await aVmWish(requester);
  return item;
}

const creations = (items: Item[], requestId?: string): SubmitBatch => ({
  operation: "CREATE",
  reason: "Ten caches",
  requestId,
  items,
});

async function countRows() {
  const [batches, tickets, events, audits] = await Promise.all([
    db().batchApprovalTicket.count(),
    db().approvalTicket.count(),
    db().domainEvent.count(),
    db().auditLog.count(),
  ]);
  return { batches, tickets, events, audits };
}

const set = (key: string, value: number) =>
  db().platformSetting.upsert({
    where: { key },
    create: { key, value, updatedBy: "test" },
    update: { value },
    select: { key: true },
  });

describe("asking for many", () => {
  test("ten new machines alike are one batch with ten waiting requests, in order", async () => {
    const requester = await aPerson(developer);
    const item = await anItem(requester);
    const answer = await submitBatch(requester, creations(Array.from({ length: 10 }, () => item)));
    expect(answer).toMatchObject({ status: "PENDING_APPROVAL", retryAfterSeconds: 2 });
    expect(answer.statusUrl).toBe(`/api/v1/vms/batch/${answer.batchId}`);
    const batch = await readBatch(requester, answer.batchId);
    expect(batch).toMatchObject({
      childCount: 10,
      pendingCount: 10,
      successCount: 0,
      canCancel: true,
      canRetry: false,
    });
    expect(batch.children.map(({ sequenceNo }) => sequenceNo)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(new Set(batch.children.map(({ eventId }) => eventId)).size).toBe(10);
  });

  test("an eleventh is refused and nothing is written", async () => {
    const requester = await aPerson(developer);
    const item = await anItem(requester);
    const before = await countRows();
    await expect(
      submitBatch(requester, creations(Array.from({ length: 11 }, () => item))),
    ).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
      fields: [{ field: "items", code: "too_many", params: { maximum: 10 } }],
    });
    expect(await countRows()).toEqual(before);
  });

  test("one bad item among ten undoes all of them and says which it is", async () => {
    const requester = await aPerson(developer);
    const item = await anItem(requester);
    const items = Array.from({ length: 10 }, (_, at) =>
      at === 6 ? { ...item, namespace: "nowhere" } : item,
    );
    const before = await countRows();
    await expect(submitBatch(requester, creations(items))).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
      params: { item: 7 },
      fields: [{ field: "items.6.namespace" }],
    });
    expect(await countRows()).toEqual(before);
  });

  test("fifty with one name at once make one batch, and all learn the same", async () => {
    const requester = await aPerson(developer);
    const item = await anItem(requester);
    const batch = creations([item, item], newId());
    const answers = await Promise.all(Array.from({ length: 50 }, () => submitBatch(requester, batch)));
    expect(new Set(answers.map(({ batchId }) => batchId)).size).toBe(1);
    expect(await db().batchApprovalTicket.count()).toBe(1);
    expect(await db().approvalTicket.count({ where: { requesterId: requester.actor.id } })).toBe(2);
  });

  test("the same name with another wish is refused; somebody else's name is their own", async () => {
    const requester = await aPerson(developer);
    const other = await aPerson(developer);
    const requestId = newId();
    const item = await anItem(requester);
    await submitBatch(requester, creations([item], requestId));
    await expect(submitBatch(requester, creations([item, item], requestId))).rejects.toMatchObject({
      code: "IDEMPOTENCY_MISMATCH",
    });
    await submitBatch(other, creations([await anItem(other)], requestId));
    expect(await db().batchApprovalTicket.count()).toBe(2);
  });

  test("a stranger sees neither the batch nor that there is one", async () => {
    const requester = await aPerson(developer);
    const stranger = await aPerson(developer);
    const { batchId } = await submitBatch(requester, creations([await anItem(requester)]));
    await expect(readBatch(stranger, batchId)).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND" });
    expect((await listBatches(stranger, { perPage: 20 })).items).toEqual([]);
    expect((await listBatches(await anAdministrator(), { perPage: 20 })).items).toHaveLength(1);
  });
});

describe("operations on many machines", () => {
  async function someVms(requester: Context & { actor: { id: string } }, count: number, status: string) {
    const wish = await aVmWish(requester);
    const { id: clusterId } = await aCluster();
    const ids = Array.from({ length: count }, newId);
    await db().vm.createMany({
      data: ids.map((id) => ({
        ...{ id, name: `vm-${id.slice(-8)}`, hostname: `vm-${id.slice(-8)}`, serviceId: wish.serviceId },
        ...{ namespace: wish.namespace, clusterId, instance: "01", status, ticketId: newId() },
        ...{ cpuCores: 1, memoryGi: 1, diskGb: 10, templateId: "t", templateVersion: 1, instanceSizeId: "s" },
        ...{ blueprint: {}, createdBy: requester.actor.id },
      })),
    });
    return ids;
  }

  test("fifty starts follow their rule item by item: in test nobody is asked, and each has its own job", async () => {
    const requester = await aPerson(developer);
    const vms = await someVms(requester, 50, "STOPPED");
    const answer = await submitBatch(requester, {
      operation: "POWER",
      reason: "Morning",
      items: vms.map((vmId) => ({ vmId, operation: "START_VM" as const })),
    });
    expect(answer.status).toBe("IN_PROGRESS");
    const children = await db().approvalTicket.findMany({ where: { batchId: answer.batchId } });
    expect(children.every(({ status }) => status === "APPROVED")).toBe(true);
    const jobs = await db().$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE name = 'vms.power' AND data ->> 'eventId' = ANY(${children.map(({ eventId }) => eventId)})`;
    expect(jobs).toHaveLength(50);
  });

  test("one machine that runs already undoes the whole batch of starts", async () => {
    const requester = await aPerson(developer);
    const vms = [...(await someVms(requester, 2, "STOPPED")), ...(await someVms(requester, 1, "RUNNING"))];
    const before = await countRows();
    const items = vms.map((vmId) => ({ vmId, operation: "START_VM" as const }));
    await expect(submitBatch(requester, { operation: "POWER", reason: "", items })).rejects.toThrow();
    expect(await countRows()).toEqual(before);
    const states = await db().vm.findMany({ where: { id: { in: vms } }, select: { status: true } });
    expect(states.map(({ status }) => status).sort()).toEqual(["RUNNING", "STOPPED", "STOPPED"]);
  });
});

describe("limits", () => {
  test("a second batch within the cooldown is refused and says when; with it over it is taken", async () => {
    const requester = await aPerson(developer);
    const item = await anItem(requester);
    await submitBatch(requester, creations([item]));
    await expect(submitBatch(requester, creations([item]))).rejects.toMatchObject({
      code: "RATE_LIMIT_EXCEEDED",
      params: {
        limitType: "user",
        limit: "cooldown",
        retryAfter: expect.toSatisfy((s: number) => s > 100 && s <= 120),
      },
    });
    await db().$executeRaw`UPDATE batch_approval_tickets SET created_at = now() - interval '121 seconds'`;
    await submitBatch(requester, creations([item]));
  });

  test("three open batches are enough for one person", async () => {
    await set("batch.cooldown_seconds", 0);
    const requester = await aPerson(developer);
    const item = await anItem(requester);
    for (let count = 0; count < 3; count += 1) await submitBatch(requester, creations([item]));
    await expect(submitBatch(requester, creations([item]))).rejects.toMatchObject({
      params: { limitType: "user", limit: "open_batches", currentValue: 3, maxValue: 3, contactAdmin: true },
    });
  });

  test("thirty waiting requests are enough, whatever the number of batches, and nothing of the rest is written", async () => {
    await set("batch.cooldown_seconds", 0);
    await set("batch.pending_children_per_user", 15);
    const requester = await aPerson(developer);
    const item = await anItem(requester);
    const ten = creations(Array.from({ length: 10 }, () => item));
    await submitBatch(requester, ten);
    const before = await countRows();
    await expect(submitBatch(requester, ten)).rejects.toMatchObject({
      params: { limit: "waiting_requests", currentValue: 20, maxValue: 15 },
    });
    expect(await countRows()).toEqual(before);
  });

  test("of many people at once no more get through than all together may have open", async () => {
    await set("batch.pending_parents_global", 4);
    const people = await Promise.all(Array.from({ length: 8 }, () => aPerson(developer)));
    const items = await Promise.all(people.map(anItem));
    const results = await Promise.allSettled(
      people.map((person, at) => submitBatch(person, creations(items.slice(at, at + 1)))),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
    expect(await db().batchApprovalTicket.count()).toBe(4);
    const refused = results.find(({ status }) => status === "rejected");
    expect(refused).toMatchObject({
      reason: { code: "RATE_LIMIT_EXCEEDED", params: { limitType: "global" } },
    });
  });

  test("an exemption lifts a person's limits until it runs out, and one's own numbers go before everybody's", async () => {
    const administrator = await anAdministrator();
    const requester = await aPerson(developer);
    const item = await anItem(requester);
    const userId = requester.actor.id;
    await submitBatch(requester, creations([item]));
    await grantExemption(administrator, { userId, reason: "A migration", days: 1 });
    await submitBatch(requester, creations([item]));
    await db().$executeRaw`UPDATE rate_limit_exemptions SET expires_at = now() - interval '1 second'`;
    await expect(submitBatch(requester, creations([item]))).rejects.toMatchObject({
      code: "RATE_LIMIT_EXCEEDED",
    });
    await setOverride(administrator, {
      userId,
      cooldownSeconds: 0,
      maxPendingParents: 4,
      reason: "Their job",
    });
    await submitBatch(requester, creations([item]));
    await submitBatch(requester, creations([item]));
    await expect(submitBatch(requester, creations([item]))).rejects.toMatchObject({
      params: { limit: "open_batches", maxValue: 4 },
    });
  });

  test("only whoever manages the limits changes them", async () => {
    const somebody = await aPerson(developer);
    const input = { userId: somebody.actor.id, reason: "Me", days: 1 };
    await expect(grantExemption(somebody, input)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  });
});

describe("parent and children", () => {
  test("a batch says what its children are, after each change", async () => {
    const requester = await aPerson(developer);
    const decider = await aPerson("role-approval-admin");
    const item = await anItem(requester);
    const { batchId } = await submitBatch(requester, creations([item, item, item]));
    const { children } = await readBatch(requester, batchId);
    await rejectRequest(decider, { ticketId: children[0]?.ticketId ?? "", reason: "Too many" });
    expect(await readBatch(requester, batchId)).toMatchObject({
      status: "IN_PROGRESS",
      failedCount: 1,
      pendingCount: 2,
    });
    const changed = await cancelBatch(requester, { batchId });
    expect(changed.affectedTicketIds).toEqual(children.slice(1).map(({ ticketId }) => ticketId));
    expect(await readBatch(requester, batchId)).toMatchObject({
      status: "FAILED",
      failedCount: 1,
      cancelledCount: 2,
      pendingCount: 0,
    });
    await expect(cancelBatch(requester, { batchId })).rejects.toMatchObject({ code: "INVALID_STATE" });
  });

  test("all withdrawn is a batch withdrawn; nobody else may withdraw it", async () => {
    const requester = await aPerson(developer);
    const item = await anItem(requester);
    const { batchId } = await submitBatch(requester, creations([item, item]));
    await expect(cancelBatch(await anAdministrator(), { batchId })).rejects.toMatchObject({
      code: "RESOURCE_NOT_FOUND",
    });
    await cancelBatch(requester, { batchId });
    expect(await readBatch(requester, batchId)).toMatchObject({ status: "CANCELLED", cancelledCount: 2 });
  });

  test("a single request beside a batch of the same wish is a request of its own", async () => {
    const requester = await aPerson(developer);
    const item = await anItem(requester);
    await submitBatch(requester, creations([item, item]));
    await requestVm(requester, { ...item, reason: "One more" });
    expect(await db().approvalTicket.count({ where: { requesterId: requester.actor.id } })).toBe(3);
  });
});
