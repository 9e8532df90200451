import { describe, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { aVm } from "@/e2e/factories/vm";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { listEligibleApprovers } from "@/lib/requests/queries";
import type { ResourceRole } from "@/lib/vocabulary/permissions";
import { listAskableSystems } from "./queries";
import { requestAccess } from "./request-access";
import type { RequestAccess } from "./schema";

const viewer = "role-viewer";
const owner = "role-development-engineer";
const wish = (systemId: string, over: Partial<RequestAccess> = {}): RequestAccess => ({
  systemId,
  role: "member",
  days: 7,
  reason: "On call this week",
  ...over,
});

async function aSystem(over: { listed?: boolean } = {}) {
  const keeper = await aPerson(owner);
  const { systemId, id: serviceId } = await aService(keeper);
  const { name } = await db().system.update({ where: { id: systemId }, data: over, select: { name: true } });
  return { id: systemId, name, serviceId, keeper };
}

interface Held {
  role?: ResourceRole;
  resourceType?: string;
  expiresAt?: Date | null;
}

async function giveRole({ actor }: { actor: Person }, resourceId: string, held: Held = {}) {
  const { role = "viewer", resourceType = "system", expiresAt = null } = held;
  await db().resourceRoleBinding.create({
    data: { id: newId(), userId: actor.id, role, resourceType, resourceId, expiresAt, grantedBy: "test" },
    select: { id: true },
  });
}

async function refusalOf(attempt: Promise<unknown>) {
  const error = await attempt.then(() => null).catch((refused: unknown) => refused);
  if (!(error instanceof AppError)) throw new Error("this was not refused");
  return { code: error.code, params: error.params, fields: error.fields };
}

const countTickets = (systemId: string) => db().approvalTicket.count({ where: { systemId } });

describe("who may ask", () => {
  test("somebody without any role asks for one on a listed System, and its keepers are told", async () => {
    const system = await aSystem({ listed: true });
    const asker = await aPerson(null);
    const submitted = await requestAccess(asker, wish(system.id));

    const ticket = await db().approvalTicket.findUniqueOrThrow({ where: { id: submitted.ticketId } });
    expect(submitted.status).toBe("PENDING_APPROVAL");
    expect(ticket).toMatchObject({
      operationType: "ACCESS",
      status: "PENDING",
      resourceType: "system",
      resourceId: system.id,
      systemName: system.name,
      serviceId: null,
      environment: null,
      policyName: null,
    });
    const record = await db().auditLog.findFirstOrThrow({ where: { resourceId: ticket.id } });
    expect(record).toMatchObject({ action: "access.requested", parentId: system.id });
    const notices = await db().notification.findMany({ where: { relatedTicketId: ticket.id } });
    expect(notices.map(({ recipientId, type }) => [recipientId, type])).toEqual([
      [system.keeper.actor.id, "APPROVAL_PENDING"],
    ]);
    expect(notices[0]?.params).toMatchObject({ system: system.name, role: "member", days: 7 });
  });

  test("who has a role on the System, a service or a machine in it asks, listed or not", async () => {
    const system = await aSystem();
    const cluster = await aCluster();
    const namespace = await aNamespace();
    const vm = await aVm({ clusterId: cluster.id, namespace: namespace.name });
    await db().vm.update({
      where: { id: vm.id },
      data: { serviceId: system.serviceId },
      select: { id: true },
    });
    for (const [resourceType, resourceId] of [
      ["system", system.id],
      ["service", system.serviceId],
      ["vm", vm.id],
    ] as const) {
      const asker = await aPerson(viewer);
      await giveRole(asker, resourceId, { resourceType });
      await expect(requestAccess(asker, wish(system.id))).resolves.toMatchObject({
        status: "PENDING_APPROVAL",
      });
    }
  });

  test("to everybody else it does not exist, in the same words as one that does not", async () => {
    const system = await aSystem();
    const other = await aSystem();
    const hadRole = await aPerson(viewer);
    await giveRole(hadRole, system.id, { expiresAt: new Date(Date.now() - 1_000) });
    const elsewhere = await aPerson(owner);
    await giveRole(elsewhere, other.id, { role: "owner" });
    const approver = await aPerson("role-approval-admin");
    for (const stranger of [await aPerson(null), await aPerson(viewer), hadRole, elsewhere, approver]) {
      const unseen = await refusalOf(requestAccess(stranger, wish(system.id)));
      expect(unseen).toEqual({ code: "RESOURCE_NOT_FOUND", params: {}, fields: [] });
      expect(unseen).toEqual(await refusalOf(requestAccess(stranger, wish("no-such-system"))));
    }
    expect(await countTickets(system.id)).toBe(0);
  });

  test("nobody asks without having signed in, nor with a token that may not look at Systems", async () => {
    const system = await aSystem({ listed: true });
    const person = await aPerson(viewer);
    const withToken = (permissions: Person["token"]) => ({
      ...person,
      actor: { ...person.actor, token: permissions },
    });
    const carrying = { environments: null, elevated: false };
    await expect(
      requestAccess({ ...person, actor: { kind: "anonymous" } }, wish(system.id)),
    ).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(
      requestAccess(withToken({ permissions: ["vm:read"], ...carrying }), wish(system.id)),
    ).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
    await requestAccess(withToken({ permissions: ["system:read"], ...carrying }), wish(system.id));
  });

  test("whoever only looks at the portal as somebody else cannot ask in their name", async () => {
    const system = await aSystem({ listed: true });
    const person = await aPerson(viewer);
    const viewedBy = { id: "admin", username: "admin", displayName: "Admin" };
    await expect(
      requestAccess({ ...person, actor: { ...person.actor, viewedBy } }, wish(system.id)),
    ).rejects.toMatchObject({ code: "VIEW_ONLY" });
    expect(await countTickets(system.id)).toBe(0);
  });
});

describe("what is refused", () => {
  test.for([
    ["viewer", null, "viewer"],
    ["member", null, "viewer"],
    ["owner", null, "admin"],
    ["admin", 86_400_000, "member"],
    ["member", 30 * 86_400_000, "member"],
  ] as const)("who is %s (until %s ms) asks for nothing more with %s", async ([held, untilMs, role]) => {
    const system = await aSystem();
    const asker = await aPerson(viewer);
    const expiresAt = untilMs === null ? null : new Date(Date.now() + untilMs);
    await giveRole(asker, system.id, { role: held, expiresAt });
    await expect(requestAccess(asker, wish(system.id, { role }))).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
      fields: [{ field: "role", code: "already_held" }],
    });
    expect(await countTickets(system.id)).toBe(0);
  });

  test("a second request waits behind the first, also when ten come at once", async () => {
    const system = await aSystem({ listed: true });
    const asker = await aPerson(viewer);
    const roles = ["viewer", "member"] as const;
    const attempts = Array.from({ length: 10 }, (_, index) =>
      requestAccess(asker, wish(system.id, { role: roles[index % 2] ?? "viewer" })),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await countTickets(system.id)).toBe(1);
    const ticket = await db().approvalTicket.findFirstOrThrow({ where: { systemId: system.id } });
    await expect(requestAccess(asker, wish(system.id))).rejects.toMatchObject({
      code: "DUPLICATE_PENDING_REQUEST",
      params: { existingTicketId: ticket.id },
    });
    // Somebody else's request is another one.
    await requestAccess(await aPerson(viewer), wish(system.id));
  });

  test("a policy that would run it at once is not asked", async () => {
    const system = await aSystem({ listed: true });
    await db().approvalPolicy.create({
      data: {
        id: newId(),
        name: `free-${newId()}`,
        operation: "SYSTEM_ACCESS",
        environment: "all",
        effect: "run",
      },
      select: { id: true },
    });
    const submitted = await requestAccess(await aPerson(viewer), wish(system.id));
    expect(submitted.status).toBe("PENDING_APPROVAL");
  });
});

