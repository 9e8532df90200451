import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aSignedCall } from "@/e2e/factories/signed-call";
import { anAskedRemoval, outsideRequestsOf } from "@/e2e/factories/outside-request";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { cancelRequest } from "../cancel-request";
import { requestVm } from "../request-vm";
import { createDesk } from "./create-desk";
import { answerPending } from "./answer-pending";
import { readDesk } from "./queries";
import { receiveDecision } from "./receive-decision";
import { rotateSecret } from "./rotate-secret";
import { createDeskInput, updateDeskInput } from "./schema";
import { updateDesk } from "./update-desk";

const secret = "a-callback-secret-of-the-test";
const stranger: Context = {
  actor: { kind: "anonymous" },
  requestId: newId(),
  now: new Date(),
  address: "127.0.0.1",
  userAgent: "desk",
};
let administrator: Context;
beforeAll(async () => {
  administrator = await anAdministrator();
  await aPerson("role-approval-admin");
});
beforeEach(async () => {
  await db().externalApprovalSystem.updateMany({ data: { enabled: false } });
});

async function aQuietDesk(over: object = {}) {
  const input = {
    type: "webhook",
    name: `desk-${newId()}`,
    webhookUrl: "https://desk.example/approvals",
    signingKey: "a-signing-key-of-the-test",
    callbackSecret: secret,
    enabled: true,
    ...over,
  };
  return createDesk(administrator, createDeskInput.parse(input));
}

const ticketOf = (id: string) => db().approvalTicket.findUniqueOrThrow({ where: { id } });

function decisionOf(ticketId: string, over: object = {}) {
  return { ticket_id: ticketId, approved: true, approver: "ann@desk", provider_decision_id: "D-1", ...over };
}

const send = (deskId: string, body: { ticket_id: string }, over: Parameters<typeof aSignedCall>[1] = {}) =>
  receiveDecision(stranger, aSignedCall({ deskId, body, secret }, over));

