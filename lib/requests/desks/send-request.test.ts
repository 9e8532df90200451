import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aDesk } from "@/e2e/factories/desk";
import { anAskedRemoval, outsideRequestsOf } from "@/e2e/factories/outside-request";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { startDeskLab, type DeskLab } from "@/e2e/lab/approval-desk/server";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { cancelRequest } from "../cancel-request";
import { checkRequest } from "./check-request.handler";
import { enableDesk } from "./enable-desk";
import { sendAgain } from "./send-again";
import { sendAgainHandler } from "./send-again.handler";
import { sendRequest } from "./send-request.handler";
import { takeBackRequest } from "./take-back-request";
import { withdrawRequest } from "./withdraw-request.handler";

let lab: DeskLab;
let administrator: Context;
beforeAll(async () => {
  lab = await startDeskLab();
  administrator = await anAdministrator();
});
afterAll(() => lab.stop());
beforeEach(async () => {
  await db().externalApprovalSystem.updateMany({ data: { enabled: false } });
  for (const kind of ["webhook", "servicenow", "jira"] as const) lab.board.setFaults(kind, {});
});

async function newestRequest(ticketId: string) {
  const [newest] = await outsideRequestsOf(ticketId);
  if (newest === undefined) throw new Error("it was not sent outside");
  return newest;
}

async function makeDue(requestId: string) {
  await db().$executeRaw`
    UPDATE external_approval_requests SET next_attempt_at = now() - interval '1 second', lease_until = now() - interval '1 second',
      next_poll_at = CASE WHEN next_poll_at IS NULL THEN NULL ELSE now() - interval '1 second' END,
      cancel_due_at = CASE WHEN cancel_due_at IS NULL THEN NULL ELSE now() - interval '1 second' END WHERE id = ${requestId}`;
}

const ticketOf = (id: string) => db().approvalTicket.findUniqueOrThrow({ where: { id } });

async function asked() {
  await aPerson("role-approval-admin");
  const removal = await anAskedRemoval();
  return { ...removal, request: await newestRequest(removal.ticketId) };
}

