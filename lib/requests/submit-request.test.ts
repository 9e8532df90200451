import { describe, expect, test } from "vitest";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { aService } from "@/e2e/factories/service";
import { aSize, aTemplate } from "@/e2e/factories/catalogue";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { cancelRequest } from "./cancel-request";
import { rejectRequest } from "./reject-request";
import { approveRequest } from "./approve-request";
import { requestVm } from "./request-vm";

const developer = "role-development-engineer";
const approver = "role-approval-admin";

/** A role with this permission alone. */
async function aRole(permission: string): Promise<string> {
  const id = newId();
  await db().role.create({
    data: { id, name: `role-${id}`, displayName: permission, permissions: { create: { permission } } },
    select: { id: true },
  });
  return id;
}

async function refusalOf(attempt: Promise<unknown>) {
  const error = await attempt.then(() => null).catch((refused: unknown) => refused);
  if (!(error instanceof AppError)) throw new Error("this was not refused");
  return { code: error.code, params: error.params };
}

async function countRows() {
  const [tickets, events, audits] = await Promise.all([
    db().approvalTicket.count(),
    db().domainEvent.count(),
    db().auditLog.count(),
  ]);
  return { tickets, events, audits };
}

describe("asking for a virtual machine", () => {
  test("a request waits with its event, its record and a notice for each approver, and no job", async () => {
    const requester = await aPerson(developer);
    const decider = await aPerson(approver);
    const wish = await aVmWish(requester);

    const submitted = await requestVm(requester, wish);

    const ticket = await db().approvalTicket.findUniqueOrThrow({ where: { id: submitted.ticketId } });
    const event = await db().domainEvent.findUniqueOrThrow({ where: { id: submitted.eventId } });
    expect(submitted.status).toBe("PENDING_APPROVAL");
    expect(ticket).toMatchObject({ status: "PENDING", requesterId: requester.actor.id, environment: "test" });
    expect(event).toMatchObject({ status: "PENDING", eventType: "VM_CREATION_REQUESTED", dueAt: null });
    expect(await db().auditLog.count({ where: { action: "vm.request", resourceId: ticket.id } })).toBe(1);
    const notices = await db().notification.findMany({ where: { relatedTicketId: ticket.id } });
    expect(notices.map(({ recipientId }) => recipientId)).toContain(decider.actor.id);
    const jobs = await db().$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE data ->> 'eventId' = ${submitted.eventId}`;
    expect(jobs).toHaveLength(0);
  });

  test("a second request for the same thing is refused and names the first", async () => {
    const requester = await aPerson(developer);
    const wish = await aVmWish(requester);
    const first = await requestVm(requester, wish);
    const before = await countRows();

    await expect(requestVm(requester, wish)).rejects.toMatchObject({
      code: "DUPLICATE_PENDING_REQUEST",
      params: { existingTicketId: first.ticketId },
    });
    expect(await countRows()).toEqual(before);
  });

  test("ten requests for the same thing at once make one", async () => {
    const requester = await aPerson(developer);
    const wish = await aVmWish(requester);

    const results = await Promise.allSettled(Array.from({ length: 10 }, () => requestVm(requester, wish)));

    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db().approvalTicket.count({ where: { requesterId: requester.actor.id } })).toBe(1);
  });

  test("a stranger to the system learns nothing of it and nothing is written", async () => {
    const owner = await aPerson(developer);
    const stranger = await aPerson(developer);
    const wish = await aVmWish(owner);
    const before = await countRows();

    await expect(requestVm(stranger, wish)).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND" });
    expect(await countRows()).toEqual(before);
  });

  test("a member whose roles do not reach the environment is refused with what is missing", async () => {
    const requester = await aPerson(developer, { environments: ["test"] });
    const namespace = await aNamespace({ environment: "prod" });
    const wish = await aVmWish(requester, { namespace: namespace.name });

    await expect(requestVm(requester, wish)).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
      params: { permission: "vm:create", environment: "prod" },
    });
  });

  test.for([
    [
      "a draft or deprecated template",
      async () => ({ templateId: (await deprecated()).id }),
      "INVALID_STATE",
    ],
    [
      "a size of another scope",
      async () => ({ instanceSizeId: (await aSize({ catalogScope: "prod" })).id }),
      "CATALOG_SCOPE_MISMATCH",
    ],
    ["a disk above the size's range", async () => ({ targetDiskGb: 101 }), "VALIDATION_FAILED"],
    ["more cores than the size", async () => ({ targetCpuCores: 2 }), "VALIDATION_FAILED"],
    ["a namespace that does not exist", async () => ({ namespace: "nowhere" }), "VALIDATION_FAILED"],
    ["a template that does not exist", async () => ({ templateId: "nothing" }), "RESOURCE_NOT_FOUND"],
  ] as const)("%s is refused and nothing is written", async ([, change, code]) => {
    const requester = await aPerson(developer);
    const wish = { ...(await aVmWish(requester)), ...(await change()) };
    const before = await countRows();

    await expect(requestVm(requester, wish)).rejects.toMatchObject({ code });
    expect(await countRows()).toEqual(before);
  });

  async function deprecated() {
    const template = await aTemplate();
    return db().template.update({
      where: { id: template.id },
      data: { status: "deprecated" },
      select: { id: true },
    });
  }
});

describe("deciding", () => {
  test("nobody decides their own request, whatever else they are", async () => {
    const requester = await aPerson("role-platform-admin", { environments: ["test"] });
    const service = await aService(requester);
    const { ticketId } = await requestVm(requester, await aVmWish(requester, { serviceId: service.id }));

    await expect(approveRequest(requester, { ticketId })).rejects.toMatchObject({
      code: "SELF_APPROVAL_FORBIDDEN",
    });
    await expect(rejectRequest(requester, { ticketId, reason: "no" })).rejects.toMatchObject({
      code: "SELF_APPROVAL_FORBIDDEN",
    });
    expect(await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } })).toMatchObject({
      status: "PENDING",
    });
  });

  test("who may only watch is told what is missing, and to everybody else there is no such request", async () => {
    const requester = await aPerson(developer);
    const colleague = await aPerson(developer);
    const watcher = await aPerson(await aRole("ticket:view"));
    const { ticketId } = await requestVm(requester, await aVmWish(requester));

    await expect(rejectRequest(watcher, { ticketId, reason: "no" })).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
      params: { permission: "builtin_approval:approve" },
    });
    for (const decide of [rejectRequest, approveRequest]) {
      const unseen = await refusalOf(decide(colleague, { ticketId, reason: "no" }));
      const unknown = await refusalOf(decide(colleague, { ticketId: "no-such-ticket", reason: "no" }));
      expect(unseen).toEqual({ code: "RESOURCE_NOT_FOUND", params: { resource: "ticket" } });
      expect(unseen).toEqual(unknown);
    }
  });

  test("an approval for production wants a second factor proved a moment ago, a rejection does not", async () => {
    const requester = await aPerson(developer, { environments: ["prod"] });
    const decider = await aPerson(approver, { environments: ["prod"] });
    const namespace = await aNamespace({ environment: "prod" });
    const wish = await aVmWish(requester, { namespace: namespace.name });
    const { ticketId } = await requestVm(requester, wish);
    const longAgo = new Date(decider.now.getTime() - 11 * 60_000);

    for (const mfaAt of [null, longAgo]) {
      const stale = { ...decider, actor: { ...decider.actor, mfaAt } };
      await expect(approveRequest(stale, { ticketId })).rejects.toMatchObject({
        code: "MFA_REQUIRED",
        params: { purpose: "approve_in_production" },
      });
    }
    // With the factor it gets as far as the clusters, of which there are none.
    await expect(approveRequest(decider, { ticketId })).rejects.toMatchObject({
      code: "NO_CANDIDATE_CLUSTER",
    });
    const stale = { ...decider, actor: { ...decider.actor, mfaAt: null } };
    await rejectRequest(stale, { ticketId, reason: "no" });
    expect(await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } })).toMatchObject({
      status: "REJECTED",
    });
  });

  test("a rejection keeps its reason, cancels the event, and tells the requester", async () => {
    const requester = await aPerson(developer);
    const decider = await aPerson(approver);
    const { ticketId, eventId } = await requestVm(requester, await aVmWish(requester));

    await rejectRequest(decider, { ticketId, reason: "Use the shared cache" });

    expect(await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } })).toMatchObject({
      status: "REJECTED",
      rejectReason: "Use the shared cache",
      approverId: decider.actor.id,
    });
    expect(await db().domainEvent.findUniqueOrThrow({ where: { id: eventId } })).toMatchObject({
      status: "CANCELLED",
    });
    expect(await db().auditLog.count({ where: { action: "approval.reject", resourceId: ticketId } })).toBe(1);
    expect(
      await db().notification.count({
        where: { recipientId: requester.actor.id, type: "APPROVAL_REJECTED" },
      }),
    ).toBe(1);
  });

  test("two rejections at once make one", async () => {
    const requester = await aPerson(developer);
    const deciders = await Promise.all(Array.from({ length: 8 }, () => aPerson(approver)));
    const { ticketId } = await requestVm(requester, await aVmWish(requester));

    const results = await Promise.allSettled(
      deciders.map((decider) => rejectRequest(decider, { ticketId, reason: "no" })),
    );

    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db().auditLog.count({ where: { action: "approval.reject", resourceId: ticketId } })).toBe(1);
  });

  test("a stale version is a conflict", async () => {
    const requester = await aPerson(developer);
    const decider = await aPerson(approver);
    const { ticketId } = await requestVm(requester, await aVmWish(requester));

    await expect(rejectRequest(decider, { ticketId, reason: "no", version: 7 })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });

  test("without a cluster that fits, an approval is refused and only its refusal is on record", async () => {
    const requester = await aPerson(developer);
    const decider = await aPerson(approver);
    const { ticketId } = await requestVm(requester, await aVmWish(requester));
    const before = await countRows();

    await expect(approveRequest(decider, { ticketId })).rejects.toMatchObject({
      code: "NO_CANDIDATE_CLUSTER",
    });
    expect(await countRows()).toEqual({ ...before, audits: before.audits + 1 });
    const refusal = await db().auditLog.findFirstOrThrow({
      where: { resourceId: ticketId, outcome: "failure" },
    });
    expect(refusal).toMatchObject({
      action: "approval.validation_failed",
      details: { code: "NO_CANDIDATE_CLUSTER" },
    });
    expect(await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } })).toMatchObject({
      status: "PENDING",
    });
  });
});

describe("withdrawing", () => {
  test("only whoever asked may withdraw, and only while nobody has decided", async () => {
    const requester = await aPerson(developer);
    const decider = await aPerson(approver);
    const { ticketId } = await requestVm(requester, await aVmWish(requester));

    await expect(cancelRequest(decider, { ticketId, reason: "" })).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
    });
    await cancelRequest(requester, { ticketId, reason: "found another way" });
    await expect(cancelRequest(requester, { ticketId, reason: "" })).rejects.toMatchObject({
      code: "INVALID_STATE",
    });
    await expect(rejectRequest(decider, { ticketId, reason: "no" })).rejects.toMatchObject({
      code: "INVALID_STATE",
    });
  });
});
