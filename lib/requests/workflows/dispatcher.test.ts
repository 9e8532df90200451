import { describe, expect, test } from "vitest";
import { aConsoleUser, aRunningVm } from "@/e2e/factories/console";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { aStep, aWorkflow } from "@/e2e/factories/workflow";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { inTransaction } from "@/lib/core/transaction";
import { approveRequest } from "../approve-request";
import { cancelRequest } from "../cancel-request";
import { rejectRequest } from "../reject-request";
import { requestConsole } from "../request-console";
import { lockTicket } from "../store";
import { builtIn, dispatcherOf } from "./dispatcher";
import { listDueSteps } from "./queries";
import type { StepDefinition } from "./schema";
import { settleStep } from "./settle-step.handler";

/** What every dispatcher has to do alike, told through the use cases and seen in the rows. */
const dispatchers = [builtIn];

async function aDecider(): Promise<Context & { id: string }> {
  const person = await aPerson("role-viewer", { environments: ["prod"] });
  return { ...person, id: actorId(person.actor) };
}

async function asked(stepsOf: (people: string[]) => StepDefinition[]) {
  const vm = await aRunningVm({ environment: "prod" });
  const requester = (await aConsoleUser(vm.systemId)).ctx;
  const people = await Promise.all([aDecider(), aDecider(), aDecider()]);
  await aWorkflow(vm.systemId, stepsOf(people.map(({ id }) => id)));
  const reason = "The application does not answer any more.";
  const { ticketId } = await requestConsole(requester, {
    vmId: vm.id,
    consoleType: "vnc",
    reason,
    minutes: 30,
  });
  const [ann, bob, carl] = people;
  if (ann === undefined || bob === undefined || carl === undefined) throw new Error("three were made");
  return { vm, requester, ticketId: ticketId ?? "", ann, bob, carl };
}

const statusesOf = async (ticketId: string) => {
  const rows = await db().approvalStep.findMany({ where: { ticketId }, orderBy: { position: "asc" } });
  return rows.map(({ status }) => status);
};
const statusOf = async (ticketId: string) =>
  (await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } })).status;
const noticesOf = async (ticketId: string, kind: string) =>
  (await db().notification.findMany({ where: { relatedTicketId: ticketId, type: kind } })).map(
    ({ recipientId }) => recipientId,
  );
const recordsOf = (ticketId: string, action: string) =>
  db().auditLog.count({ where: { resourceId: ticketId, action } });

/** As long ago as if its time had passed. */
async function letTimePass(ticketId: string) {
  await db().$executeRaw`
    UPDATE approval_steps SET due_at = due_at - interval '1000 hours' WHERE ticket_id = ${ticketId} AND due_at IS NOT NULL`;
  const due = await db().approvalStep.findMany({
    where: { ticketId, status: "ACTIVE" },
    select: { id: true },
  });
  const known = (await listDueSteps()).map(({ stepId }) => stepId);
  return due.map(({ id }) => id).filter((id) => known.includes(id));
}

