import { describe, expect, test } from "vitest";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { authorize } from "@/lib/access/authorize";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { approveRequest } from "@/lib/requests/approve-request";
import { cancelRequest } from "@/lib/requests/cancel-request";
import { countQueue, listQueue, listRequests, readDesk, readRequest } from "@/lib/requests/queries";
import { rejectRequest } from "@/lib/requests/reject-request";
import { requireDecider } from "@/lib/requests/require-decider";
import type { ResourceRole } from "@/lib/vocabulary/permissions";
import { requestAccess } from "./request-access";

type Someone = Context & { actor: Person };
const dayMs = 86_400_000;
const page = { perPage: 20 };

/** A listed System, who keeps it, and somebody who has asked for a role on it. */
async function aRequest(over: { asker?: Someone; role?: "admin" | "member" | "viewer"; days?: number } = {}) {
  const keeper = await aPerson("role-development-engineer");
  const { systemId } = await aService(keeper);
  await db().system.update({ where: { id: systemId }, data: { listed: true }, select: { id: true } });
  const asker = over.asker ?? (await aPerson("role-development-engineer"));
  const { role = "member", days = 30 } = over;
  const { ticketId } = await requestAccess(asker, { systemId, role, days, reason: "On call" });
  return { keeper, systemId, asker, ticketId };
}

async function giveRole({ actor }: Someone, systemId: string, role: ResourceRole, expiresAt?: Date) {
  await db().resourceRoleBinding.create({
    data: {
      id: newId(),
      userId: actor.id,
      resourceType: "system",
      resourceId: systemId,
      role,
      expiresAt: expiresAt ?? null,
      grantedBy: "test",
    },
    select: { id: true },
  });
}

const bindingOf = ({ actor }: Someone, systemId: string) =>
  db().resourceRoleBinding.findUnique({
    where: {
      userId_resourceType_resourceId: { userId: actor.id, resourceType: "system", resourceId: systemId },
    },
  });

const statusOf = async (id: string) =>
  (await db().approvalTicket.findUniqueOrThrow({ where: { id }, select: { status: true } })).status;

