import { describe, expect, test } from "vitest";
import { recordsOf, refused } from "@/e2e/factories/account";
import { aSize } from "@/e2e/factories/catalogue";
import { aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { aService } from "@/e2e/factories/service";
import { db } from "@/lib/core/db";
import { requestAccess } from "../access/request-access";
import { approveRequest } from "../approve-request";
import { cancelRequest } from "../cancel-request";
import { rejectRequest } from "../reject-request";
import { requestVm } from "../request-vm";
import { addComment } from "./add-comment";
import { askForInformation } from "./ask-for-information";
import { listConversation } from "./queries";
import { resubmitRequest } from "./resubmit-request";

async function aWaiting() {
  const requester = await aPerson("role-development-engineer");
  const approver = await aPerson("role-approval-admin");
  const wish = await aVmWish(requester, { targetDiskGb: 60 });
  const { ticketId } = await requestVm(requester, wish);
  return { requester, approver, wish, ticketId };
}

async function anAsked() {
  const waiting = await aWaiting();
  await askForInformation(waiting.approver, { ticketId: waiting.ticketId, question: "What is it for?" });
  return waiting;
}

function ticketOf(id: string) {
  return db().approvalTicket.findUniqueOrThrow({ where: { id } });
}

function noticesOf(ticketId: string, type: string) {
  return db().notification.findMany({
    where: { relatedTicketId: ticketId, type },
    select: { recipientId: true },
  });
}

describe("asking for more", () => {
  test("an approver's question gives the request back: still waiting, marked, told, recorded", async () => {
    const { requester, approver, ticketId } = await anAsked();

    expect(await ticketOf(ticketId)).toMatchObject({
      status: "PENDING",
      infoRequestedAt: approver.now,
      version: 2,
    });
    const { comments } = await listConversation(requester, ticketId);
    expect(comments).toMatchObject([
      { kind: "question", body: "What is it for?", authorId: approver.actor.id, revision: 1 },
    ]);
    expect(await noticesOf(ticketId, "INFORMATION_REQUESTED")).toEqual([{ recipientId: requester.actor.id }]);
    expect(await recordsOf(approver)).toMatchObject([{ action: "approval.information_request" }]);
  });

  test("it is asked once until it is answered, and never about what is decided", async () => {
    const { approver, ticketId } = await anAsked();
    const again = { ticketId, question: "And for how long?" };
    expect(await refused(askForInformation(approver, again))).toMatchObject({
      code: "INVALID_STATE",
      params: { state: "ASKED" },
    });
    await rejectRequest(approver, { ticketId, reason: "no" });
    expect(await refused(askForInformation(approver, again))).toMatchObject({
      code: "INVALID_STATE",
      params: { state: "REJECTED" },
    });
  });

  test("of ten approvers who ask at once one has asked", async () => {
    const { ticketId } = await aWaiting();
    const approvers = await Promise.all(Array.from({ length: 10 }, () => aPerson("role-approval-admin")));
    const asked = await Promise.allSettled(
      approvers.map((each) => askForInformation(each, { ticketId, question: "Why?" })),
    );
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db().approvalComment.count({ where: { ticketId } })).toBe(1);
  });

  test("neither the requester nor a stranger asks, and the stranger learns of nothing", async () => {
    const { requester, ticketId } = await aWaiting();
    const stranger = await aPerson("role-development-engineer");
    const question = { ticketId, question: "?" };
    expect((await refused(askForInformation(stranger, question))).code).toBe("RESOURCE_NOT_FOUND");
    expect(["PERMISSION_DENIED", "SELF_APPROVAL_FORBIDDEN"]).toContain(
      (await refused(askForInformation(requester, question))).code,
    );
    expect(await db().approvalComment.count({ where: { ticketId } })).toBe(0);
  });
});

