import { describe, expect, test } from "vitest";
import { aConsoleUser, aRunningVm } from "@/e2e/factories/console";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { aService } from "@/e2e/factories/service";
import { aStep, aWorkflow } from "@/e2e/factories/workflow";
import { actorId, type Context, type Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { approveRequest } from "../approve-request";
import { createDelegation } from "../delegations/create-delegation";
import { endDelegation } from "../delegations/end-delegation";
import { listDelegations } from "../delegations/queries";
import { listQueue } from "../queries";
import { rejectRequest } from "../reject-request";
import { requestConsole } from "../request-console";
import { requestVm } from "../request-vm";
import { openSteps, restartSteps } from "./open-steps";
import { pauseSteps, resumeSteps } from "./pause-steps";
import { previewSteps } from "./preview-steps";
import { readTimeline } from "./read-timeline";
import { conditionShape, type StepDefinition } from "./schema";
import { updateWorkflow } from "./update-workflow";

type Someone = Context & { actor: Person };
const approver = "role-approval-admin";
const inProduction = { environments: ["prod"] };
const aViewer = () => aPerson("role-viewer", inProduction);
const idOf = (ctx: Context) => actorId(ctx.actor);
const reason = "The application does not answer any more.";

/** A console wished for in production, decided by these steps. */
async function aQuestion(steps: StepDefinition[] | null, by?: Someone) {
  const vm = await aRunningVm({ environment: "prod" });
  const requester = by ?? (await aConsoleUser(vm.systemId)).ctx;
  if (by !== undefined) await aSeat(idOf(by), vm.systemId, "member");
  if (steps !== null) await aWorkflow(vm.systemId, steps);
  const wish = { vmId: vm.id, consoleType: "vnc", reason, minutes: 30 } as const;
  const ask = async () => (await requestConsole(requester, wish)).ticketId ?? "";
  return { vm, requester, ask };
}

async function aSeat(userId: string, systemId: string, role: string, grantedBy = "test") {
  await db().resourceRoleBinding.upsert({
    where: { userId_resourceType_resourceId: { userId, resourceType: "system", resourceId: systemId } },
    create: { id: newId(), userId, resourceType: "system", resourceId: systemId, role, grantedBy },
    update: { role },
    select: { id: true },
  });
}

async function giveRole(userId: string, roleId: string, createdBy = "test") {
  const id = newId();
  await db().roleBinding.create({
    data: { id, userId, roleId, allowedEnvironments: ["test", "prod"], createdBy },
    select: { id: true },
  });
  return id;
}

/** Away from now on, in whose place somebody decides. */
const standIn = (from: Context, to: Someone, over: { environments?: string[] } = {}) =>
  createDelegation(from, {
    to: to.actor.username,
    startsAt: new Date(Date.now() - 1_000),
    endsAt: new Date(Date.now() + 3_600_000),
    reason: "On holiday",
    environments: [],
    ...over,
  });

const refused = {
  code: expect.stringMatching(/SELF_APPROVAL_FORBIDDEN|PERMISSION_DENIED|RESOURCE_NOT_FOUND/) as string,
};
const isQueued = async (ctx: Context, ticketId: string) =>
  (await listQueue(ctx, { perPage: 100, view: "mine" })).items.some(({ id }) => id === ticketId);
const mineOf = async (ctx: Context, ticketId: string) =>
  (await readTimeline(ctx, ticketId)).steps.some(({ isMine }) => isMine);

describe("whoever asked never decides", () => {
  test("not alone, be they named by the step, approver everywhere or administrator", async () => {
    const all = await aPerson("role-platform-admin", { environments: ["test", "prod"] });
    await giveRole(idOf(all), approver);
    const { ask, requester } = await aQuestion([aStep([idOf(all), idOf(await aViewer())])], all);
    const ticketId = await ask();
    for (const decide of [approveRequest, rejectRequest])
      await expect(decide(requester, { ticketId, reason })).rejects.toMatchObject({
        code: "SELF_APPROVAL_FORBIDDEN",
      });
    expect(await isQueued(requester, ticketId)).toBe(false);
  });

  test("not by delegation, in either direction", async () => {
    const ann = await aPerson(approver, inProduction);
    const { ask, requester } = await aQuestion([aStep([idOf(ann)])]);
    await standIn(ann, requester);
    const ticketId = await ask();
    await expect(approveRequest(requester, { ticketId })).rejects.toMatchObject({
      code: "SELF_APPROVAL_FORBIDDEN",
    });

    // A requester who is an approver elsewhere passes on nothing of what they asked for themselves.
    const rita = await aPerson("role-system-operator", { environments: ["test", "prod"] });
    await giveRole(idOf(rita), approver);
    const bob = await aViewer();
    await standIn(rita, bob);
    const other = await aQuestion([aStep([idOf(rita), idOf(ann)])], rita);
    const theirs = await other.ask();
    await expect(approveRequest(bob, { ticketId: theirs })).rejects.toMatchObject(refused);
    await approveRequest(ann, { ticketId: theirs });
  });

  test("not through a service account of theirs, nor the other way round", async () => {
    const robot = await aPerson(approver, inProduction);
    const { ask, requester } = await aQuestion([aStep([idOf(robot), idOf(await aViewer())])]);
    await db().user.update({
      where: { id: idOf(robot) },
      data: { authType: "service", createdBy: idOf(requester) },
      select: { id: true },
    });
    await expect(approveRequest(robot, { ticketId: await ask() })).rejects.toMatchObject(refused);

    const maker = await aPerson(approver, inProduction);
    const machine = await aPerson("role-system-operator", { environments: ["test", "prod"] });
    await db().user.update({
      where: { id: idOf(machine) },
      data: { authType: "service", createdBy: idOf(maker) },
      select: { id: true },
    });
    const asked = await aQuestion([aStep([idOf(maker), idOf(await aViewer())])], machine);
    await expect(approveRequest(maker, { ticketId: await asked.ask() })).rejects.toMatchObject(refused);
  });

  test("not through a role or a place on the System that they gave while it was pending", async () => {
    const { ask, requester, vm } = await aQuestion([
      aStep([
        { kind: "owners", refId: null },
        { kind: "role", refId: approver },
      ]),
    ]);
    const [friend, owner, earlier] = await Promise.all([aViewer(), aViewer(), aPerson(null)]);
    await giveRole(idOf(earlier), approver, idOf(requester));
    const ticketId = await ask();
    await giveRole(idOf(friend), approver, idOf(requester));
    await aSeat(idOf(owner), vm.systemId, "owner", idOf(requester));
    for (const ctx of [friend, owner]) {
      await expect(approveRequest(ctx, { ticketId })).rejects.toMatchObject(refused);
      expect(await isQueued(ctx, ticketId)).toBe(false);
    }
    // What was given before anything was asked counts, and so does what somebody else gives.
    expect(await mineOf(earlier, ticketId)).toBe(true);
    const second = await aViewer();
    await giveRole(idOf(second), approver, "somebody-else");
    await approveRequest(second, { ticketId });
  });

  test("unless their environment has been relaxed", async () => {
    const { ask, requester } = await aQuestion([aStep([{ kind: "role", refId: "role-system-operator" }])]);
    const ticketId = await ask();
    await db().environment.update({
      where: { name: "prod" },
      data: { selfApproval: true },
      select: { name: true },
    });
    try {
      await approveRequest(requester, { ticketId });
    } finally {
      await db().environment.update({
        where: { name: "prod" },
        data: { selfApproval: false },
        select: { name: true },
      });
    }
    expect(await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } })).toMatchObject({
      status: "SUCCESS",
    });
  });
});