describe("an approval", () => {
  test("gives the role until its time is up, and the request is done at once", async () => {
    const { keeper, systemId, asker, ticketId } = await aRequest();
    const scope = { systemId, role: "member" } as const;
    await expect(authorize(db(), asker, "system:read", scope)).rejects.toMatchObject({
      code: "RESOURCE_NOT_FOUND",
    });

    await approveRequest(keeper, { ticketId });
    await authorize(db(), asker, "system:read", scope);
    expect(await bindingOf(asker, systemId)).toMatchObject({
      role: "member",
      source: "request",
      ticketId,
      grantedBy: keeper.actor.id,
      expiresAt: new Date(keeper.now.getTime() + 30 * dayMs),
    });
    const request = await readRequest(asker, ticketId);
    expect(request).toMatchObject({
      status: "SUCCESS",
      access: { role: "member", days: 30 },
      accessState: "held",
      accessUntil: new Date(keeper.now.getTime() + 30 * dayMs),
    });
    const event = await db().domainEvent.findUniqueOrThrow({ where: { id: request.eventId } });
    expect(event.status).toBe("COMPLETED");
    const records = await db().auditLog.findMany({
      where: { parentId: systemId, actorId: keeper.actor.id, resourceId: { in: [ticketId, systemId] } },
      orderBy: { seq: "desc" },
      take: 2,
    });
    expect(records.map(({ action }) => action)).toEqual(["approval.approve", "member.add"]);
    expect(records[1]?.details).toMatchObject({ userId: asker.actor.id, role: "member", source: "request" });
    const notice = await db().notification.findFirstOrThrow({ where: { recipientId: asker.actor.id } });
    expect(notice).toMatchObject({ type: "APPROVAL_COMPLETED", relatedTicketId: ticketId });
  });

  test("ends with its time: afterwards the System does not exist for them again", async () => {
    const { keeper, systemId, asker, ticketId } = await aRequest({ days: 1 });
    await approveRequest(keeper, { ticketId });
    await db().resourceRoleBinding.updateMany({
      where: { ticketId },
      data: { expiresAt: new Date(Date.now() - 1_000) },
    });
    await db().approvalTicket.update({
      where: { id: ticketId },
      data: { approvedAt: new Date(Date.now() - dayMs - 1_000) },
      select: { id: true },
    });
    await expect(authorize(db(), asker, "system:read", { systemId, role: "viewer" })).rejects.toMatchObject({
      code: "RESOURCE_NOT_FOUND",
    });
    expect((await readRequest(asker, ticketId)).accessState).toBe("ended");
  });

  test("may give a lower role or less time, with the reason on record", async () => {
    const { keeper, systemId, asker, ticketId } = await aRequest({ role: "admin", days: 90 });
    await expect(approveRequest(keeper, { ticketId, role: "member", days: 7 })).rejects.toMatchObject({
      fields: [{ field: "modificationReason", code: "required" }],
    });
    const modificationReason = "A week as member will do";
    await approveRequest(keeper, { ticketId, role: "member", days: 7, modificationReason });
    expect(await bindingOf(asker, systemId)).toMatchObject({
      role: "member",
      expiresAt: new Date(keeper.now.getTime() + 7 * dayMs),
    });
    expect(await readRequest(asker, ticketId)).toMatchObject({
      accessAsked: { role: "admin", days: 90 },
      access: { role: "member", days: 7 },
      modificationReason,
    });
  });

  test("never gives more than was asked for", async () => {
    const { keeper, systemId, asker, ticketId } = await aRequest({ role: "viewer", days: 7 });
    const modificationReason = "take more";
    for (const more of [{ role: "admin" as const }, { days: 8 }]) {
      await expect(approveRequest(keeper, { ticketId, modificationReason, ...more })).rejects.toMatchObject({
        code: "VALIDATION_FAILED",
      });
    }
    expect(await statusOf(ticketId)).toBe("PENDING");
    expect(await bindingOf(asker, systemId)).toBeNull();
  });

  test("replaces a lower role and keeps it on record", async () => {
    const asker = await aPerson("role-viewer");
    const { keeper, systemId, ticketId } = await aRequest({ asker });
    await giveRole(asker, systemId, "viewer");
    expect((await readRequest(keeper, ticketId)).accessHeld).toBe("viewer");
    await approveRequest(keeper, { ticketId });
    expect(await bindingOf(asker, systemId)).toMatchObject({ role: "member", source: "request" });
    const record = await db().auditLog.findFirstOrThrow({
      where: { action: "member.update", parentId: systemId },
    });
    expect(record.details).toMatchObject({ before: { role: "viewer", expiresAt: null } });
  });

  test("takes nothing from somebody who was given more in the meantime", async () => {
    const { keeper, systemId, asker, ticketId } = await aRequest();
    await giveRole(asker, systemId, "owner");
    await expect(approveRequest(keeper, { ticketId })).rejects.toMatchObject({
      fields: [{ field: "role", code: "already_held" }],
    });
    expect(await bindingOf(asker, systemId)).toMatchObject({ role: "owner", expiresAt: null });
    expect(await statusOf(ticketId)).toBe("PENDING");
  });

  test("gives nothing on a System that is gone or to somebody who was disabled", async () => {
    const gone = await aRequest();
    const administrator = await anAdministrator();
    await db().service.deleteMany({ where: { systemId: gone.systemId } });
    await db().resourceRoleBinding.deleteMany({ where: { resourceId: gone.systemId } });
    await db().system.delete({ where: { id: gone.systemId }, select: { id: true } });
    await expect(approveRequest(administrator, { ticketId: gone.ticketId })).rejects.toMatchObject({
      code: "INVALID_STATE",
      params: { object: "system" },
    });
    await rejectRequest(administrator, { ticketId: gone.ticketId, reason: "It is gone." });

    const left = await aRequest();
    await db().user.update({
      where: { id: left.asker.actor.id },
      data: { enabled: false },
      select: { id: true },
    });
    await expect(approveRequest(left.keeper, { ticketId: left.ticketId })).rejects.toMatchObject({
      code: "INVALID_STATE",
      params: { object: "user" },
    });
    expect(await bindingOf(left.asker, left.systemId)).toBeNull();
  });

  test("happens once, however many come at the same time", async () => {
    const { keeper, systemId, ticketId } = await aRequest();
    const others = await Promise.all(Array.from({ length: 4 }, () => aPerson("role-viewer")));
    for (const other of others) await giveRole(other, systemId, "admin");
    const deciders = [keeper, ...others];
    const outcomes = await Promise.allSettled(
      [...deciders, ...deciders].map((decider) => approveRequest(decider, { ticketId })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(refused).toHaveLength(9);
    for (const reason of refused) expect(reason).toMatchObject({ code: "INVALID_STATE" });
    expect(await db().resourceRoleBinding.count({ where: { ticketId } })).toBe(1);
  });

  test("that comes late says so, though the request was read before it was decided", async () => {
    const { keeper, systemId, ticketId } = await aRequest();
    const other = await aPerson("role-viewer");
    await giveRole(other, systemId, "admin");
    const seen = await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } });
    await approveRequest(keeper, { ticketId });
    await expect(requireDecider(db(), other, seen)).rejects.toMatchObject({
      code: "INVALID_STATE",
      params: { object: "request", state: "SUCCESS" },
    });
  });

  test("of ten people's requests for one System at once grants all ten", async () => {
    const { keeper, systemId, ticketId } = await aRequest();
    const askers = await Promise.all(Array.from({ length: 9 }, () => aPerson("role-viewer")));
    const tickets = await Promise.all(
      askers.map((asker) => requestAccess(asker, { systemId, role: "viewer", days: 1, reason: "Look" })),
    );
    const all = [ticketId, ...tickets.map((ticket) => ticket.ticketId)];
    await Promise.all(all.map((id) => approveRequest(keeper, { ticketId: id })));
    expect(await db().resourceRoleBinding.count({ where: { ticketId: { in: all } } })).toBe(10);
  });
});

