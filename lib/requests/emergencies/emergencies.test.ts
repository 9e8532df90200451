import { expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { aVm } from "@/e2e/factories/vm";
import { addMember } from "@/lib/access/members/add-member";
import { changeMember } from "@/lib/access/members/change-member";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { requestSchedule } from "../lifetimes/request-schedule";
import { stopVm } from "../stop-vm";
import { endEmergency } from "./end-emergency";
import { expireEmergency } from "./expire-emergency.handler";
import { listExpiredEmergencies, readEmergency } from "./queries";
import { reviewEmergency } from "./review-emergency";
import { startEmergency } from "./start-emergency";

type Someone = Context & { actor: Person };

async function aProductionMachine() {
  const { id: clusterId } = await aCluster({ environment: "prod" });
  const namespace = (await aNamespace({ environment: "prod" })).name;
  const vm = await aVm({ clusterId, namespace, status: "RUNNING" });
  const row = await db().vm.findUniqueOrThrow({ where: { id: vm.id }, include: { service: true } });
  return { vmId: vm.id, systemId: row.service.systemId };
}

const anOperator = () => aPerson("role-emergency-operator", { environments: ["test", "prod"] });
const anApprover = () => aPerson("role-approval-admin", { environments: ["test", "prod"] });
const reason = "The shop is down and nobody answers";

async function anEmergency(operator: Someone, systemId: string) {
  const { id } = await startEmergency(operator, { systemId, environment: "prod", reason, minutes: 15 });
  return id;
}

const recordsOf = (resourceId: string, action: string) =>
  db().auditLog.count({ where: { action, resourceId } });

test("in an emergency a stop in production runs at once, in its name, and everybody who decides there is told", async () => {
  const { vmId, systemId } = await aProductionMachine();
  const [operator, approver] = [await anOperator(), await anApprover()];
  const id = await anEmergency(operator, systemId);

  const { ticketId, status } = await stopVm(operator, { vmId, reason });
  expect(status).toBe("ACCEPTED");
  expect(await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } })).toMatchObject({
    status: "APPROVED",
    emergencyId: id,
    policyEffect: "run",
  });
  expect(
    await db().notification.count({ where: { recipientId: approver.actor.id, type: "EMERGENCY_ACCESS" } }),
  ).toBe(1);
  expect(await recordsOf(id, "emergency.start")).toBe(1);
  const seen = await readEmergency(approver, id);
  expect(seen.requests.map((request) => request.id)).toEqual([ticketId]);
});

test("without one, and after its end, the same stop waits for a decision", async () => {
  const { vmId, systemId } = await aProductionMachine();
  const operator = await anOperator();
  await db().resourceRoleBinding.create({
    data: {
      id: newId(),
      userId: operator.actor.id,
      role: "member",
      resourceType: "system",
      resourceId: systemId,
      grantedBy: "test",
    },
    select: { id: true },
  });
  const id = await anEmergency(operator, systemId);
  await endEmergency(operator, { emergencyId: id });
  expect((await stopVm(operator, { vmId, reason })).status).toBe("PENDING_APPROVAL");
});

test("what the person was on the System before is theirs again afterwards, by hand or when its time is up", async () => {
  const { systemId } = await aProductionMachine();
  const operator = await anOperator();
  const key = { userId: operator.actor.id, resourceType: "system", resourceId: systemId };
  const held = () => db().resourceRoleBinding.findMany({ where: key, select: { role: true, source: true } });

  const first = await anEmergency(operator, systemId);
  expect(await held()).toEqual([{ role: "admin", source: "emergency" }]);
  await db().$executeRaw`
    UPDATE emergencies SET started_at = now() - interval '1 hour', ends_at = now() - interval '1 second' WHERE id = ${first}`;
  expect(await listExpiredEmergencies()).toContainEqual({ emergencyId: first });
  await expireEmergency({ emergencyId: first });
  expect(await held()).toEqual([]);

  await db().resourceRoleBinding.create({
    data: { id: newId(), ...key, role: "viewer", source: "manual", grantedBy: "test" },
    select: { id: true },
  });
  const second = await anEmergency(operator, systemId);
  expect(await held()).toEqual([{ role: "admin", source: "emergency" }]);
  await endEmergency(operator, { emergencyId: second });
  expect(await held()).toEqual([{ role: "viewer", source: "manual" }]);
});