describe("who is asked", () => {
  const decidersOf = async (ctx: Context, systemId: string) =>
    (await listEligibleApprovers(ctx, { systemId, environment: null })).map(({ username }) => username);

  test("owners and admins who may look at Systems, never approvers nor the requester", async () => {
    const system = await aSystem();
    const [admin, member, powerless, ended, asker] = await Promise.all([
      aPerson(viewer),
      aPerson(viewer),
      aPerson(null),
      aPerson(viewer),
      aPerson(viewer),
    ]);
    await aPerson("role-approval-admin");
    await giveRole(admin, system.id, { role: "admin" });
    await giveRole(member, system.id, { role: "member" });
    await giveRole(powerless, system.id, { role: "admin" });
    await giveRole(ended, system.id, { role: "admin", expiresAt: new Date(Date.now() - 1_000) });
    await giveRole(asker, system.id, { role: "viewer" });
    expect(await decidersOf(asker, system.id)).toEqual([system.keeper.actor.username, admin.actor.username]);
    expect(await decidersOf(admin, system.id)).toEqual([system.keeper.actor.username]);
  });

  test("where nobody else keeps it, the platform's administrators", async () => {
    const system = await aSystem();
    const administrator = await anAdministrator();
    const names = await decidersOf(system.keeper, system.id);
    expect(names).toContain(administrator.actor.username);
    expect(names).not.toContain(system.keeper.actor.username);
  });
});

test("the search finds listed Systems and those one knows by how their name begins, page by page", async () => {
  const prefix = `q${newId().slice(-6)}`;
  const named = async (name: string, over: { listed?: boolean } = {}) => {
    const system = await aSystem(over);
    await db().system.update({ where: { id: system.id }, data: { name }, select: { id: true } });
    return system;
  };
  const listed = await named(`${prefix}-a`, { listed: true });
  const known = await named(`${prefix}-b`);
  await named(`${prefix}-c`);
  await named(`x${prefix}`, { listed: true });
  const person = await aPerson(viewer);
  const until = new Date(Date.now() + 86_400_000);
  await giveRole(person, known.id, { role: "member", expiresAt: until });

  const first = await listAskableSystems(person, { q: prefix, perPage: 1 });
  expect(first.items).toEqual([{ id: listed.id, name: `${prefix}-a`, heldRole: null, heldUntil: null }]);
  const second = await listAskableSystems(person, {
    q: prefix,
    perPage: 1,
    ...(first.nextCursor === null ? {} : { cursor: first.nextCursor }),
  });
  expect(second).toEqual({
    items: [{ id: known.id, name: `${prefix}-b`, heldRole: "member", heldUntil: until }],
    nextCursor: null,
  });
  expect((await listAskableSystems(person, { q: "%", perPage: 20 })).items).toEqual([]);
});