describe("who decides", () => {
  test("never the requester, be they admin of the System or of the platform", async () => {
    const keeper = await aPerson("role-development-engineer");
    const { systemId } = await aService(keeper);
    const admin = await aPerson("role-viewer");
    await giveRole(admin, systemId, "admin", new Date(Date.now() + dayMs));
    for (const asker of [admin, await anAdministrator()]) {
      const wish = { systemId, role: "admin", days: 30, reason: "For longer" } as const;
      const { ticketId } = await requestAccess(asker, wish);
      for (const decide of [approveRequest, rejectRequest]) {
        await expect(decide(asker, { ticketId, reason: "mine" })).rejects.toMatchObject({
          code: "SELF_APPROVAL_FORBIDDEN",
        });
      }
      expect(await readDesk(asker, ticketId)).toMatchObject({ canDecide: false, refusal: "own_request" });
      expect(await statusOf(ticketId)).toBe("PENDING");
      await approveRequest(keeper, { ticketId });
    }
    expect(await bindingOf(admin, systemId)).toMatchObject({ role: "admin", source: "request" });
  });

  test("an admin gives admin, an administrator of the platform anything; nobody else even sees it", async () => {
    const { systemId, ticketId } = await aRequest({ role: "admin" });
    const admin = await aPerson("role-viewer");
    await giveRole(admin, systemId, "admin");
    const member = await aPerson("role-development-engineer");
    await giveRole(member, systemId, "member");
    const powerless = await aPerson(null);
    await giveRole(powerless, systemId, "owner");
    const approver = await aPerson("role-approval-admin", { environments: ["test", "prod"] });
    for (const other of [member, powerless, approver, await aPerson("role-development-engineer")]) {
      await expect(approveRequest(other, { ticketId })).rejects.toMatchObject({
        code: "RESOURCE_NOT_FOUND",
        params: { resource: "ticket" },
      });
      for (const look of [readRequest, readDesk]) {
        await expect(look(other, ticketId)).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND" });
      }
      expect((await listQueue(other, page)).items.map(({ id }) => id)).not.toContain(ticketId);
      expect((await listRequests(other, page)).items.map(({ id }) => id)).not.toContain(ticketId);
    }
    expect(await readDesk(admin, ticketId)).toMatchObject({ canDecide: true, refusal: null });
    await approveRequest(admin, { ticketId });

    const next = await aRequest({ role: "admin" });
    await approveRequest(await anAdministrator(), { ticketId: next.ticketId });
    expect(await statusOf(next.ticketId)).toBe("SUCCESS");
  });

  test("a token that only reads decides nothing", async () => {
    const { keeper, ticketId } = await aRequest();
    const token = (permissions: Person["token"]) => ({
      ...keeper,
      actor: { ...keeper.actor, token: permissions },
    });
    const reach = { environments: null, elevated: false };
    await expect(
      approveRequest(token({ permissions: ["system:read"], ...reach }), { ticketId }),
    ).rejects.toMatchObject({ code: "PERMISSION_DENIED", params: { permission: "system:write" } });
    await approveRequest(token({ permissions: ["system:read", "system:write"], ...reach }), { ticketId });
  });

  test("it lies on the keeper's desk, is counted there, and shows what was decided before", async () => {
    const { keeper, systemId, asker, ticketId } = await aRequest();
    expect((await listQueue(keeper, page)).items).toMatchObject([
      { id: ticketId, operationType: "ACCESS", access: { role: "member", days: 30 }, serviceName: null },
    ]);
    expect(await countQueue(keeper)).toBe(1);
    expect(await countQueue(asker)).toBe(0);
    await approveRequest(keeper, { ticketId });
    expect(await countQueue(keeper)).toBe(0);
    const other = await aPerson("role-viewer");
    const next = await requestAccess(other, { systemId, role: "viewer", days: 1, reason: "Look" });
    const desk = await readDesk(keeper, next.ticketId);
    expect(desk.similar.map(({ id }) => id)).toEqual([ticketId]);
  });
});

