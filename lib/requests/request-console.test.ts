import { expect, test } from "vitest";
import { aConsoleUser, aRunningVm, consoleRecords } from "@/e2e/factories/console";
import { aPerson } from "@/e2e/factories/person";
import type { RequestConsole } from "@/lib/console/schema";
import { openConsole } from "@/lib/console/open-console";
import { findLiveGrant } from "@/lib/console/queries";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { approveRequest } from "./approve-request";
import { readConsoleAccess } from "./read-console-access";
import { rejectRequest } from "./reject-request";
import { requestConsole } from "./request-console";

const ask = (ctx: Context, vmId: string, over: Partial<RequestConsole> = {}) =>
  requestConsole(ctx, { vmId, consoleType: "vnc", ...over });

const reason = "The application does not answer any more.";

test("in a test environment a console opens at once", async () => {
  const vm = await aRunningVm();
  const { ctx } = await aConsoleUser(vm.systemId);
  const answer = await ask(ctx, vm.id);
  expect(answer).toMatchObject({
    status: "ISSUED",
    socketPath: `/api/v1/vms/${vm.id}/vnc`,
    grantEndsAt: null,
  });
  const token = answer.token ?? "";
  await openConsole(ctx, { token, vmId: vm.id, consoleType: "vnc", proxyId: "proxy" });
  expect((await consoleRecords(vm.id)).map(({ phase }) => phase)).toEqual(["issued", "used"]);
});

