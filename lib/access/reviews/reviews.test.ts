import { describe, expect, test } from "vitest";
import { aHolder, recordsOf } from "@/e2e/factories/account";
import { aMember } from "@/e2e/factories/member";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aMapping } from "@/e2e/factories/mapping";
import { refusalOf } from "@/e2e/factories/refusal";
import { aService } from "@/e2e/factories/service";
import { assignRole } from "@/lib/access/assign-role";
import { addMember } from "@/lib/access/members/add-member";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { createService } from "@/lib/systems/create-service";
import { confirmAccess } from "./confirm-access";
import { listAccess } from "./queries";
import { revokeAccess } from "./revoke-access";
import type { AccessFilter, AccessRow } from "./schema";

const developer = "role-development-engineer";
const outcome = (attempt: Promise<unknown>) => attempt.then(() => "done").catch(refusalOf);
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

async function aSystem() {
  const owner = await aPerson(developer);
  const service = await aService(owner);
  return { owner, serviceId: service.id, systemId: service.systemId };
}

async function list(ctx: Context, filter: Partial<AccessFilter>): Promise<AccessRow[]> {
  return (await listAccess(ctx, { perPage: 100, ...filter })).items;
}

const bindingOf = (userId: string) => db().resourceRoleBinding.findFirstOrThrow({ where: { userId } });

describe("who sees the review", () => {
  test("of the platform: who may read roles; of a System: its admins and owners", async () => {
    const { owner, systemId } = await aSystem();
    const answers = async (ctx: Context) => [
      await outcome(list(ctx, {})),
      await outcome(list(ctx, { systemId })),
    ];

    expect(await answers(await aHolder("rbac:read"))).toEqual(["done", "RESOURCE_NOT_FOUND"]);
    expect(await answers(owner)).toEqual(["PERMISSION_DENIED", "done"]);
    expect(await answers(await aMember({ systemId, role: "admin" }))).toEqual(["PERMISSION_DENIED", "done"]);
    expect(await answers(await aMember({ systemId, role: "member" }))).toEqual([
      "PERMISSION_DENIED",
      "PERMISSION_DENIED",
    ]);
    expect(await answers(await aPerson(developer))).toEqual(["PERMISSION_DENIED", "RESOURCE_NOT_FOUND"]);
  });
});

describe("a System's review", () => {
  test("holds every role on it and in it and no other, with what it is on and where it is from", async () => {
    const { owner, systemId, serviceId } = await aSystem();
    const administrator = await anAdministrator();
    const guest = await aPerson(null);
    const approver = await aPerson(null);
    await aSystem();
    await addMember(owner, {
      systemId,
      resourceType: "service",
      resourceId: serviceId,
      userId: guest.actor.id,
      role: "viewer",
    });
    const approving = { userId: approver.actor.id, roleId: "role-approval-admin", environments: ["test"] };
    await assignRole(administrator, { ...approving, systemId });
    await aMember({ systemId, role: "viewer", expiresAt: daysAgo(1) });

    const rows = await list(owner, { systemId });

    const found = new Map(rows.map((row) => [row.userId, row]));
    expect(found.size).toBe(3);
    expect(found.get(owner.actor.id)).toMatchObject({
      kind: "member",
      roleId: "owner",
      source: "creator",
      resourceType: "system",
    });
    expect(found.get(guest.actor.id)).toMatchObject({
      resourceType: "service",
      resourceName: "web",
      systemId,
      grantedByName: owner.actor.displayName,
    });
    expect(found.get(approver.actor.id)).toMatchObject({
      kind: "role",
      roleName: "Approver",
      systemId,
      environments: ["test"],
    });
  });

  test("says when a person last did something there, and was last here at all", async () => {
    const { owner, systemId } = await aSystem();
    const idle = await aMember({ systemId, role: "member" });
    const { id: userId, sessionId: id } = idle.actor;
    const lastSeenAt = daysAgo(2);
    await db().userSession.create({
      data: { id, userId, sessionVersion: 1, expiresAt: daysAgo(1), lastSeenAt },
    });
    await createService(owner, { systemId, name: "api", description: "" });

    const found = new Map((await list(owner, { systemId })).map((row) => [row.userId, row]));

    expect(found.get(owner.actor.id)?.lastUsedAt).toBeInstanceOf(Date);
    expect(found.get(owner.actor.id)?.lastActiveAt).toBeNull();
    expect(found.get(userId)).toMatchObject({ lastUsedAt: null, lastActiveAt: lastSeenAt });
  });
});