test("its author never reviews it, nor does a program of theirs; somebody else does, once, and only afterwards", async () => {
  const { systemId } = await aProductionMachine();
  const operator = await anAdministrator();
  const approver = await anApprover();
  const emergencyId = await anEmergency(operator, systemId);
  const review = { emergencyId, verdict: "justified", comment: "The log shows the outage." } as const;

  await expect(reviewEmergency(approver, review)).rejects.toMatchObject({ code: "INVALID_STATE" });
  await endEmergency(operator, { emergencyId });
  await expect(reviewEmergency(operator, review)).rejects.toMatchObject({ code: "SELF_APPROVAL_FORBIDDEN" });
  const program = await anApprover();
  await db().user.update({
    where: { id: program.actor.id },
    data: { authType: "service", createdBy: operator.actor.id },
    select: { id: true },
  });
  await expect(reviewEmergency(program, review)).rejects.toMatchObject({ code: "SELF_APPROVAL_FORBIDDEN" });
  await expect(
    db().emergency.update({
      where: { id: emergencyId },
      data: { reviewedAt: new Date(), reviewedBy: operator.actor.id, verdict: "justified" },
    }),
  ).rejects.toThrow(/emergencies_not_by_author/);

  await reviewEmergency(approver, review);
  await expect(reviewEmergency(await anApprover(), review)).rejects.toMatchObject({ code: "INVALID_STATE" });
  expect(await recordsOf(emergencyId, "emergency.review")).toBe(1);
  const told = { recipientId: operator.actor.id, type: "EMERGENCY_REVIEW" };
  expect(await db().notification.count({ where: told })).toBe(1);
});

test("who may not, without a fresh second factor, by a token, for too long or twice at once: nothing is written", async () => {
  const { systemId } = await aProductionMachine();
  const operator = await anOperator();
  const input = { systemId, environment: "prod", reason, minutes: 15 };
  const count = () => db().emergency.count({ where: { systemId } });

  const engineer = await aPerson("role-development-engineer", { environments: ["test", "prod"] });
  await expect(startEmergency(engineer, input)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  const stale = { ...operator, actor: { ...operator.actor, mfaAt: null } };
  await expect(startEmergency(stale, input)).rejects.toMatchObject({ code: "MFA_REQUIRED" });
  const token = { permissions: null, environments: null, elevated: true };
  const program = { ...operator, actor: { ...operator.actor, token } };
  await expect(startEmergency(program, input)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await expect(startEmergency(operator, { ...input, minutes: 61 })).rejects.toMatchObject({
    fields: [{ field: "minutes", code: "too_large" }],
  });
  const elsewhere = { ...input, environment: "test" };
  const prodOnly = await aPerson("role-emergency-operator", { environments: ["prod"] });
  await expect(startEmergency(prodOnly, elsewhere)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  expect(await count()).toBe(0);

  const both = await Promise.allSettled([startEmergency(operator, input), startEmergency(operator, input)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await count()).toBe(1);
});

test("a rule that says no is not broken by an emergency", async () => {
  const { vmId, systemId } = await aProductionMachine();
  const operator = await anOperator();
  await db().approvalPolicy.create({
    data: {
      id: newId(),
      name: `never-${newId().slice(-6)}`,
      environment: "prod",
      operation: "STOP_VM",
      effect: "deny",
      systemId,
    },
    select: { id: true },
  });
  await anEmergency(operator, systemId);
  await expect(stopVm(operator, { vmId, reason })).rejects.toMatchObject({ code: "POLICY_DENIED" });
});

test("what it lends cannot be made to last: no membership for oneself or a friend, no schedule without being asked", async () => {
  const { vmId, systemId } = await aProductionMachine();
  const operator = await anOperator();
  await anEmergency(operator, systemId);
  const friend = await aPerson("role-development-engineer");
  const { id: userId } = operator.actor;
  await expect(
    changeMember(operator, { systemId, resourceType: "system", userId, expiresAt: null }),
  ).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
  });
  const ally = { systemId, resourceType: "system" as const, userId: friend.actor.id, role: "admin" as const };
  await expect(addMember(operator, ally)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  expect(
    await db().resourceRoleBinding.count({ where: { resourceId: systemId, source: { not: "emergency" } } }),
  ).toBe(0);

  const entries = [{ action: "stop" as const, weekdays: [1], time: "19:00" }];
  const asked = await requestSchedule(operator, { vmId, timeZone: "UTC", entries, reason });
  expect(asked.status).toBe("PENDING_APPROVAL");
});