describe("answering", () => {
  test("an answer alone takes the mark away and tells whoever asked; nothing else has changed", async () => {
    const { requester, approver, ticketId } = await anAsked();
    const before = await ticketOf(ticketId);

    const result = await resubmitRequest(requester, { ticketId, answer: "For the summer sale." });

    expect(result).toEqual({ ticketId, revision: 1, startsOver: false });
    expect(await ticketOf(ticketId)).toMatchObject({
      infoRequestedAt: null,
      revision: 1,
      version: before.version + 1,
      requestParams: before.requestParams,
    });
    expect(await noticesOf(ticketId, "INFORMATION_GIVEN")).toEqual([{ recipientId: approver.actor.id }]);
    expect((await recordsOf(requester)).at(-1)).toMatchObject({ action: "approval.resubmit" });
  });

  test("a changed request is a new revision with what differs, its demand and its catalogue settled anew", async () => {
    const { requester, wish, ticketId } = await anAsked();
    const size = await aSize();

    const result = await resubmitRequest(requester, {
      ticketId,
      answer: "",
      instanceSizeId: size.id,
      targetDiskGb: 70,
      reason: "A smaller one does",
    });

    expect(result).toEqual({ ticketId, revision: 2, startsOver: true });
    const ticket = await ticketOf(ticketId);
    expect(ticket).toMatchObject({ revision: 2, reason: "A smaller one does", instanceSizeId: size.id });
    expect(ticket.demand).toMatchObject({ diskGb: 70 });
    expect(ticket.duplicateKey).toContain(size.id);
    const { revisions } = await listConversation(requester, ticketId);
    expect(revisions).toMatchObject([
      {
        revision: 2,
        diff: [
          { path: "instanceSizeId", before: wish.instanceSizeId, after: size.id },
          { path: "reason", before: wish.reason, after: "A smaller one does" },
          { path: "targetDiskGb", before: 60, after: 70 },
        ],
      },
    ]);
    const kept = await db().approvalTicketRevision.findFirstOrThrow({ where: { ticketId, revision: 1 } });
    expect(kept.requestParams).toMatchObject({ targetDiskGb: 60 });
  });

  test("time limits rest until the answer, and a changed request begins its steps anew", async () => {
    const { requester, approver, ticketId } = await aWaiting();
    await db().$executeRaw`
      UPDATE approval_steps SET due_at = now() + interval '2 hours' WHERE ticket_id = ${ticketId}`;
    const steps = () =>
      db().approvalStep.findMany({ where: { ticketId }, orderBy: [{ round: "asc" }, { position: "asc" }] });
    await askForInformation(approver, { ticketId, question: "?" });
    expect((await steps())[0]?.dueAt).toBeNull();
    await db().approvalTicket.update({
      where: { id: ticketId },
      data: { infoRequestedAt: new Date(Date.now() - 3_600_000) },
      select: { id: true },
    });
    await resubmitRequest({ ...requester, now: new Date() }, { ticketId, answer: "For the sale." });
    const [resumed] = await steps();
    expect(resumed).toMatchObject({ status: "ACTIVE", round: 1 });
    expect(Math.abs((resumed?.dueAt?.getTime() ?? 0) - Date.now() - 7_200_000)).toBeLessThan(60_000);
    expect((await ticketOf(ticketId)).pausedSeconds).toBeGreaterThanOrEqual(3_590);

    await askForInformation(approver, { ticketId, question: "So large?" });
    await resubmitRequest(requester, { ticketId, answer: "", targetDiskGb: 50 });
    expect((await steps()).map(({ round, status }) => [round, status])).toEqual([
      [1, "SKIPPED"],
      [2, "ACTIVE"],
    ]);
  });

  test("a wish can be taken back, so that the size says how much again", async () => {
    const { requester, ticketId } = await anAsked();
    await resubmitRequest(requester, { ticketId, answer: "", targetDiskGb: null });
    expect((await ticketOf(ticketId)).requestParams).not.toHaveProperty("targetDiskGb");
  });

  test.for([
    ["nothing said and nothing changed", { answer: "" }, "VALIDATION_FAILED"],
    ["more than the size allows", { answer: "", targetDiskGb: 101 }, "VALIDATION_FAILED"],
    ["a template that is not there", { answer: "", templateId: "nothing" }, "RESOURCE_NOT_FOUND"],
    ["what such a request has not", { answer: "", minutes: 30 }, "VALIDATION_FAILED"],
    ["a version seen before the question", { answer: "x", version: 1 }, "CONFLICT"],
  ] as const)("%s is refused, and the request waits for its answer as before", async ([, change, code]) => {
    const { requester, ticketId } = await anAsked();
    const before = await ticketOf(ticketId);
    expect((await refused(resubmitRequest(requester, { ticketId, ...change }))).code).toBe(code);
    expect(await ticketOf(ticketId)).toEqual(before);
  });

  test("what an operation bounds itself is bounded here too", async () => {
    const keeper = await aPerson("role-development-engineer");
    const { systemId } = await aService(keeper);
    await db().system.update({ where: { id: systemId }, data: { listed: true }, select: { id: true } });
    const asker = await aPerson(null);
    const { ticketId } = await requestAccess(asker, {
      systemId,
      role: "member",
      days: 30,
      reason: "On call",
    });
    await askForInformation(keeper, { ticketId, question: "So long?" });
    expect(await refused(resubmitRequest(asker, { ticketId, answer: "", days: 400 }))).toMatchObject({
      code: "VALIDATION_FAILED",
      fields: [{ field: "days", code: "invalid" }],
    });
    await resubmitRequest(asker, { ticketId, answer: "A week does.", days: 7 });
    expect((await ticketOf(ticketId)).requestParams).toMatchObject({ days: 7, role: "member" });
  });

  test("a change into another request that waits is refused and names it", async () => {
    const { requester, wish, ticketId } = await anAsked();
    const size = await aSize();
    const other = await requestVm(requester, { ...wish, instanceSizeId: size.id });
    expect(
      await refused(resubmitRequest(requester, { ticketId, answer: "", instanceSizeId: size.id })),
    ).toMatchObject({ code: "DUPLICATE_PENDING_REQUEST", params: { existingTicketId: other.ticketId } });
  });

  test("only the requester answers, only when asked, and never after it was withdrawn", async () => {
    const { requester, approver, ticketId } = await aWaiting();
    const answer = { ticketId, answer: "Here." };
    expect(await refused(resubmitRequest(requester, answer))).toMatchObject({
      code: "INVALID_STATE",
      params: { state: "PENDING", move: "resubmit" },
    });
    await askForInformation(approver, { ticketId, question: "?" });
    expect((await refused(resubmitRequest(approver, answer))).code).toBe("PERMISSION_DENIED");
    await cancelRequest(requester, { ticketId, reason: "" });
    expect((await refused(resubmitRequest(requester, answer))).code).toBe("INVALID_STATE");
  });

  test("whoever looked at it before it changed cannot approve it", async () => {
    const { requester, approver, ticketId } = await anAsked();
    const { version } = await ticketOf(ticketId);
    await resubmitRequest(requester, { ticketId, answer: "", targetDiskGb: 80 });
    expect(await refused(approveRequest(approver, { ticketId, version }))).toMatchObject({
      code: "CONFLICT",
    });
  });
});