describe("a request that a desk takes", () => {
  test("waits there under the desk's own name for it, and a desk that has it already is not asked twice", async () => {
    await aDesk(administrator, lab, "webhook");
    const { ticketId, request } = await asked();
    expect(await ticketOf(ticketId)).toMatchObject({ status: "PENDING", externalState: "sending" });

    await sendRequest({ requestId: request.id });
    expect(await newestRequest(ticketId)).toMatchObject({ status: "waiting", attempts: 1, nextPollAt: null });
    expect(await ticketOf(ticketId)).toMatchObject({ externalState: "waiting" });

    await sendRequest({ requestId: request.id });
    const [item] = lab.board.items.filter((one) => one.ticketId === ticketId);
    expect(item).toMatchObject({ arrivals: 1, body: { type: "DELETE_VM", environment: "test" } });
    expect(JSON.stringify(item?.body)).not.toContain("cluster");
  });

  test("of the type servicenow or jira is found again after an answer that never came", async () => {
    for (const type of ["servicenow", "jira"] as const) {
      await db().externalApprovalSystem.updateMany({ data: { enabled: false } });
      await aDesk(administrator, lab, type);
      const { ticketId, request } = await asked();
      lab.board.setFaults(type, { swallowAnswers: true });
      await sendRequest({ requestId: request.id });
      expect(await newestRequest(ticketId)).toMatchObject({ status: "sending", attempts: 1 });
      lab.board.setFaults(type, {});
      await makeDue(request.id);
      await sendRequest({ requestId: request.id });
      expect(await newestRequest(ticketId)).toMatchObject({ status: "waiting", attempts: 2 });
      expect(lab.board.items.filter((item) => item.ticketId === ticketId)).toHaveLength(1);
    }
  });

  test("decided there is decided here, by the name of whoever decided", async () => {
    for (const type of ["webhook", "servicenow", "jira"] as const) {
      await db().externalApprovalSystem.updateMany({ data: { enabled: false } });
      const desk = await aDesk(administrator, lab, type, { statusUrl: lab.webhook.statusUrl });
      const { ticketId, request, vmId } = await asked();
      await sendRequest({ requestId: request.id });
      await makeDue(request.id);
      await checkRequest({ requestId: request.id });
      expect(await ticketOf(ticketId)).toMatchObject({ status: "PENDING", externalState: "waiting" });

      await lab.decide(ticketId, { approved: true, approver: "ann" });
      await makeDue(request.id);
      await checkRequest({ requestId: request.id });
      expect(await ticketOf(ticketId)).toMatchObject({
        status: "APPROVED",
        externalState: "decided",
        approverId: null,
        approverName: `ann via ${desk.name}`,
      });
      expect(await newestRequest(ticketId)).toMatchObject({ status: "decided" });
      expect(await db().vm.findUniqueOrThrow({ where: { id: vmId } })).toMatchObject({ status: "DELETING" });
      const open = await db().approvalStep.count({
        where: { ticketId, status: { in: ["WAITING", "ACTIVE"] } },
      });
      expect(open).toBe(0);
    }
  });

  test("rejected there is rejected here with the desk's reason", async () => {
    await aDesk(administrator, lab, "servicenow");
    const { ticketId, request } = await asked();
    await sendRequest({ requestId: request.id });
    await lab.decide(ticketId, { approved: false, approver: "ann", comment: "not now" });
    await makeDue(request.id);
    await checkRequest({ requestId: request.id });
    expect(await ticketOf(ticketId)).toMatchObject({ status: "REJECTED", rejectReason: "not now" });
  });

  test("decided by whoever asked comes back to the built-in queue", async () => {
    await aDesk(administrator, lab, "jira");
    const { ticketId, request, requester } = await asked();
    await sendRequest({ requestId: request.id });
    const approver = requester.actor.kind === "person" ? requester.actor.username.toUpperCase() : "";
    await lab.decide(ticketId, { approved: true, approver });
    await makeDue(request.id);
    await checkRequest({ requestId: request.id });
    expect(await ticketOf(ticketId)).toMatchObject({ status: "PENDING", externalState: "fallback" });
  });
});

describe("a desk that does not answer", () => {
  test("is tried four times, 2, 4 and 8 seconds apart, then the next desk, then people here", async () => {
    const first = await aDesk(administrator, lab, "webhook", { sortOrder: 1 });
    const second = await aDesk(administrator, lab, "servicenow", { sortOrder: 2, retryCount: 0 });
    lab.board.setFaults("webhook", { down: true });
    lab.board.setFaults("servicenow", { status: 500, times: 10 });
    const { ticketId, request } = await asked();
    const delays: number[] = [];
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await makeDue(request.id);
      await sendRequest({ requestId: request.id });
      const [row] = await db().$queryRaw<{ delay: number }[]>`
        SELECT extract(epoch FROM next_attempt_at - now())::float8 AS delay
        FROM external_approval_requests WHERE id = ${request.id} AND next_attempt_at IS NOT NULL`;
      if (row !== undefined) delays.push(Math.round(row.delay));
    }
    expect(delays).toEqual([2, 4, 8]);
    const onward = await newestRequest(ticketId);
    expect(onward).toMatchObject({ status: "sending", externalSystemId: second.id });
    await sendRequest({ requestId: onward.id });
    expect(await ticketOf(ticketId)).toMatchObject({ status: "PENDING", externalState: "fallback" });
    const fallbacks = await db().auditLog.findMany({
      where: { action: "approval.fallback", resourceId: ticketId },
      orderBy: { id: "asc" },
    });
    expect(fallbacks.map(({ details }) => details)).toMatchObject([
      { deskId: first.id, reason: "unreachable", next: second.name },
      { deskId: second.id, reason: "unreachable", next: null },
    ]);
    const notices = await db().notification.count({
      where: { relatedTicketId: ticketId, type: "APPROVAL_PENDING" },
    });
    expect(notices).toBeGreaterThan(1);
  });

  test("or refuses is left at once", async () => {
    await aDesk(administrator, lab, "webhook");
    lab.board.setFaults("webhook", { status: 400, times: 1 });
    const { ticketId, request } = await asked();
    await sendRequest({ requestId: request.id });
    expect(await newestRequest(ticketId)).toMatchObject({ status: "failed", attempts: 1 });
    expect(await ticketOf(ticketId)).toMatchObject({ externalState: "fallback" });
    expect(await db().externalDelivery.findFirstOrThrow({ where: { ticketId } })).toMatchObject({
      kind: "push",
      outcome: "failed",
      statusCode: 400,
    });
  });

  test("and one whose secrets do not open is left too", async () => {
    const desk = await aDesk(administrator, lab, "jira", { retryCount: 0 });
    const other = await aDesk(administrator, lab, "jira", { enabled: false });
    await db().$executeRaw`
      UPDATE external_approval_secrets SET envelope = (
        SELECT o.envelope FROM external_approval_secrets o WHERE o.external_system_id = ${other.id})
      WHERE external_system_id = ${desk.id}`;
    const { ticketId, request } = await asked();
    await sendRequest({ requestId: request.id });
    expect(await ticketOf(ticketId)).toMatchObject({ status: "PENDING", externalState: "fallback" });
    expect(await newestRequest(ticketId)).toMatchObject({ status: "failed", attempts: 1 });
    expect(await db().externalDelivery.findFirst({ where: { ticketId } })).toMatchObject({
      error: "nothing was sent",
    });
  });

  test("is sent to by one worker at a time, and again when that one died with its lease", async () => {
    await aDesk(administrator, lab, "webhook");
    lab.board.setFaults("webhook", { delayMs: 200 });
    const { ticketId, request } = await asked();
    await Promise.all(Array.from({ length: 8 }, () => sendRequest({ requestId: request.id })));
    expect(await newestRequest(ticketId)).toMatchObject({ status: "waiting", attempts: 1 });
    expect(lab.board.items.find((item) => item.ticketId === ticketId)).toMatchObject({ arrivals: 1 });
  });
});

