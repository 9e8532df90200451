import { describe, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { aVm } from "@/e2e/factories/vm";
import { createEnvironment } from "@/lib/access/environments/create-environment";
import { createEnvironmentInput } from "@/lib/access/environments/schema";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { approveRequest } from "../approve-request";
import { deleteVm } from "../delete-vm";
import { pauseSchedule } from "./pause-schedule";
import { removeSchedule } from "./remove-schedule";
import { skipRun } from "./skip-run";
import { expireVm } from "./expire-vm.handler";
import { extendVm } from "./extend-vm";
import { protectVm } from "./protect-vm";
import { listDueLives, listDueRuns, listUpcoming, readLifetime } from "./queries";
import { requestExtension } from "./request-extension";
import { requestSchedule } from "./request-schedule";
import { runSchedule } from "./run-schedule.handler";
import { setEnvironmentLifetime } from "./set-environment-lifetime";
import { startLifetime } from "./start-lifetime";

interface Limits {
  defaultDays: number | null;
  longestDays: number | null;
  graceDays: number;
}

async function aMachine(
  limits: Limits | null = null,
  over: { status?: string; class?: "test" | "prod" } = {},
) {
  const admin = await anAdministrator();
  const name = `e${newId().slice(-8)}`;
  const draft = { name, class: over.class ?? "test", displayName: name };
  await createEnvironment(admin, createEnvironmentInput.parse(draft));
  if (limits !== null) await setEnvironmentLifetime(admin, { environment: name, ...limits });
  const { id: clusterId } = await aCluster({ environment: name });
  const namespace = (await aNamespace({ environment: name })).name;
  const vm = await aVm({ clusterId, namespace, status: over.status ?? "RUNNING" });
  const row = await db().vm.findUniqueOrThrow({ where: { id: vm.id }, include: { service: true } });
  return { admin, environment: name, vmId: vm.id, vmName: vm.name, systemId: row.service.systemId };
}

type Machine = Awaited<ReturnType<typeof aMachine>>;

async function anOwner({ systemId, environment }: Machine) {
  const person = await aPerson("role-development-engineer", { environments: [environment] });
  await db().resourceRoleBinding.create({
    data: {
      id: newId(),
      userId: person.actor.id,
      role: "owner",
      resourceType: "system",
      resourceId: systemId,
      grantedBy: "test",
    },
    select: { id: true },
  });
  return person;
}

const anApprover = ({ environment }: Machine) =>
  aPerson("role-approval-admin", { environments: [environment] });

async function expiringIn(days: number, { vmId }: Machine): Promise<void> {
  await db().$executeRaw`
    INSERT INTO vm_lifetimes (vm_id, expires_at) VALUES (${vmId}, now() + make_interval(hours => ${Math.round(days * 24)}::int))
    ON CONFLICT (vm_id) DO UPDATE SET expires_at = EXCLUDED.expires_at`;
}

const lifeOf = (vmId: string) => db().vmLifetime.findUniqueOrThrow({ where: { vmId } });
const ticketsOf = (resourceId: string, operation: string) =>
  db().approvalTicket.findMany({ where: { resourceId, operation }, orderBy: { createdAt: "asc" } });
const noticesOf = (ctx: Context & { actor: { id: string } }) =>
  db().notification.count({ where: { recipientId: ctx.actor.id, type: "VM_EXPIRY" } });
const isDue = async (vmId: string) => (await listDueLives()).some((life) => life.vmId === vmId);

describe("the end of a machine", () => {
  test("comes from its environment, or sooner by its own wish", async () => {
    const machine = await aMachine({ defaultDays: 30, longestDays: 90, graceDays: 7 });
    const { environment, vmId, admin } = machine;
    await inTransaction((tx) => startLifetime(tx, admin.now, { id: vmId, environment, wishedDays: 10 }));
    expect((await lifeOf(vmId)).expiresAt).toEqual(new Date(admin.now.getTime() + 10 * 86_400_000));
    const other = await aMachine();
    await inTransaction((tx) =>
      startLifetime(tx, admin.now, { id: other.vmId, environment: other.environment, wishedDays: undefined }),
    );
    expect(await db().vmLifetime.count({ where: { vmId: other.vmId } })).toBe(0);
  });

  test("is told fourteen, seven and one day before, each once, however many clocks ask", async () => {
    const machine = await aMachine();
    const owner = await anOwner(machine);
    for (const [left, told] of [
      [13, 1],
      [12, 1],
      [6, 2],
      [0.5, 3],
    ] as const) {
      await expiringIn(left, machine);
      await Promise.all([1, 2, 3, 4].map(() => expireVm({ vmId: machine.vmId })));
      expect(await noticesOf(owner)).toBe(told);
      expect(await isDue(machine.vmId)).toBe(false);
    }
  });

  test("stops it once, without asking, on record; then its deletion is asked for when the days of grace are over", async () => {
    const machine = await aMachine({ defaultDays: null, longestDays: null, graceDays: 3 }, { class: "prod" });
    await expiringIn(-1, machine);
    expect(await isDue(machine.vmId)).toBe(true);
    await Promise.all([1, 2, 3, 4].map(() => expireVm({ vmId: machine.vmId })));

    expect(await ticketsOf(machine.vmId, "STOP_VM")).toMatchObject([
      { status: "APPROVED", policyName: "expiry", requesterId: "expiry" },
    ]);
    expect(await lifeOf(machine.vmId)).toMatchObject({ state: "grace" });
    const records = { resourceId: machine.vmId, action: "vm.expire" };
    expect(await db().auditLog.count({ where: records })).toBe(1);
    expect(await isDue(machine.vmId)).toBe(false);

    await db()
      .$executeRaw`UPDATE vms SET status = 'STOPPED', active_event_id = NULL WHERE id = ${machine.vmId}`;
    await db()
      .$executeRaw`UPDATE vm_lifetimes SET grace_ends_at = now() - interval '1 minute' WHERE vm_id = ${machine.vmId}`;
    await Promise.all([1, 2, 3, 4].map(() => expireVm({ vmId: machine.vmId })));
    expect(await ticketsOf(machine.vmId, "DELETE_VM")).toMatchObject([{ status: "PENDING" }]);
    expect(await lifeOf(machine.vmId)).toMatchObject({ state: "deleting" });
  });

  test("waits while a rule forbids the stop, and keeps what is protected", async () => {
    const machine = await aMachine();
    await expiringIn(-1, machine);
    const rule = {
      id: newId(),
      name: `never-${newId().slice(-6)}`,
      environment: "all",
      operation: "STOP_VM",
    };
    await db().approvalPolicy.create({
      data: { ...rule, effect: "deny", systemId: machine.systemId },
      select: { id: true },
    });
    await expireVm({ vmId: machine.vmId });
    expect(await lifeOf(machine.vmId)).toMatchObject({ state: "running" });
    expect(await ticketsOf(machine.vmId, "STOP_VM")).toEqual([]);

    const kept = await aMachine(null, { status: "STOPPED" });
    await expiringIn(-1, kept);
    await protectVm(kept.admin, { vmId: kept.vmId, protected: true });
    await expireVm({ vmId: kept.vmId });
    await db()
      .$executeRaw`UPDATE vm_lifetimes SET grace_ends_at = now() - interval '1 minute' WHERE vm_id = ${kept.vmId}`;
    await expireVm({ vmId: kept.vmId });
    expect(await ticketsOf(kept.vmId, "DELETE_VM")).toEqual([]);
    expect(await lifeOf(kept.vmId)).toMatchObject({ state: "grace" });
  });
});

describe("a longer life", () => {
  test("is one click within the limits; beyond them it is refused at its field", async () => {
    const machine = await aMachine({ defaultDays: 30, longestDays: 40, graceDays: 7 });
    const owner = await anOwner(machine);
    await expiringIn(5, machine);
    const extend = (days: number) => extendVm(owner, { vmId: machine.vmId, days });

    await expect(extend(31)).rejects.toMatchObject({ fields: [{ field: "days", code: "too_large" }] });
    await extend(30);
    expect(await readLifetime(owner, machine.vmId)).toMatchObject({ extensionsLeft: 2, extendableDays: 4 });
    await extend(4);
    await expect(extend(1)).rejects.toMatchObject({ fields: [{ field: "days", code: "ask_for_more" }] });
    expect(await db().auditLog.count({ where: { resourceId: machine.vmId, action: "vm.extend" } })).toBe(2);
  });

  test("beyond the limits is asked for, decided by somebody else, and withdraws what the end has asked", async () => {
    const machine = await aMachine(null, { status: "STOPPED" });
    const [owner, approver] = [await anOwner(machine), await anApprover(machine)];
    await expiringIn(-2, machine);
    await expireVm({ vmId: machine.vmId });
    await db()
      .$executeRaw`UPDATE vm_lifetimes SET grace_ends_at = now() - interval '1 minute' WHERE vm_id = ${machine.vmId}`;
    await expireVm({ vmId: machine.vmId });
    const [deletion] = await ticketsOf(machine.vmId, "DELETE_VM");
    expect(deletion?.status).toBe("PENDING");

    const asked = await requestExtension(owner, { vmId: machine.vmId, days: 200, reason: "A long test" });
    expect(asked.status).toBe("PENDING_APPROVAL");
    await approveRequest(approver, { ticketId: asked.ticketId });

    const life = await lifeOf(machine.vmId);
    expect(life).toMatchObject({ state: "running", extensions: 0, graceEndsAt: null });
    expect((life.expiresAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(199 * 86_400_000);
    expect(await ticketsOf(machine.vmId, "EXTEND_VM")).toMatchObject([{ status: "SUCCESS" }]);
    expect(await ticketsOf(machine.vmId, "DELETE_VM")).toMatchObject([{ status: "CANCELLED" }]);
    await expect(approveRequest(approver, { ticketId: deletion?.id ?? "" })).rejects.toMatchObject({
      code: "INVALID_STATE",
    });
  });

  test("is not for who only looks, and a stranger learns nothing", async () => {
    const machine = await aMachine();
    await expiringIn(5, machine);
    const stranger = await aPerson("role-development-engineer", { environments: [machine.environment] });
    await expect(extendVm(stranger, { vmId: machine.vmId, days: 1 })).rejects.toMatchObject({
      code: "RESOURCE_NOT_FOUND",
    });
    await expect(readLifetime(stranger, machine.vmId)).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
  });
});

describe("protection", () => {
  test("refuses a deletion when it is asked for and when it was approved before", async () => {
    const machine = await aMachine(null, { status: "STOPPED" });
    const [owner, approver] = [await anOwner(machine), await anApprover(machine)];
    const confirmName = machine.vmName;
    const { ticketId } = await deleteVm(owner, { vmId: machine.vmId, reason: "", confirmName });
    await protectVm(owner, { vmId: machine.vmId, protected: true });

    await expect(approveRequest(approver, { ticketId })).rejects.toMatchObject({
      code: "DELETION_PROTECTED",
    });
    expect(await ticketsOf(machine.vmId, "DELETE_VM")).toMatchObject([{ status: "PENDING" }]);
    await db().approvalTicket.update({
      where: { id: ticketId },
      data: { status: "CANCELLED" },
      select: { id: true },
    });
    await expect(deleteVm(owner, { vmId: machine.vmId, reason: "", confirmName })).rejects.toMatchObject({
      code: "DELETION_PROTECTED",
    });

    await expect(protectVm(owner, { vmId: machine.vmId, protected: false })).rejects.toMatchObject({
      code: "DELETE_CONFIRMATION_REQUIRED",
    });
    await protectVm(owner, { vmId: machine.vmId, protected: false, confirmName });
    expect((await deleteVm(owner, { vmId: machine.vmId, reason: "", confirmName })).status).toBe(
      "PENDING_APPROVAL",
    );
  });
});

describe("a schedule", () => {
  const office = [{ action: "stop" as const, weekdays: [1, 2, 3, 4, 5, 6, 7], time: "19:00" }];
  const dueNow = (vmId: string, minutesAgo: number) => db().$executeRaw`
    UPDATE power_schedules SET next_at = now() - make_interval(mins => ${minutesAgo}::int) WHERE vm_id = ${vmId}`;
  const scheduleOf = (vmId: string) => db().powerSchedule.findUniqueOrThrow({ where: { vmId } });

  async function aScheduled(over: { status?: string } = {}) {
    const machine = await aMachine(null, over);
    const owner = await anOwner(machine);
    const wish = { vmId: machine.vmId, timeZone: "Europe/Berlin", entries: office, reason: "" };
    expect((await requestSchedule(owner, wish)).status).toBe("ACCEPTED");
    return { ...machine, owner };
  }

  test("stops the machine at its hour, once, whoever's clock is first, and sets the next", async () => {
    const { vmId, owner } = await aScheduled();
    await dueNow(vmId, 1);
    expect(await listDueRuns()).toContainEqual({ vmId });
    await Promise.all([1, 2, 3, 4].map(() => runSchedule({ vmId })));

    expect(await ticketsOf(vmId, "STOP_VM")).toMatchObject([{ status: "APPROVED", policyName: "schedule" }]);
    const schedule = await scheduleOf(vmId);
    expect(schedule).toMatchObject({ lastOutcome: "done", nextAction: "stop" });
    expect(schedule.nextAt?.getTime()).toBeGreaterThan(Date.now());
    const upcoming = await listUpcoming(owner, {
      from: new Date(),
      to: new Date(Date.now() + 9 * 86_400_000),
    });
    expect(upcoming).toMatchObject([{ vmId, kind: "stop" }]);
  });

  test.for([
    ["a machine that rests already", "STOPPED", 1, "skipped"],
    ["a run that comes an hour late", "RUNNING", 60, "missed"],
  ] as const)("leaves alone %s", async ([, status, minutesAgo, outcome]) => {
    const { vmId } = await aScheduled({ status });
    await dueNow(vmId, minutesAgo);
    await runSchedule({ vmId });
    expect(await ticketsOf(vmId, "STOP_VM")).toEqual([]);
    expect(await scheduleOf(vmId)).toMatchObject({ lastOutcome: outcome });
  });

  test("leaves one run out, pauses until a day, goes on, and ends", async () => {
    const { vmId, owner } = await aScheduled();
    const first = (await scheduleOf(vmId)).nextAt?.getTime() ?? 0;
    await skipRun(owner, { vmId });
    expect(((await scheduleOf(vmId)).nextAt?.getTime() ?? 0) - first).toBeGreaterThan(22 * 3_600_000);
    const until = new Date(Date.now() + 10 * 86_400_000);
    await pauseSchedule(owner, { vmId, until });
    expect((await scheduleOf(vmId)).nextAt?.getTime()).toBeGreaterThan(until.getTime());
    await pauseSchedule(owner, { vmId, until: null });
    expect((await scheduleOf(vmId)).nextAt?.getTime()).toBe(first);
    await removeSchedule(owner, { vmId });
    expect(await db().powerSchedule.count({ where: { vmId } })).toBe(0);
  });

  test("in production is decided once, because its runs then ask nobody", async () => {
    const machine = await aMachine(null, { class: "prod" });
    const [owner, approver] = [await anOwner(machine), await anApprover(machine)];
    const wish = { vmId: machine.vmId, timeZone: "UTC", entries: office, reason: "Nobody works at night" };
    const { status, ticketId } = await requestSchedule(owner, wish);
    expect(status).toBe("PENDING_APPROVAL");
    expect(await db().powerSchedule.count({ where: { vmId: machine.vmId } })).toBe(0);
    await approveRequest(approver, { ticketId });
    expect(await scheduleOf(machine.vmId)).toMatchObject({ setBy: owner.actor.id, ticketId });
  });
});