describe("talking about a request", () => {
  test("whoever sees it may speak, the others who spoke and the requester are told", async () => {
    const { requester, approver, ticketId } = await aWaiting();
    await addComment(approver, { ticketId, body: "Looks large." });
    await addComment(requester, { ticketId, body: "<b>It is</b> for *testing*." });
    const { comments } = await listConversation(approver, ticketId);
    expect(comments.map(({ body }) => body)).toEqual(["Looks large.", "<b>It is</b> for *testing*."]);
    expect(await noticesOf(ticketId, "REQUEST_COMMENT")).toEqual([
      { recipientId: requester.actor.id },
      { recipientId: approver.actor.id },
    ]);
  });

  test("the requester's first word reaches those whose turn it is", async () => {
    const { requester, approver, ticketId } = await aWaiting();
    await addComment(requester, { ticketId, body: "It is urgent." });
    const told = (await noticesOf(ticketId, "REQUEST_COMMENT")).map(({ recipientId }) => recipientId);
    expect(told).toContain(approver.actor.id);
    expect(told).not.toContain(requester.actor.id);
  });

  test("to whoever may not see the request there is neither it nor its conversation", async () => {
    const { ticketId } = await aWaiting();
    const stranger = await aPerson("role-development-engineer");
    const expected = { code: "RESOURCE_NOT_FOUND", params: { resource: "ticket" } };
    expect(await refused(addComment(stranger, { ticketId, body: "Hello" }))).toMatchObject(expected);
    expect(await refused(listConversation(stranger, ticketId))).toMatchObject(expected);
    expect(await refused(listConversation(stranger, "no-such-ticket"))).toMatchObject(expected);
  });
});