describe("a decision that a desk sends", () => {
  test("is the whole approval, by the desk's own word", async () => {
    const desk = await aQuietDesk();
    const { ticketId, vmId } = await anAskedRemoval();
    expect(await answerPending(stranger, aSignedCall({ deskId: desk.id, body: null, secret }))).toMatchObject(
      [{ shepherd_ticket_id: ticketId, type: "DELETE_VM", environment: "test" }],
    );
    await send(desk.id, decisionOf(ticketId));
    expect(await ticketOf(ticketId)).toMatchObject({
      status: "APPROVED",
      approverName: `ann@desk via ${desk.name}`,
      externalState: "decided",
    });
    expect(await db().vm.findUniqueOrThrow({ where: { id: vmId } })).toMatchObject({ status: "DELETING" });
    expect(await answerPending(stranger, aSignedCall({ deskId: desk.id, body: null, secret }))).toEqual([]);
  });

  test("fifty times at once counts once, and the others are answered alike", async () => {
    const desk = await aQuietDesk();
    const { ticketId } = await anAskedRemoval();
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(desk.id, decisionOf(ticketId))));
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(
      new Set(answers.map(({ providerDecisionId, approved }) => `${providerDecisionId} ${approved}`)).size,
    ).toBe(1);
    const records = { resourceId: ticketId, action: { in: ["approval.approve", "vm.delete_approved"] } };
    expect(await db().auditLog.count({ where: records })).toBe(1);
    const removals = await db().$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE name = 'vms.delete' AND data ->> 'eventId' = ${(await ticketOf(ticketId)).eventId}`;
    expect(removals).toHaveLength(1);
  });

  test("after another one comes too late", async () => {
    const desk = await aQuietDesk();
    const { ticketId } = await anAskedRemoval();
    await send(desk.id, decisionOf(ticketId, { approved: false, comment: "no" }));
    expect(await ticketOf(ticketId)).toMatchObject({ status: "REJECTED", rejectReason: "no" });
    await expect(send(desk.id, decisionOf(ticketId, { provider_decision_id: "D-2" }))).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await expect(send(desk.id, decisionOf(ticketId))).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await ticketOf(ticketId)).toMatchObject({ status: "REJECTED" });
  });

  test("by whoever asked is refused, and somebody else at the desk may still decide", async () => {
    const desk = await aQuietDesk();
    const requester = await aPerson("role-development-engineer");
    await db().user.update({ where: { id: requester.actor.id }, data: { email: "Bo@desk.example" } });
    const { ticketId } = await anAskedRemoval({ requester });
    for (const approver of [
      requester.actor.username,
      "bo@DESK.example",
      `${requester.actor.username}@desk.example`,
    ])
      await expect(send(desk.id, decisionOf(ticketId, { approver }))).rejects.toMatchObject({
        code: "SELF_APPROVAL_FORBIDDEN",
      });
    expect(
      await db().auditLog.count({
        where: { action: "approval.external", outcome: "failure", resourceId: ticketId },
      }),
    ).toBe(3);
    await send(desk.id, decisionOf(ticketId));
    expect(await ticketOf(ticketId)).toMatchObject({ status: "APPROVED" });
  });

  test("that the checks refuse is answered so, and people decide it here", async () => {
    const desk = await aQuietDesk();
    const requester = await aPerson("role-development-engineer");
    const { ticketId } = await requestVm(requester, await aVmWish(requester));
    await expect(send(desk.id, decisionOf(ticketId))).rejects.toMatchObject({ code: "NO_CANDIDATE_CLUSTER" });
    expect(await ticketOf(ticketId)).toMatchObject({ status: "PENDING", externalState: "fallback" });
    await expect(send(desk.id, decisionOf(ticketId))).rejects.toMatchObject({ code: "INVALID_STATE" });
    expect(
      await db().externalDelivery.findMany({ where: { ticketId, kind: "callback" }, orderBy: { at: "asc" } }),
    ).toMatchObject([
      { outcome: "refused", error: "NO_CANDIDATE_CLUSTER" },
      { outcome: "refused", error: "INVALID_STATE" },
    ]);
  });

  test("about what is not at that desk, or no longer waits, decides nothing", async () => {
    const desk = await aQuietDesk({ routes: [{ environments: ["nowhere"] }] });
    const { ticketId } = await anAskedRemoval();
    await expect(send(desk.id, decisionOf(ticketId))).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND" });
    const other = await aQuietDesk();
    const withdrawn = await anAskedRemoval();
    await cancelRequest(withdrawn.requester, { ticketId: withdrawn.ticketId, reason: "" });
    await expect(send(other.id, decisionOf(withdrawn.ticketId))).rejects.toMatchObject({
      code: "INVALID_STATE",
    });
    expect(await ticketOf(ticketId)).toMatchObject({ status: "PENDING", externalState: null });
    expect(await ticketOf(withdrawn.ticketId)).toMatchObject({ status: "CANCELLED" });
  });
});

describe("the secrets of a desk", () => {
  test("are never told, and a renewed one counts beside the former until the overlap ends", async () => {
    const desk = await aQuietDesk();
    const shown = await readDesk(administrator, desk.id);
    expect(shown).toMatchObject({ signingKeySet: true, callbackSecretSet: true, credentialsSet: false });
    expect(JSON.stringify(shown)).not.toMatch(/of-the-test/);

    const { value } = await rotateSecret(administrator, {
      deskId: desk.id,
      secret: "callback_secret",
      overlapHours: 1,
    });
    const pending = (used: string) =>
      answerPending(stranger, aSignedCall({ deskId: desk.id, body: null, secret: used }));
    expect(await pending(secret)).toEqual([]);
    expect(await pending(value ?? "")).toEqual([]);
    await db().$executeRaw`
      UPDATE external_callback_secrets SET ends_at = now() - interval '1 second'
      WHERE external_system_id = ${desk.id} AND ends_at IS NOT NULL`;
    await expect(pending(secret)).rejects.toMatchObject({ code: "INVALID_SIGNATURE" });
    expect(await pending(value ?? "")).toEqual([]);
  });

  test("do not follow it to another server", async () => {
    const desk = await aQuietDesk({ headers: { "x-api-key": "the-desks-own-key" } });
    const { version } = await readDesk(administrator, desk.id);
    const moved = {
      ...{ type: "webhook", name: desk.name, webhookUrl: "https://elsewhere.example/approvals" },
      ...{ deskId: desk.id, version },
    };
    await expect(updateDesk(administrator, updateDeskInput.parse(moved))).rejects.toMatchObject({
      fields: [{ field: "headers", code: "required" }],
    });
    await updateDesk(administrator, updateDeskInput.parse({ ...moved, headers: null }));
    expect(await readDesk(administrator, desk.id)).toMatchObject({ headersSet: false, signingKeySet: true });
  });

  test("and the address is one that may be called", async () => {
    for (const webhookUrl of [
      "http://desk.example/",
      "https://169.254.169.254/latest",
      "https://user:pw@desk.example/",
    ])
      await expect(aQuietDesk({ webhookUrl })).rejects.toMatchObject({
        fields: [{ field: "webhookUrl", code: "invalid_address" }],
      });
    await expect(outsideRequestsOf("none")).resolves.toEqual([]);
  });
});