test("in production somebody else approves first, for a reason and a time", async () => {
  const vm = await aRunningVm({ environment: "prod" });
  const { ctx } = await aConsoleUser(vm.systemId);
  const approver = await aPerson("role-approval-admin", { environments: ["prod"] });
  await expect(ask(ctx, vm.id)).rejects.toMatchObject({
    code: "VALIDATION_FAILED",
    fields: [
      { field: "reason", code: "required" },
      { field: "minutes", code: "required" },
    ],
  });
  const pending = await ask(ctx, vm.id, { reason, minutes: 30 });
  expect(pending).toMatchObject({ status: "PENDING_APPROVAL", token: null, socketPath: null });
  expect(await readConsoleAccess(ctx, { vmId: vm.id })).toMatchObject({
    requiresApproval: true,
    grant: null,
    request: { ticketId: pending.ticketId, status: "PENDING" },
  });
  await expect(ask(ctx, vm.id, { reason, minutes: 30 })).rejects.toMatchObject({
    code: "DUPLICATE_PENDING_REQUEST",
  });

  await approveRequest(approver, { ticketId: pending.ticketId ?? "" });
  const issued = await ask(ctx, vm.id);
  expect(issued).toMatchObject({ status: "ISSUED", ticketId: pending.ticketId });
  expect((issued.grantEndsAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(29 * 60_000);
  expect((issued.grantEndsAt?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(30 * 60_000);
});

test("opening a production console wants a second factor proved a moment ago, asking for one does not", async () => {
  const vm = await aRunningVm({ environment: "prod" });
  const { ctx } = await aConsoleUser(vm.systemId);
  const approver = await aPerson("role-approval-admin", { environments: ["prod"] });
  const stale = { ...ctx, actor: { ...ctx.actor, mfaAt: null } };
  const { ticketId } = await ask(stale, vm.id, { reason, minutes: 5 });
  await approveRequest(approver, { ticketId: ticketId ?? "" });
  await expect(ask(stale, vm.id)).rejects.toMatchObject({
    code: "MFA_REQUIRED",
    params: { purpose: "open_production_console" },
  });
  expect(await db().vncAccessToken.count({ where: { vmId: vm.id } })).toBe(0);
  expect(await ask(ctx, vm.id)).toMatchObject({ status: "ISSUED" });

  const inTest = await aRunningVm();
  const member = await aConsoleUser(inTest.systemId);
  const withoutFactor = { ...member.ctx, actor: { ...member.ctx.actor, mfaAt: null } };
  expect(await ask(withoutFactor, inTest.id)).toMatchObject({ status: "ISSUED" });
});

test("a running grant is good for another connection, one that has ended is not", async () => {
  const vm = await aRunningVm({ environment: "prod" });
  const { ctx } = await aConsoleUser(vm.systemId);
  const colleague = await aConsoleUser(vm.systemId);
  const approver = await aPerson("role-approval-admin", { environments: ["prod"] });
  const { ticketId } = await ask(ctx, vm.id, { reason, minutes: 5 });
  await approveRequest(approver, { ticketId: ticketId ?? "" });
  const first = await ask(ctx, vm.id);
  const second = await ask(ctx, vm.id);
  expect(second.token).not.toBe(first.token);
  expect(second.grantEndsAt).toEqual(first.grantEndsAt);
  await expect(ask(colleague.ctx, vm.id)).rejects.toMatchObject({ code: "VALIDATION_FAILED" });

  await db().$executeRaw`UPDATE console_grants SET ends_at = now() WHERE ticket_id = ${ticketId}`;
  await expect(ask(ctx, vm.id)).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
  const access = await readConsoleAccess(ctx, { vmId: vm.id });
  expect(access.grant).toBeNull();
  expect(access.request?.grantEndedAt).toBeInstanceOf(Date);
  const next = await ask(ctx, vm.id, { reason, minutes: 5 });
  expect(next.ticketId).not.toBe(ticketId);
});

test("a rejection is told with its reason, and looking at it issues nothing", async () => {
  const vm = await aRunningVm({ environment: "prod" });
  const { ctx } = await aConsoleUser(vm.systemId);
  const approver = await aPerson("role-approval-admin", { environments: ["prod"] });
  const { ticketId } = await ask(ctx, vm.id, { reason, minutes: 5 });
  await rejectRequest(approver, { ticketId: ticketId ?? "", reason: "Use the logs." });
  const access = await readConsoleAccess(ctx, { vmId: vm.id });
  expect(access.request).toMatchObject({ status: "REJECTED", rejectReason: "Use the logs." });
  expect(await db().vncAccessToken.count({ where: { vmId: vm.id } })).toBe(0);
});

test("a stranger learns nothing, a viewer may not, a VM that does not run has no console", async () => {
  const vm = await aRunningVm();
  const stopped = await aRunningVm({ status: "STOPPED" });
  const stranger = await aPerson("role-system-operator");
  const viewer = await aConsoleUser(vm.systemId, { role: "viewer" });
  const member = await aConsoleUser(stopped.systemId);
  for (const look of [ask, (ctx: Context, vmId: string) => readConsoleAccess(ctx, { vmId })]) {
    await expect(look(stranger, vm.id)).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
    await expect(look(stranger, "no-such-vm")).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
    await expect(look(viewer.ctx, vm.id)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  }
  await expect(ask(member.ctx, stopped.id)).rejects.toMatchObject({
    code: "INVALID_STATE",
    params: { object: "vm", state: "STOPPED" },
  });
  expect(await db().vncAccessToken.count({ where: { vmId: { in: [vm.id, stopped.id] } } })).toBe(0);
});

test("one approval covers the restart too where that was asked for, and only there", async () => {
  const vm = await aRunningVm({ environment: "prod" });
  const approver = await aPerson("role-approval-admin", { environments: ["prod"] });
  for (const covers of [undefined, ["console", "restart"] as const]) {
    const { ctx } = await aConsoleUser(vm.systemId);
    const over = covers === undefined ? {} : { covers: [...covers] };
    const { ticketId } = await ask(ctx, vm.id, { reason, minutes: 30, ...over });
    await approveRequest(approver, { ticketId: ticketId ?? "" });
    const grant = { userId: ctx.actor.id, vmId: vm.id };
    expect(await findLiveGrant(db(), { ...grant, covers: "restart" })).toEqual(
      covers === undefined ? null : expect.objectContaining({ ticketId, covers: ["console", "restart"] }),
    );
    expect(await findLiveGrant(db(), grant)).toMatchObject({ ticketId });
  }
});

test("with nobody connected there is nothing to watch", async () => {
  const vm = await aRunningVm();
  const { ctx } = await aConsoleUser(vm.systemId);
  await expect(ask(ctx, vm.id, { mode: "watch" })).rejects.toMatchObject({
    code: "INVALID_STATE",
    params: { object: "console", state: "free" },
  });
});