test("a rejection is told with its reason, and nothing is given", async () => {
  const { keeper, systemId, asker, ticketId } = await aRequest();
  await rejectRequest(keeper, { ticketId, reason: "Ask the other team." });
  expect(await readRequest(asker, ticketId)).toMatchObject({
    status: "REJECTED",
    rejectReason: "Ask the other team.",
    accessState: null,
  });
  expect(await bindingOf(asker, systemId)).toBeNull();
  const notice = await db().notification.findFirstOrThrow({ where: { recipientId: asker.actor.id } });
  expect(notice).toMatchObject({ type: "APPROVAL_REJECTED", relatedTicketId: ticketId });
});

test("only whoever asked withdraws, and then nobody can approve it any more", async () => {
  const { keeper, systemId, asker, ticketId } = await aRequest();
  await expect(cancelRequest(keeper, { ticketId, reason: "" })).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
  });
  await expect(cancelRequest(await aPerson("role-viewer"), { ticketId, reason: "" })).rejects.toMatchObject({
    code: "RESOURCE_NOT_FOUND",
  });
  await cancelRequest(asker, { ticketId, reason: "Not needed any more" });
  await expect(approveRequest(keeper, { ticketId })).rejects.toMatchObject({ code: "INVALID_STATE" });
  expect(await bindingOf(asker, systemId)).toBeNull();
  await requestAccess(asker, { systemId, role: "member", days: 1, reason: "Needed after all" });
});

test("a role that was taken back since is told as changed", async () => {
  const { keeper, asker, ticketId } = await aRequest();
  await approveRequest(keeper, { ticketId });
  await db().resourceRoleBinding.deleteMany({ where: { ticketId } });
  expect((await readRequest(asker, ticketId)).accessState).toBe("changed");
});
