import { afterAll, beforeEach, expect, test } from "vitest";
import { aConsoleUser, aRunningVm } from "@/e2e/factories/console";
import { aPerson } from "@/e2e/factories/person";
import { aStep, aWorkflow } from "@/e2e/factories/workflow";
import { driveInProcess, leadBuiltIn, letHoursPass } from "@/e2e/temporal/drive-approval";
import { actorId } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { env } from "@/lib/core/env";
import { inTransaction } from "@/lib/core/transaction";
import { approveRequest } from "../../approve-request";
import { askForInformation } from "../../conversation/ask-for-information";
import { rejectRequest } from "../../reject-request";
import { requestConsole } from "../../request-console";
import { lockTicket } from "../../store";
import { dispatcherOf } from "../dispatcher";
import { restartSteps } from "../open-steps";
import { listDueSteps, listUnanimousSteps } from "../queries";
import type { StepDefinition } from "../schema";
import { settleStep } from "../settle-step.handler";
import { listForgottenRequests, listUntoldRequests } from "./queries";
import { begin, findMove } from "./rules";
import { sendHappenings } from "./send-happenings.handler";
import { settleHappening } from "./settle-happening.handler";
import { readDelivery, readSeen } from "./store";

const driver = driveInProcess({ settleHappening });

beforeEach(() => {
  env().TEMPORAL_ADDRESS = "127.0.0.1:1";
  driver.forget();
});
afterAll(leadBuiltIn);

async function asked(...steps: Partial<StepDefinition>[]) {
  const vm = await aRunningVm({ environment: "prod" });
  const requester = (await aConsoleUser(vm.systemId)).ctx;
  const ann = await aPerson("role-viewer", { environments: ["prod"] });
  const annId = actorId(ann.actor);
  await aWorkflow(
    vm.systemId,
    steps.map((step) => aStep([annId], step)),
  );
  const reason = "The application does not answer any more.";
  const { ticketId } = await requestConsole(requester, {
    vmId: vm.id,
    consoleType: "vnc",
    reason,
    minutes: 30,
  });
  return { vm, requester, ann, annId, ticketId: ticketId ?? "" };
}

const ticketOf = (id: string) => db().approvalTicket.findUniqueOrThrow({ where: { id } });
const stepsOf = async (ticketId: string) =>
  (await db().approvalStep.findMany({ where: { ticketId }, orderBy: { position: "asc" } })).map(
    ({ status }) => status,
  );
const wordsOf = async (ticketId: string) =>
  (await db().approvalHappening.findMany({ where: { ticketId }, orderBy: { sequence: "asc" } })).map(
    ({ state }) => state,
  );
const standingOf = async (ticketId: string) => {
  const ticket = await ticketOf(ticketId);
  return inTransaction((tx) => dispatcherOf(ticket).getStatus(tx, ticketId));
};

test("while Temporal is away nothing is lost: words wait in their order, and count once it is there", async () => {
  const { ticketId, ann } = await asked({}, {});
  await expect(sendHappenings({ ticketId })).rejects.toThrow();
  const row = await db().approvalHappening.findFirstOrThrow({ where: { ticketId } });
  expect(row).toMatchObject({ state: "waiting", attempts: 1 });
  expect(row.lastError).not.toBeNull();
  expect(row.nextAttemptAt.getTime()).toBeGreaterThan(row.createdAt.getTime());
  expect(await stepsOf(ticketId)).toEqual(["WAITING", "WAITING"]);
  expect(await standingOf(ticketId)).toBe("pending");

  await driver.settle(ticketId);
  await approveRequest(ann, { ticketId, comment: "fine" });
  expect(await standingOf(ticketId)).toBe("pending");
  expect(await stepsOf(ticketId)).toEqual(["ACTIVE", "WAITING"]);
  expect(await listUntoldRequests()).toContainEqual({ ticketId });
  // The same person says nothing twice, whether the first word has arrived or not.
  await expect(approveRequest(ann, { ticketId })).rejects.toMatchObject({ code: "INVALID_STATE" });

  await driver.settle(ticketId);
  expect(await stepsOf(ticketId)).toEqual(["APPROVED", "ACTIVE"]);
  expect(await standingOf(ticketId)).toBe("waiting");
  const decision = await db().approvalStepDecision.findFirstOrThrow({ where: { step: { ticketId } } });
  expect(decision).toMatchObject({ comment: "fine", verdict: "approve" });
  const record = await db().auditLog.findFirstOrThrow({
    where: { resourceId: ticketId, action: "approval.step_approve" },
  });
  expect(record.actorId).toBe(actorId(ann.actor));
});

test("a no is carried out with the reason and the name of whoever said it", async () => {
  const { ticketId, ann, annId } = await asked({});
  await driver.settle(ticketId);
  await rejectRequest(ann, { ticketId, reason: "not now" });
  expect((await ticketOf(ticketId)).status).toBe("PENDING");
  await driver.settle(ticketId);
  expect(await ticketOf(ticketId)).toMatchObject({
    status: "REJECTED",
    rejectReason: "not now",
    approverId: annId,
  });
  expect(await standingOf(ticketId)).toBe("rejected");
  expect(await wordsOf(ticketId)).not.toContain("waiting");
});