describe("who is asked", () => {
  test("a role that was withdrawn no longer counts, in the queue as in the decision", async () => {
    const { ask } = await aQuestion(null);
    const ann = await aPerson(null);
    const binding = await giveRole(idOf(ann), approver);
    const ticketId = await ask();
    expect(await isQueued(ann, ticketId)).toBe(true);
    expect(await mineOf(ann, ticketId)).toBe(true);
    await db().roleBinding.delete({ where: { id: binding }, select: { id: true } });
    expect(await isQueued(ann, ticketId)).toBe(false);
    await expect(approveRequest(ann, { ticketId })).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND" });
  });

  test("a token carries a decision only where it was made for it", async () => {
    const { ask } = await aQuestion(null);
    const ann = await aPerson(approver, inProduction);
    const ticketId = await ask();
    const reach = (permissions: Person["token"]) => ({ ...ann, actor: { ...ann.actor, token: permissions } });
    const reading = reach({ permissions: ["ticket:view"], environments: null, elevated: true });
    const elsewhere = reach({ permissions: null, environments: ["test"], elevated: true });
    for (const ctx of [reading, elsewhere]) {
      expect(await isQueued(ctx, ticketId)).toBe(false);
      await expect(approveRequest(ctx, { ticketId })).rejects.toMatchObject(refused);
    }
    const made = reach({ permissions: ["builtin_approval:approve"], environments: ["prod"], elevated: true });
    expect(await isQueued(made, ticketId)).toBe(true);
    await approveRequest(made, { ticketId });
  });

  test("a stand-in decides in somebody's place, where and as long as it was given; one seat is filled once", async () => {
    const [ann, bob, carl] = await Promise.all([aViewer(), aViewer(), aViewer()]);
    const steps = [aStep([idOf(ann), idOf(bob)], { mode: "quorum", needed: 2 })];
    const { ask } = await aQuestion(steps);
    const elsewhere = await standIn(ann, carl, { environments: ["test"] });
    const ticketId = await ask();
    await expect(approveRequest(carl, { ticketId })).rejects.toMatchObject(refused);
    await endDelegation(ann, { delegationId: elsewhere.id });
    expect((await listDelegations(carl)).items).toMatchObject([{ direction: "received", state: "ended" }]);

    const { id: delegationId } = await standIn(ann, carl);
    expect(await isQueued(carl, ticketId)).toBe(true);
    const told = (await readTimeline(carl, ticketId)).steps[0]?.eligible.find(({ id }) => id === idOf(carl));
    expect(told?.why).toMatchObject([{ kind: "user", standsInFor: { id: idOf(ann) } }]);
    await approveRequest(carl, { ticketId });
    expect(await db().approvalStepDecision.findFirstOrThrow({ where: { step: { ticketId } } })).toMatchObject(
      {
        approverId: idOf(carl),
        onBehalfOf: idOf(ann),
      },
    );
    await expect(approveRequest(ann, { ticketId })).rejects.toMatchObject({ code: "INVALID_STATE" });
    expect(await isQueued(ann, ticketId)).toBe(false);
    await endDelegation(ann, { delegationId });
    await approveRequest(bob, { ticketId });
    expect(await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } })).toMatchObject({
      status: "SUCCESS",
    });
  });

  test("where nobody is left an administrator helps out, and where not even one is, asking is refused", async () => {
    const gone = await aViewer();
    const { ask } = await aQuestion([aStep([idOf(gone)])]);
    const admin = await anAdministrator();
    const ticketId = await ask();
    await expect(approveRequest(admin, { ticketId })).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
    expect(await isQueued(admin, ticketId)).toBe(false);
    await db().user.update({ where: { id: idOf(gone) }, data: { enabled: false }, select: { id: true } });
    expect(await isQueued(admin, ticketId)).toBe(true);
    await approveRequest(admin, { ticketId });

    const lonely = await aQuestion([
      aStep([idOf(await aViewer()), idOf(gone)], { mode: "quorum", needed: 2 }),
    ]);
    const admins = await db().roleBinding.findMany({ where: { roleId: "role-platform-admin" } });
    await db().roleBinding.updateMany({
      where: { id: { in: admins.map(({ id }) => id) } },
      data: { expiresAt: new Date(0) },
    });
    try {
      await expect(lonely.ask()).rejects.toMatchObject({ code: "NO_APPROVER", params: { position: 1 } });
    } finally {
      await db().roleBinding.updateMany({
        where: { id: { in: admins.map(({ id }) => id) } },
        data: { expiresAt: null },
      });
    }
  });
});