describe("the platform's review", () => {
  test("names the group a directory role comes from", async () => {
    const person = await aPerson("role-viewer");
    const { id: mappingId, providerName } = await aMapping({ roleId: "role-viewer" });
    const where = { userId: person.actor.id };
    await db().roleBinding.updateMany({ where, data: { source: "external_cohort" } });
    const { id: bindingId } = await db().roleBinding.findFirstOrThrow({ where });
    await db().externalCohortGrant.create({ data: { ...where, mappingId, bindingId } });

    const rows = await list(await anAdministrator(), { userId: person.actor.id });

    expect(rows).toMatchObject([
      { source: "external_cohort", cohorts: [`${providerName}: devs`], systemId: null },
    ]);
  });

  test("is narrowed by each filter", async () => {
    const { systemId } = await aSystem();
    const ctx = await anAdministrator();
    const soon = await aMember({
      systemId,
      role: "viewer",
      expiresAt: new Date(Date.now() + 5 * 86_400_000),
    });
    const old = await aMember({ systemId, role: "admin" });
    await db().resourceRoleBinding.updateMany({
      where: { userId: old.actor.id },
      data: { createdAt: daysAgo(100) },
    });
    await db().user.update({ where: { id: old.actor.id }, data: { lastLoginAt: daysAgo(100) } });
    await db().user.update({ where: { id: soon.actor.id }, data: { lastLoginAt: daysAgo(1) } });
    const whose = async (filter: Partial<AccessFilter>) =>
      (await list(ctx, { systemId, kind: "member", ...filter }))
        .map((row) => row.userId)
        .filter((id) => id !== owner);
    const owner = (
      await db().resourceRoleBinding.findFirstOrThrow({ where: { resourceId: systemId, role: "owner" } })
    ).userId;

    expect(await whose({ expiringDays: 7 })).toEqual([soon.actor.id]);
    expect(await whose({ expiringDays: 3 })).toEqual([]);
    expect(await whose({ notReviewedDays: 90 })).toEqual([old.actor.id]);
    expect(await whose({ inactiveDays: 90 })).toEqual([old.actor.id]);
    expect(await whose({ role: "admin" })).toEqual([old.actor.id]);
    expect(await whose({ source: "creator" })).toEqual([]);
    expect(await whose({ q: soon.actor.username.toUpperCase() })).toEqual([soon.actor.id]);
    expect(await whose({ kind: "role" })).toEqual([]);
  });

  test("goes on where its cursor ends, without gap or repetition", async () => {
    const { systemId } = await aSystem();
    const ctx = await anAdministrator();
    for (let count = 0; count < 6; count += 1) await aMember({ systemId, role: "viewer" });
    const all = (await list(ctx, { systemId })).map(({ id }) => id);

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listAccess>> = await listAccess(ctx, {
        systemId,
        perPage: 3,
        ...(cursor === null ? {} : { cursor }),
      });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);

    expect(all).toHaveLength(7);
    expect(seen).toEqual(all);
  });
});