test("a request keeps the engine it was asked under, whatever is configured afterwards", async () => {
  const { ticketId, ann } = await asked({});
  leadBuiltIn();
  const later = await asked({});
  expect((await ticketOf(ticketId)).dispatcher).toBe("temporal");
  expect((await ticketOf(later.ticketId)).dispatcher).toBe("built-in");
  await inTransaction((tx) => restartSteps(tx, ann, { id: ticketId }));
  expect((await ticketOf(ticketId)).dispatcher).toBe("temporal");
  await driver.settle(ticketId);
  const rows = await db().approvalStep.findMany({ where: { ticketId }, orderBy: { round: "asc" } });
  expect(rows.map(({ round, status }) => [round, status])).toEqual([
    [1, "SKIPPED"],
    [2, "ACTIVE"],
  ]);
});

test("what was said in time counts, though its limit passes before it arrives", async () => {
  const { ticketId, ann } = await asked({ timeoutHours: 1, onTimeout: "reject" });
  await driver.settle(ticketId);
  await approveRequest(ann, { ticketId });
  await db()
    .$executeRaw`UPDATE approval_steps SET due_at = now() - interval '1 hour' WHERE ticket_id = ${ticketId}`;
  const seen = await readSeen(db(), ticketId);
  const late = findMove(begin({ ticketId, sequence: 9, ...seen }, 0), 60_000);
  if (late.kind !== "apply") throw new Error("the limit has passed");
  const answer = await settleHappening(late.order);
  expect(answer.outcome).toBe("later");
  expect(answer.remaining[0]?.seconds).toBeGreaterThan(5);
  await driver.settle(ticketId);
  expect((await ticketOf(ticketId)).status).toBe("SUCCESS");
});

test("the built-in clock leaves limits to the workflow, and no limit runs while the requester is asked", async () => {
  const { ticketId, ann } = await asked({ timeoutHours: 4, onTimeout: "reject" });
  await driver.settle(ticketId);
  await askForInformation(ann, { ticketId, question: "Which application?" });
  await letHoursPass(ticketId);
  await driver.settle(ticketId);
  expect(await stepsOf(ticketId)).toEqual(["ACTIVE"]);
  expect((await readSeen(db(), ticketId)).remaining).toEqual([]);

  await db()
    .$executeRaw`UPDATE approval_steps SET due_at = now() - interval '3 hours' WHERE ticket_id = ${ticketId}`;
  expect(await listDueSteps()).toEqual([]);
  const [step] = await db().approvalStep.findMany({ where: { ticketId } });
  await settleStep({ stepId: step?.id ?? "" });
  expect((await ticketOf(ticketId)).status).toBe("PENDING");
  expect(await listForgottenRequests()).toContainEqual({ ticketId });
  // A workflow that was lost begins again with the rows, and finds the limit passed.
  driver.forget();
  await driver.settle(ticketId);
  expect((await ticketOf(ticketId)).status).toBe("REJECTED");
  expect(await listUnanimousSteps()).toEqual([]);
});

test("an approval that its check refuses at last leaves the request waiting, and tells who approved", async () => {
  const { ticketId, ann, annId, vm } = await asked({});
  await driver.settle(ticketId);
  await approveRequest(ann, { ticketId });
  await db().$executeRaw`DELETE FROM vms WHERE id = ${vm.id}`;
  await driver.settle(ticketId);
  expect((await ticketOf(ticketId)).status).toBe("PENDING");
  expect(await stepsOf(ticketId)).toEqual(["ACTIVE"]);
  expect(await wordsOf(ticketId)).toEqual(["applied", "refused"]);
  const told = await db().notification.findMany({
    where: { relatedTicketId: ticketId, type: "SYSTEM_ALERT" },
  });
  expect(told.map(({ recipientId }) => recipientId)).toEqual([annId]);
  // It was not the last word: whoever approved may say it again.
  await approveRequest(ann, { ticketId });
  expect(await wordsOf(ticketId)).toEqual(["applied", "refused", "waiting"]);
});

test("a request that ends otherwise leaves nothing to tell", async () => {
  const { ticketId, ann } = await asked({});
  await driver.settle(ticketId);
  await approveRequest(ann, { ticketId });
  await inTransaction(async (tx) => {
    const ticket = await lockTicket(tx, ticketId);
    await tx.approvalTicket.update({ where: { id: ticket.id }, data: { status: "CANCELLED" } });
  });
  expect((await readDelivery(db(), ticketId))?.words).toHaveLength(2);
  await driver.settle(ticketId);
  expect((await ticketOf(ticketId)).status).toBe("CANCELLED");
  expect(await wordsOf(ticketId)).toEqual(["applied", "void", "void"]);
  expect(await db().approvalStepDecision.count({ where: { step: { ticketId } } })).toBe(0);
});