describe("what steps may change", () => {
  async function aVm(steps: (people: { ann: string; bob: string }) => StepDefinition[]) {
    const requester = await aPerson("role-development-engineer", inProduction);
    const [ann, bob] = await Promise.all([aViewer(), aViewer()]);
    const namespace = await aNamespace({ environment: "prod" });
    const service = await aService(requester);
    const workflow = await aWorkflow(service.systemId, steps({ ann: idOf(ann), bob: idOf(bob) }));
    const wish = await aVmWish(requester, { serviceId: service.id, namespace: namespace.name });
    const { ticketId } = await requestVm(requester, wish);
    return { requester, ann, bob, ticketId, workflow, service };
  }

  test("only what the step names, and it goes on to the next with its reason", async () => {
    const { ann, ticketId } = await aVm(({ ann: a, bob: b }) => [
      aStep([a], { editable: ["diskGb"] }),
      aStep([b]),
    ]);
    await expect(approveRequest(ann, { ticketId, cpuLimit: 2 })).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
      fields: [{ field: "cpuLimit", code: "not_editable" }],
    });
    await expect(approveRequest(ann, { ticketId, diskGb: 80 })).rejects.toMatchObject({
      fields: [{ field: "modificationReason", code: "required" }],
    });
    await approveRequest(ann, { ticketId, diskGb: 80, modificationReason: "enough for now" });
    const ticket = await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } });
    expect(ticket).toMatchObject({ status: "PENDING", version: 2 });
    expect(ticket.pendingChoices).toEqual({ diskGb: 80, modificationReason: "enough for now" });
  });

  test("whoever makes it larger does not spare it the step of larger ones", async () => {
    const large = conditionShape.parse({ minDiskGb: 90 });
    const { ann, bob, ticketId } = await aVm(({ ann: a, bob: b }) => [
      aStep([b], { condition: large }),
      aStep([a]),
      aStep([a]),
    ]);
    const rows = () => db().approvalStep.findMany({ where: { ticketId }, orderBy: { position: "asc" } });
    expect((await rows()).map(({ status, skipReason }) => [status, skipReason])).toEqual([
      ["SKIPPED", "size"],
      ["ACTIVE", null],
      ["WAITING", null],
    ]);
    await approveRequest(ann, { ticketId, diskGb: 95, modificationReason: "it will grow" });
    expect((await rows()).map(({ status }) => status)).toEqual(["ACTIVE", "APPROVED", "WAITING"]);
    await approveRequest(bob, { ticketId });
    expect((await rows()).map(({ status }) => status)).toEqual(["APPROVED", "APPROVED", "ACTIVE"]);
  });

  test("a workflow that is changed later changes nothing for what waits; asked anew, every step begins again", async () => {
    const { ann, ticketId, workflow, service, requester } = await aVm(({ ann: a, bob: b }) => [
      aStep([a], { timeoutHours: 10 }),
      aStep([b]),
    ]);
    const match = { ...conditionShape.parse({}), systemId: service.systemId };
    const input = { name: workflow.name, description: "", enabled: true, priority: 100, match };
    const steps = [aStep([idOf(ann)], { name: "only" })];
    await updateWorkflow(await anAdministrator(), { workflowId: workflow.id, revision: 1, ...input, steps });
    await expect(
      updateWorkflow(await anAdministrator(), { workflowId: workflow.id, revision: 1, ...input, steps }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    await approveRequest(ann, { ticketId });
    const again = await readTimeline(requester, ticketId);
    expect(again.steps.map(({ status }) => status)).toEqual(["APPROVED", "ACTIVE"]);

    await inTransaction((tx) => restartSteps(tx, requester, { id: ticketId }));
    const restarted = await readTimeline(requester, ticketId);
    expect(restarted.round).toBe(2);
    expect(restarted.steps.map(({ status, name }) => [status, name])).toEqual([
      ["ACTIVE", ""],
      ["WAITING", ""],
    ]);
    expect(restarted.happenings.map(({ action }) => action)).toEqual(["vm.request", "approval.step_approve"]);
    await approveRequest(ann, { ticketId });
  });

  test("while the requester is asked for more, no time limit runs", async () => {
    const { ticketId } = await aVm(({ ann: a }) => [aStep([a], { timeoutHours: 10 })]);
    const step = () => db().approvalStep.findFirstOrThrow({ where: { ticketId } });
    await inTransaction((tx) => pauseSteps(tx, { id: ticketId }));
    expect((await step()).dueAt).toBeNull();
    expect((await step()).remainingSeconds).toBeGreaterThan(35_900);
    await inTransaction((tx) => resumeSteps(tx, { id: ticketId }));
    expect((await step()).dueAt?.getTime()).toBeGreaterThan(Date.now() + 35_900_000);
  });
});