describe("whoever no longer waits for a desk", () => {
  test("by withdrawing the request, tells it so", async () => {
    await aDesk(administrator, lab, "servicenow");
    const { ticketId, request, requester } = await asked();
    await sendRequest({ requestId: request.id });
    await cancelRequest(requester, { ticketId, reason: "" });
    await withdrawRequest({ requestId: request.id });
    expect(await newestRequest(ticketId)).toMatchObject({ status: "withdrawn", cancelDueAt: null });
    expect(lab.board.items.find((item) => item.ticketId === ticketId)).toMatchObject({ state: "cancelled" });
  });

  test("by taking it back or switching the desk off, decides it here", async () => {
    const desk = await aDesk(administrator, lab, "jira");
    const first = await asked();
    const second = await asked();
    await sendRequest({ requestId: first.request.id });
    const stranger = await aPerson("role-approval-admin");
    await expect(takeBackRequest(stranger, { ticketId: first.ticketId, reason: "" })).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
    });
    await takeBackRequest(administrator, { ticketId: first.ticketId, reason: "they are on holiday" });
    await withdrawRequest({ requestId: first.request.id });
    expect(lab.board.items.find((item) => item.ticketId === first.ticketId)).toMatchObject({
      state: "cancelled",
    });
    await enableDesk(administrator, { deskId: desk.id, enabled: false });
    for (const { ticketId } of [first, second])
      expect(await ticketOf(ticketId)).toMatchObject({ status: "PENDING", externalState: "fallback" });
  });

  test("and whoever wants it sent once more leaves one request at the desk", async () => {
    await aDesk(administrator, lab, "webhook");
    const { ticketId, request } = await asked();
    await sendRequest({ requestId: request.id });
    const sent = await db().externalDelivery.findFirstOrThrow({ where: { ticketId } });
    await sendAgain(administrator, { deliveryId: sent.id });
    await sendAgainHandler({ deliveryId: sent.id });
    expect(lab.board.items.filter((item) => item.ticketId === ticketId)).toMatchObject([{ arrivals: 2 }]);
    expect(
      await db().externalDelivery.count({ where: { redeliveryOf: sent.id, outcome: "delivered" } }),
    ).toBe(1);
  });
});