describe("confirming", () => {
  test("is signed, recorded, and takes whoever could take it away", async () => {
    const { owner, systemId } = await aSystem();
    const admin = await aMember({ systemId, role: "admin" });
    const member = await aMember({ systemId, role: "member" });
    const { id } = await bindingOf(member.actor.id);
    const { id: ownership } = await bindingOf(owner.actor.id);
    const confirm = (ctx: Context, bindingId: string) =>
      outcome(confirmAccess(ctx, { kind: "member", id: bindingId }));

    expect(await confirm(member, id)).toBe("PERMISSION_DENIED");
    expect(await confirm(await aPerson(developer), id)).toBe("RESOURCE_NOT_FOUND");
    expect(await confirm(admin, ownership)).toBe("PERMISSION_DENIED");
    expect(await confirm(admin, id)).toBe("done");
    expect((await list(owner, { systemId })).find((row) => row.id === id)).toMatchObject({
      reviewedAt: admin.now,
      reviewedByName: admin.actor.displayName,
    });
    expect(await recordsOf(admin)).toMatchObject([{ action: "access.confirm", resourceId: member.actor.id }]);
  });

  test("of a platform role takes the permission, and tells others nothing of its id", async () => {
    const ctx = await anAdministrator();
    const { owner, systemId } = await aSystem();
    const somebody = await aPerson(null);
    const given = { userId: somebody.actor.id, roleId: "role-viewer", environments: ["test"] };
    const { id } = await assignRole(ctx, { ...given, systemId });
    const tries = async (by: Context, input: { id: string; systemId?: string }) => [
      await outcome(confirmAccess(by, { kind: "role", ...input })),
      await outcome(revokeAccess(by, { kind: "role", ...input })),
    ];

    expect(await tries(owner, { id })).toEqual(await tries(owner, { id: "none" }));
    expect(await tries(owner, { id, systemId })).toEqual(["PERMISSION_DENIED", "PERMISSION_DENIED"]);
    expect(await tries(ctx, { id, systemId: "elsewhere" })).toEqual([
      "RESOURCE_NOT_FOUND",
      "RESOURCE_NOT_FOUND",
    ]);
    expect(await tries(ctx, { id, systemId })).toEqual(["done", "done"]);
  });

  test("is undone by a change of what was confirmed", async () => {
    const ctx = await anAdministrator();
    const somebody = await aPerson(null);
    const given = { userId: somebody.actor.id, roleId: "role-viewer", environments: ["test"] };
    const { id } = await assignRole(ctx, given);
    await confirmAccess(ctx, { kind: "role", id });

    await assignRole(ctx, { ...given, environments: ["prod"] });

    expect(await db().roleBinding.findUniqueOrThrow({ where: { id } })).toMatchObject({ reviewedAt: null });
  });
});

describe("revoking", () => {
  test("follows the rules of whoever gives it", async () => {
    const { owner, systemId } = await aSystem();
    const admin = await aMember({ systemId, role: "admin" });
    const member = await aMember({ systemId, role: "member" });
    const { id } = await bindingOf(member.actor.id);
    const { id: ownership } = await bindingOf(owner.actor.id);
    const revoke = (ctx: Context, bindingId: string) =>
      outcome(revokeAccess(ctx, { kind: "member", id: bindingId, systemId }));

    expect(await revoke(admin, ownership)).toBe("PERMISSION_DENIED");
    expect(await revoke(owner, ownership)).toBe("LAST_OWNER");
    expect(await revoke(await aPerson(developer), id)).toBe("RESOURCE_NOT_FOUND");
    expect(await revoke(admin, id)).toBe("done");
    expect(await revoke(admin, id)).toBe("RESOURCE_NOT_FOUND");
    expect(await recordsOf(admin)).toMatchObject([{ action: "member.remove" }]);
  });

  test("of what lies in another System is refused", async () => {
    const { owner } = await aSystem();
    const elsewhere = await aSystem();
    const { id } = await bindingOf(elsewhere.owner.actor.id);

    expect(await outcome(revokeAccess(owner, { kind: "member", id, systemId: newId() }))).toBe(
      "RESOURCE_NOT_FOUND",
    );
    expect(await outcome(revokeAccess(owner, { kind: "member", id }))).toBe("RESOURCE_NOT_FOUND");
  });
});