test("before anything is asked, the steps are told with the people who could decide them", async () => {
  const [ann, requester] = await Promise.all([aViewer(), aViewer()]);
  const { id: systemId } = await db().system.create({
    data: { id: newId(), name: `s${newId().slice(-8)}`, createdBy: "test" },
    select: { id: true },
  });
  await aWorkflow(systemId, [
    aStep([idOf(ann), idOf(requester)]),
    aStep([idOf(ann)], { condition: conditionShape.parse({ requiresGpu: true }) }),
  ]);
  const question = {
    operation: "CREATE_VM" as const,
    ...{ systemId, environment: "prod", environmentClass: "prod" as const, demand: null },
    requesterId: idOf(requester),
  };
  const told = await previewSteps(db(), question);
  expect(told.steps[0]?.eligible.map(({ id }) => id)).toEqual([idOf(ann)]);
  expect(told.steps.map(({ skipReason }) => skipReason)).toEqual([null, "gpu"]);
});

test("opening the steps of a ticket twice is no way to a second chance", async () => {
  const { ask, requester } = await aQuestion(null);
  const ticketId = await ask();
  await expect(inTransaction((tx) => openSteps(tx, requester, { ticketId }))).rejects.toBeDefined();
  expect(await db().approvalStep.count({ where: { ticketId } })).toBe(1);
});
