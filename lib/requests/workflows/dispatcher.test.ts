import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aConsoleUser, aRunningVm } from "@/e2e/factories/console";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { aStep, aWorkflow } from "@/e2e/factories/workflow";
import { letHoursPass, leadBuiltIn, leadByTemporal, type Driver } from "@/e2e/temporal/drive-approval";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { inTransaction } from "@/lib/core/transaction";
import { approveRequest } from "../approve-request";
import { cancelRequest } from "../cancel-request";
import { rejectRequest } from "../reject-request";
import { requestConsole } from "../request-console";
import { lockTicket } from "../store";
import { dispatcherOf } from "./dispatcher";
import { listDueSteps } from "./queries";
import type { StepDefinition } from "./schema";
import { settleStep } from "./settle-step.handler";
import { sendHappenings } from "./temporal/send-happenings.handler";
import { settleHappening } from "./temporal/settle-happening.handler";

/** What every dispatcher has to do alike, told through the use cases and seen in the rows. */
const dispatchers = [{ name: "built-in" }, { name: "temporal" }];

/** Whoever carries out what a dispatcher has been told; the built-in one has done it already. */
let driver: Driver | null = null;
const settled = async (ticketId: string) => driver?.settle(ticketId);

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
  await settled(ticketId ?? "");
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

/** As long ago as if its time had passed, seen by three workers at once. */
async function letTimePass(ticketId: string) {
  if (driver !== null) {
    await letHoursPass(ticketId);
    return settled(ticketId);
  }
  await db().$executeRaw`
    UPDATE approval_steps SET due_at = due_at - interval '1000 hours' WHERE ticket_id = ${ticketId} AND due_at IS NOT NULL`;
  const active = await db().approvalStep.findMany({ where: { ticketId, status: "ACTIVE" } });
  const due = await listDueSteps();
  const overdue = due.filter(({ stepId }) => active.some(({ id }) => id === stepId));
  expect(overdue).not.toEqual([]);
  await Promise.all([...overdue, ...overdue, ...overdue].map(settleStep));
}

describe.each(dispatchers)("$name", ({ name }) => {
  beforeAll(() => {
    driver = name === "temporal" ? leadByTemporal({ settleHappening, sendHappenings }) : null;
    // A run without a server says so.
    if (driver !== null) process.stdout.write(`Temporal runs ${driver.where}.\n`);
  });
  afterAll(async () => {
    await driver?.close();
    driver = null;
    leadBuiltIn();
  });

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
    await settled(ticketId);
    expect(await statusesOf(ticketId)).toEqual(["APPROVED", "ACTIVE", "WAITING"]);
    expect(await statusOf(ticketId)).toBe("PENDING");
    expect(await recordsOf(ticketId, "approval.step_approve")).toBe(1);
    expect(await noticesOf(ticketId, "APPROVAL_PENDING")).toEqual(expect.arrayContaining([ann.id, bob.id]));
    await expect(approveRequest(ann, { ticketId })).rejects.toMatchObject({ code: "PERMISSION_DENIED" });

    await approveRequest(bob, { ticketId });
    await settled(ticketId);
    await approveRequest(carl, { ticketId });
    await settled(ticketId);
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
    await settled(ticketId);
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
    await settled(ticketId);
    expect(await statusOf(ticketId)).toBe("SUCCESS");
    expect(await recordsOf(ticketId, "approval.approve")).toBe(1);
  });

  test("a hundred approvals at once are one", async () => {
    const { ticketId, ann, bob, carl } = await asked((people) => [aStep(people)]);
    const hundred = Array.from({ length: 100 }, (_, index) => [ann, bob, carl][index % 3] ?? ann);
    const results = await Promise.allSettled(hundred.map((person) => approveRequest(person, { ticketId })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await settled(ticketId);
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
    await settled(ticketId);
    await rejectRequest(bob, { ticketId, reason: "not now" });
    await settled(ticketId);
    expect(await statusesOf(ticketId)).toEqual(["APPROVED", "REJECTED", "SKIPPED"]);
    expect(await statusOf(ticketId)).toBe("REJECTED");
    await expect(approveRequest(ann, { ticketId })).rejects.toMatchObject({ code: "INVALID_STATE" });
  });

  test("withdrawn, no step waits any longer", async () => {
    const { ticketId, requester, ann } = await asked((people) => [aStep(people), aStep(people)]);
    await cancelRequest(requester, { ticketId, reason: "" });
    await settled(ticketId);
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
    await letTimePass(ticketId);
    expect(await noticesOf(ticketId, "APPROVAL_REMINDER")).toEqual([ann.id]);
    expect(await recordsOf(ticketId, "approval.remind")).toBe(1);
  });

  test("escalated, it is the next one's turn and no longer the first one's; three workers do it once", async () => {
    const { ticketId, ann, bob } = await asked(([a = "", b = ""]) => [
      aStep([a], { timeoutHours: 24, onTimeout: "escalate", escalateTo: [[{ kind: "user", refId: b }]] }),
    ]);
    await letTimePass(ticketId);
    expect(await statusesOf(ticketId)).toEqual(["ACTIVE"]);
    expect(await noticesOf(ticketId, "APPROVAL_ESCALATED")).toEqual([bob.id]);
    expect(await recordsOf(ticketId, "approval.escalate")).toBe(1);
    await expect(approveRequest(ann, { ticketId })).rejects.toBeDefined();
    await approveRequest(bob, { ticketId });
    await settled(ticketId);
    expect(await statusOf(ticketId)).toBe("SUCCESS");
  });

  test("a limit that rejects ends it, one that approves goes on, both on record", async () => {
    const limit = { timeoutHours: 1 } as const;
    const ended = await asked(([a = ""]) => [aStep([a], { ...limit, onTimeout: "reject" })]);
    await letTimePass(ended.ticketId);
    expect(await statusOf(ended.ticketId)).toBe("REJECTED");
    expect(await statusesOf(ended.ticketId)).toEqual(["EXPIRED"]);
    expect(await recordsOf(ended.ticketId, "approval.step_expire")).toBe(1);

    const passed = await asked(([a = ""]) => [aStep([a], { ...limit, onTimeout: "approve" })]);
    await letTimePass(passed.ticketId);
    expect(await statusOf(passed.ticketId)).toBe("SUCCESS");
  });
});