describe.each(dispatchers)("$name", ({ name }) => {
  test("three steps in order: each asks its own people, and the last word starts it", async () => {
    const { ticketId, ann, bob, carl } = await asked(([a = "", b = "", c = ""]) => [
      aStep([a], { name: "first" }),
      aStep([b]),
      aStep([c]),
    ]);
    const ticket = await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } });
    expect(ticket.dispatcher).toBe(name);
    expect(await statusesOf(ticketId)).toEqual(["ACTIVE", "WAITING", "WAITING"]);
    expect(await noticesOf(ticketId, "APPROVAL_PENDING")).toEqual([ann.id]);
    // Who is asked later may look already, and has to wait.
    await expect(approveRequest(bob, { ticketId })).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
      params: { permission: "turn" },
    });

    await approveRequest(ann, { ticketId, comment: "fine" });
    expect(await statusesOf(ticketId)).toEqual(["APPROVED", "ACTIVE", "WAITING"]);
    expect(await statusOf(ticketId)).toBe("PENDING");
    expect(await recordsOf(ticketId, "approval.step_approve")).toBe(1);
    expect(await noticesOf(ticketId, "APPROVAL_PENDING")).toEqual(expect.arrayContaining([ann.id, bob.id]));
    await expect(approveRequest(ann, { ticketId })).rejects.toMatchObject({ code: "PERMISSION_DENIED" });

    await approveRequest(bob, { ticketId });
    await approveRequest(carl, { ticketId });
    expect(await statusesOf(ticketId)).toEqual(["APPROVED", "APPROVED", "APPROVED"]);
    expect(await statusOf(ticketId)).toBe("SUCCESS");
    expect(await recordsOf(ticketId, "approval.approve")).toBe(1);
    expect(await inTransaction((tx) => dispatcherOf(ticket).getStatus(tx, ticketId))).toBe("approved");
  });

  test("beside each other: both are asked at once, and both must agree", async () => {
    const { ticketId, ann, bob } = await asked(([a = "", b = ""]) => [
      aStep([a]),
      aStep([b], { parallel: true }),
    ]);
    expect(await statusesOf(ticketId)).toEqual(["ACTIVE", "ACTIVE"]);
    await Promise.all([approveRequest(bob, { ticketId }), approveRequest(ann, { ticketId })]);
    expect(await statusOf(ticketId)).toBe("SUCCESS");
  });

  test("two of three, at once", async () => {
    const { ticketId, ann, bob, carl } = await asked((people) => [
      aStep(people, { mode: "quorum", needed: 2 }),
    ]);
    const results = await Promise.allSettled(
      [ann, bob, carl].map((person) => approveRequest(person, { ticketId })),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect(await statusOf(ticketId)).toBe("SUCCESS");
    expect(await recordsOf(ticketId, "approval.approve")).toBe(1);
  });

  test("a hundred approvals at once are one", async () => {
    const { ticketId, ann, bob, carl } = await asked((people) => [aStep(people)]);
    const hundred = Array.from({ length: 100 }, (_, index) => [ann, bob, carl][index % 3] ?? ann);
    const results = await Promise.allSettled(hundred.map((person) => approveRequest(person, { ticketId })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await recordsOf(ticketId, "approval.approve")).toBe(1);
    expect(await db().approvalStepDecision.count({ where: { step: { ticketId } } })).toBe(1);
  });

  test("a no at any step ends it for everybody", async () => {
    const { ticketId, ann, bob } = await asked(([a = "", b = "", c = ""]) => [
      aStep([a]),
      aStep([b]),
      aStep([c], { parallel: true }),
    ]);
    await approveRequest(ann, { ticketId });
    await rejectRequest(bob, { ticketId, reason: "not now" });
    expect(await statusesOf(ticketId)).toEqual(["APPROVED", "REJECTED", "SKIPPED"]);
    expect(await statusOf(ticketId)).toBe("REJECTED");
    await expect(approveRequest(ann, { ticketId })).rejects.toMatchObject({ code: "INVALID_STATE" });
  });

  test("withdrawn, no step waits any longer", async () => {
    const { ticketId, requester, ann } = await asked((people) => [aStep(people), aStep(people)]);
    await cancelRequest(requester, { ticketId, reason: "" });
    expect(await statusesOf(ticketId)).toEqual(["SKIPPED", "SKIPPED"]);
    await expect(approveRequest(ann, { ticketId })).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND" });
  });

  test("cancelled from outside, its steps say why", async () => {
    const { ticketId } = await asked((people) => [aStep(people)]);
    await inTransaction(async (tx) => {
      const ticket = await lockTicket(tx, ticketId);
      await dispatcherOf(ticket).cancel(tx, await anAdministrator(), { ticket, reason: "outside" });
    });
    expect(await statusesOf(ticketId)).toEqual(["SKIPPED"]);
  });

  test("a limit of time reminds, once however many workers see it", async () => {
    const { ticketId, ann } = await asked(([a = ""]) => [
      aStep([a], { timeoutHours: 4, onTimeout: "remind" }),
    ]);
    for (const stepId of await letTimePass(ticketId)) {
      await Promise.all([settleStep({ stepId }), settleStep({ stepId }), settleStep({ stepId })]);
    }
    expect(await noticesOf(ticketId, "APPROVAL_REMINDER")).toEqual([ann.id]);
    expect(await recordsOf(ticketId, "approval.remind")).toBe(1);
  });

  test("escalated, it is the next one's turn and no longer the first one's; three workers do it once", async () => {
    const { ticketId, ann, bob } = await asked(([a = "", b = ""]) => [
      aStep([a], { timeoutHours: 24, onTimeout: "escalate", escalateTo: [[{ kind: "user", refId: b }]] }),
    ]);
    const due = await letTimePass(ticketId);
    expect(due).toHaveLength(1);
    await Promise.all(
      due.flatMap((stepId) => [settleStep({ stepId }), settleStep({ stepId }), settleStep({ stepId })]),
    );
    expect(await statusesOf(ticketId)).toEqual(["ACTIVE"]);
    expect(await noticesOf(ticketId, "APPROVAL_ESCALATED")).toEqual([bob.id]);
    expect(await recordsOf(ticketId, "approval.escalate")).toBe(1);
    await expect(approveRequest(ann, { ticketId })).rejects.toBeDefined();
    await approveRequest(bob, { ticketId });
    expect(await statusOf(ticketId)).toBe("SUCCESS");
  });

  test("a limit that rejects ends it, one that approves goes on, both on record", async () => {
    const limit = { timeoutHours: 1 } as const;
    const ended = await asked(([a = ""]) => [aStep([a], { ...limit, onTimeout: "reject" })]);
    for (const stepId of await letTimePass(ended.ticketId)) await settleStep({ stepId });
    expect(await statusOf(ended.ticketId)).toBe("REJECTED");
    expect(await statusesOf(ended.ticketId)).toEqual(["EXPIRED"]);
    expect(await recordsOf(ended.ticketId, "approval.step_expire")).toBe(1);

    const passed = await asked(([a = ""]) => [aStep([a], { ...limit, onTimeout: "approve" })]);
    for (const stepId of await letTimePass(passed.ticketId)) await settleStep({ stepId });
    expect(await statusOf(passed.ticketId)).toBe("SUCCESS");
  });
});
