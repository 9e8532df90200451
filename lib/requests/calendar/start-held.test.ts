import { describe, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { aVm } from "@/e2e/factories/vm";
import { platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { closeRequest } from "../close-request.handler";
import { cancelRequest } from "../cancel-request";
import { stopVm } from "../stop-vm";
import { addFreeze } from "./add-freeze";
import { addWindow } from "./add-window";
import { listCalendar, listDueHeld } from "./queries";
import { removeFreeze } from "./remove-freeze";
import { startHeld } from "./start-held.handler";

const hourMs = 3_600_000;

/** A running machine in an environment of its own, where stopping asks nobody, and somebody who may stop it. */
async function aStoppable() {
  const environment = `env-${newId().slice(-8)}`;
  await db().environment.create({
    data: { name: environment, class: "test", displayName: environment },
    select: { name: true },
  });
  const cluster = await aCluster({ environment });
  const namespace = await aNamespace({ environment });
  const vm = await aVm({ clusterId: cluster.id, namespace: namespace.name, status: "RUNNING" });
  const person = await aPerson("role-development-engineer", { environments: [environment] });
  const { service } = await db().vm.findUniqueOrThrow({ where: { id: vm.id }, include: { service: true } });
  await db().resourceRoleBinding.create({
    data: {
      ...{ id: newId(), userId: person.actor.id, resourceType: "system", resourceId: service.systemId },
      ...{ role: "owner", grantedBy: "test" },
    },
    select: { id: true },
  });
  return { environment, vm, person };
}

/** A window that opened some hours from now lets nothing begin now. */
function aWindow(ctx: Context, environment: string, hoursAhead: number) {
  const start = new Date(ctx.now.getTime() + hoursAhead * hourMs);
  return addWindow(ctx, {
    environment,
    name: "Nightly",
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    startsAt: start.toISOString().slice(11, 16),
    durationMinutes: 60,
    timeZone: "UTC",
    operations: [],
    enabled: true,
  });
}

async function comeDue(ticketId: string) {
  await db()
    .$executeRaw`UPDATE approval_tickets SET held_until = now() - interval '1 second' WHERE id = ${ticketId}`;
}

/** A stop that waits for the window, its hour come and the window gone, so that nothing else holds it. */
async function aDueStop() {
  const stoppable = await aStoppable();
  const administrator = await anAdministrator();
  const window = await aWindow(administrator, stoppable.environment, 5);
  const { ticketId } = await stopVm(stoppable.person, { vmId: stoppable.vm.id, reason: "" });
  await db().changeWindow.delete({ where: { id: window.id } });
  await comeDue(ticketId);
  return { ...stoppable, ticketId };
}

const ticketOf = (id: string) => db().approvalTicket.findUniqueOrThrow({ where: { id } });
const statusOf = async (vmId: string) => (await db().vm.findUniqueOrThrow({ where: { id: vmId } })).status;

async function hearOfIt(ticketId: string) {
  await closeRequest({ eventId: (await ticketOf(ticketId)).eventId });
}

describe("what was approved outside a window", () => {
  test("waits as it was approved, and its machine stays as it is", async () => {
    const { environment, vm, person } = await aStoppable();
    await aWindow(await anAdministrator(), environment, 5);
    const { ticketId } = await stopVm(person, { vmId: vm.id, reason: "" });
    const ticket = await ticketOf(ticketId);
    expect(ticket).toMatchObject({ status: "APPROVED", holdReason: { kind: "window", name: "Nightly" } });
    expect(ticket.heldUntil?.getTime()).toBeGreaterThan(person.now.getTime() + 4 * hourMs);
    expect(await statusOf(vm.id)).toBe("RUNNING");
    await startHeld({ ticketId });
    expect(await statusOf(vm.id)).toBe("RUNNING");
    const { now } = person;
    const seen = await listCalendar(person, {
      from: now,
      to: new Date(now.getTime() + 24 * hourMs),
      environment,
    });
    expect(seen.map(({ kind }) => kind).sort()).toEqual(["request", "window"]);
    const stranger = await aPerson("role-development-engineer", { environments: [environment] });
    const others = await listCalendar(stranger, {
      from: now,
      to: new Date(now.getTime() + 24 * hourMs),
      environment,
    });
    expect(others.map(({ kind }) => kind)).toEqual(["window"]);
  });

  test("waits for the hour its requester wishes, where no window is needed", async () => {
    const { vm, person } = await aStoppable();
    const startAt = new Date(person.now.getTime() + 2 * hourMs).toISOString();
    const { ticketId } = await stopVm(person, { vmId: vm.id, reason: "", startAt });
    expect(await ticketOf(ticketId)).toMatchObject({
      ...{ status: "APPROVED", heldUntil: new Date(startAt), holdReason: { kind: "scheduled", name: null } },
    });
  });

  test("starts once when its hour comes, however many workers try", async () => {
    const { ticketId, vm } = await aDueStop();
    expect(await listDueHeld()).toContainEqual({ ticketId });
    await Promise.all(Array.from({ length: 8 }, () => startHeld({ ticketId })));
    expect(await ticketOf(ticketId)).toMatchObject({ status: "APPROVED", heldUntil: null });
    expect(await statusOf(vm.id)).toBe("STOPPING");
    const { eventId } = await ticketOf(ticketId);
    const jobs = await db().$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE name = 'vms.power' AND data ->> 'eventId' = ${eventId}`;
    expect(jobs).toHaveLength(1);
  });

  test("is refused when it is not what was approved any more, and its requester hears of it", async () => {
    const { ticketId, vm, person } = await aDueStop();
    await db().$executeRaw`UPDATE approval_tickets
      SET request_params = jsonb_set(request_params, '{operation}', '"DELETE_VM"') WHERE id = ${ticketId}`;
    await startHeld({ ticketId });
    await hearOfIt(ticketId);
    expect(await ticketOf(ticketId)).toMatchObject({ status: "FAILED", lastError: { code: "SPEC_CHANGED" } });
    expect(await statusOf(vm.id)).toBe("RUNNING");
    const notices = await db().notification.count({
      where: { relatedTicketId: ticketId, recipientId: person.actor.id, type: "VM_STATUS_CHANGE" },
    });
    expect(notices).toBe(1);
  });

  test("fails when its machine does not fit any more", async () => {
    const { ticketId, vm } = await aDueStop();
    await db().vm.update({ where: { id: vm.id }, data: { status: "STOPPED" }, select: { id: true } });
    await startHeld({ ticketId });
    await hearOfIt(ticketId);
    expect(await ticketOf(ticketId)).toMatchObject({
      status: "FAILED",
      lastError: { code: "INVALID_STATE" },
    });
  });

  test("fails when a rule made meanwhile forbids it", async () => {
    const { ticketId } = await aDueStop();
    const { systemId } = await ticketOf(ticketId);
    const rule = { name: `no stops in ${systemId}`, operation: "STOP_VM", effect: "deny", priority: 1 };
    await db().approvalPolicy.create({ data: { id: newId(), ...rule, systemId }, select: { id: true } });
    await startHeld({ ticketId });
    await hearOfIt(ticketId);
    expect(await ticketOf(ticketId)).toMatchObject({
      status: "FAILED",
      lastError: { code: "POLICY_DENIED" },
    });
  });

  test("waits on when a freeze was made meanwhile, and is due again when that goes", async () => {
    const { ticketId, environment, vm } = await aDueStop();
    const administrator = await anAdministrator();
    const freeze = await addFreeze(administrator, {
      environment,
      reason: "Quarter end",
      startsAt: new Date(administrator.now.getTime() - hourMs).toISOString(),
      endsAt: new Date(administrator.now.getTime() + 10 * hourMs).toISOString(),
      operations: [],
    });
    expect(freeze.heldBack).toBe(1);
    await startHeld({ ticketId });
    expect(await ticketOf(ticketId)).toMatchObject({ holdReason: { kind: "freeze", name: "Quarter end" } });
    expect(await statusOf(vm.id)).toBe("RUNNING");
    expect(await removeFreeze(administrator, { freezeId: freeze.id })).toMatchObject({ heldBack: 0 });
    await comeDue(ticketId);
    await startHeld({ ticketId });
    expect(await statusOf(vm.id)).toBe("STOPPING");
  });
});

test("an emergency waits for no window", async () => {
  const { environment, vm, person } = await aStoppable();
  await aWindow(await anAdministrator(), environment, 5);
  const { ticketId } = await stopVm(person, { vmId: vm.id, reason: "" });
  await db().approvalTicket.update({ where: { id: ticketId }, data: { emergencyId: newId() } });
  await comeDue(ticketId);
  await startHeld({ ticketId });
  expect(await statusOf(vm.id)).toBe("STOPPING");
});

test("windows and freezes are the administrators' to keep", async () => {
  const { environment, person } = await aStoppable();
  await expect(aWindow(person, environment, 5)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  const dates = { startsAt: "2030-01-02T00:00:00Z", endsAt: "2030-01-01T00:00:00Z" };
  await expect(
    addFreeze(platformContext("test"), { environment: null, reason: "x", operations: [], ...dates }),
  ).rejects.toMatchObject({ fields: [{ field: "endsAt", code: "before_start" }] });
});

test("who asked may take it back until its hour, against a worker that starts it at the same moment", async () => {
  for (let round = 0; round < 5; round += 1) {
    const { environment, vm, person } = await aStoppable();
    await aWindow(await anAdministrator(), environment, 5);
    const { ticketId, eventId } = await stopVm(person, { vmId: vm.id, reason: "" });
    await comeDue(ticketId);
    await db().$executeRaw`UPDATE change_windows SET enabled = false WHERE environment = ${environment}`;
    const [taken] = await Promise.allSettled([
      cancelRequest(person, { ticketId, reason: "Not tonight" }),
      startHeld({ ticketId }),
    ]);
    const [ticket, event] = await Promise.all([
      db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } }),
      db().domainEvent.findUniqueOrThrow({ where: { id: eventId } }),
    ]);
    const expected = taken.status === "fulfilled" ? ["CANCELLED", "CANCELLED"] : ["APPROVED", "PROCESSING"];
    expect([ticket.status, event.status]).toEqual(expected);
    await expect(cancelRequest(person, { ticketId, reason: "" })).rejects.toMatchObject({
      code: "INVALID_STATE",
    });
  }
});
