import { describe, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aMember } from "@/e2e/factories/member";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { refusalOf } from "@/e2e/factories/refusal";
import { aService } from "@/e2e/factories/service";
import { aVm } from "@/e2e/factories/vm";
import { authorize } from "@/lib/access/authorize";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import type { AppError } from "@/lib/core/errors";
import { resourceRoles, type ResourceRole } from "@/lib/vocabulary/permissions";
import { addMember } from "./add-member";
import { changeMember } from "./change-member";
import { removeMember } from "./remove-member";
import { transferOwnership } from "./transfer-ownership";

const developer = "role-development-engineer";
type Somebody = Context & { actor: Person };

async function aSystem() {
  const owner = await aPerson(developer);
  const service = await aService(owner);
  return { owner, serviceId: service.id, systemId: service.systemId };
}

const onSystem = (systemId: string) => ({ systemId, resourceType: "system" }) as const;
const add = (by: Context, systemId: string, who: Somebody, role: ResourceRole) =>
  addMember(by, { ...onSystem(systemId), userId: who.actor.id, role });
const change = (by: Context, systemId: string, who: Somebody, role: ResourceRole) =>
  changeMember(by, { ...onSystem(systemId), userId: who.actor.id, role });
const remove = (by: Context, systemId: string, who: Somebody) =>
  removeMember(by, { ...onSystem(systemId), userId: who.actor.id });
const outcome = (attempt: Promise<unknown>) => attempt.then(() => "done").catch(refusalOf);
const roleOf = async (systemId: string, { actor }: Somebody) =>
  (await db().resourceRoleBinding.findFirst({ where: { resourceId: systemId, userId: actor.id } }))?.role ??
  null;

describe("who may give what", () => {
  test.for([
    ["owner", ["owner", "admin", "member", "viewer"]],
    ["admin", ["admin", "member", "viewer"]],
    ["member", []],
    ["viewer", []],
  ] as const)("as %s one may give %s", async ([held, allowed]) => {
    const { systemId } = await aSystem();
    const giver = await aMember({ systemId, role: held });

    for (const role of resourceRoles) {
      const somebody = await aPerson(developer);
      const expected = (allowed as readonly string[]).includes(role) ? "done" : "PERMISSION_DENIED";
      expect(await outcome(add(giver, systemId, somebody, role))).toBe(expected);
      expect(await roleOf(systemId, somebody)).toBe(expected === "done" ? role : null);
    }
  });

  test("what is missing is named, and nobody needs a permission over roles", async () => {
    const { systemId } = await aSystem();
    const viewer = await aMember({ systemId, role: "viewer" });
    const admin = await aMember({ systemId, role: "admin", platformRole: "role-viewer" });

    await expect(add(viewer, systemId, await aPerson(developer), "viewer")).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
      params: { permission: "system:read", systemId, roleNeeded: "admin", roleHeld: "viewer" },
    });
    expect(await outcome(add(admin, systemId, await aPerson(developer), "member"))).toBe("done");
  });

  test("a System one has no role on is as absent as one that is not there", async () => {
    const { owner, systemId } = await aSystem();
    const stranger = await aPerson(developer);
    const input = { userId: owner.actor.id, resourceType: "system" } as const;
    const attempts = (id: string) => [
      addMember(stranger, { ...input, systemId: id, role: "viewer" }),
      changeMember(stranger, { ...input, systemId: id, role: "viewer" }),
      removeMember(stranger, { ...input, systemId: id }),
      removeMember(stranger, { ...input, systemId: id, userId: stranger.actor.id }),
      transferOwnership(stranger, { systemId: id, userId: owner.actor.id, remainAs: "admin" }),
    ];

    const answers = async (id: string) =>
      Promise.all(
        attempts(id).map((attempt) => attempt.catch(({ code, params }: AppError) => ({ code, params }))),
      );

    expect(await answers(systemId)).toEqual(await answers("nowhere"));
    expect(await answers(systemId)).toEqual(
      Array.from({ length: 5 }, () => ({ code: "RESOURCE_NOT_FOUND", params: {} })),
    );
  });

  test("an administrator of the platform gives every role", async () => {
    const { systemId } = await aSystem();
    const somebody = await aPerson(developer);

    await add(await anAdministrator(), systemId, somebody, "owner");

    expect(await roleOf(systemId, somebody)).toBe("owner");
  });

  test("a token that only reads changes no members", async () => {
    const { owner, systemId } = await aSystem();
    const token = { permissions: ["system:read"] as const, environments: null, elevated: false };
    const program: Somebody = { ...owner, actor: { ...owner.actor, token } };
    const writing = { ...token, permissions: ["system:read", "system:write"] as const };

    expect(await outcome(add(program, systemId, await aPerson(developer), "viewer"))).toBe(
      "PERMISSION_DENIED",
    );
    const allowed = { ...program, actor: { ...program.actor, token: writing } };
    expect(await outcome(add(allowed, systemId, await aPerson(developer), "viewer"))).toBe("done");
  });
});

describe("adding", () => {
  test("somebody new acts at once, and the record names them, the role and the System", async () => {
    const { owner, systemId } = await aSystem();
    const somebody = await aPerson(developer);

    await add(owner, systemId, somebody, "member");

    await expect(
      authorize(db(), somebody, "service:create", { systemId, role: "member" }),
    ).resolves.toBeUndefined();
    const record = await db().auditLog.findFirstOrThrow({
      where: {
        action: "member.add",
        correlationId: owner.requestId,
        details: { path: ["userId"], equals: somebody.actor.id },
      },
    });
    expect(record).toMatchObject({ parentType: "system", parentId: systemId, resourceId: systemId });
  });

  test("twice is once, and those who cannot sign in are not added", async () => {
    const { owner, systemId } = await aSystem();
    const somebody = await aMember({ systemId, role: "viewer" });
    const disabled = await aPerson(developer);
    await db().user.update({ where: { id: disabled.actor.id }, data: { enabled: false } });

    expect(await outcome(add(owner, systemId, somebody, "admin"))).toBe(
      "VALIDATION_FAILED userId:already_member",
    );
    expect(await outcome(add(owner, systemId, disabled, "viewer"))).toBe(
      "VALIDATION_FAILED userId:not_found",
    );
    expect(await roleOf(systemId, somebody)).toBe("viewer");
  });

  test("ten at once for the same person make one", async () => {
    const { owner, systemId } = await aSystem();
    const somebody = await aPerson(developer);

    const answers = await Promise.all(
      Array.from({ length: 10 }, () => outcome(add(owner, systemId, somebody, "member"))),
    );

    expect(answers.filter((answer) => answer === "done")).toHaveLength(1);
  });

  test("a role until a time is gone after it, and can be given anew", async () => {
    const { owner, systemId } = await aSystem();
    const former = await aMember({ systemId, role: "admin", expiresAt: new Date(Date.now() - 1000) });
    const until = new Date(Date.now() + 3_600_000);
    const input = { ...onSystem(systemId), userId: former.actor.id, role: "viewer" } as const;

    expect(await outcome(authorize(db(), former, "system:read", { systemId, role: "viewer" }))).toBe(
      "RESOURCE_NOT_FOUND",
    );
    expect(await outcome(addMember(owner, { ...input, expiresAt: new Date(0) }))).toBe(
      "VALIDATION_FAILED expiresAt:in_past",
    );
    await addMember(owner, { ...input, expiresAt: until });
    expect(await outcome(authorize(db(), former, "system:read", { systemId, role: "viewer" }))).toBe("done");
  });
});

describe("owners", () => {
  test("are left alone by admins", async () => {
    const { owner, systemId } = await aSystem();
    await aMember({ systemId, role: "owner" });
    const admin = await aMember({ systemId, role: "admin" });

    expect(await outcome(change(admin, systemId, owner, "viewer"))).toBe("PERMISSION_DENIED");
    expect(await outcome(remove(admin, systemId, owner))).toBe("PERMISSION_DENIED");
    expect(await outcome(change(admin, systemId, admin, "owner"))).toBe("PERMISSION_DENIED");
    expect(await roleOf(systemId, owner)).toBe("owner");
  });

  test("are not overruled by a lesser role on something in the System", async () => {
    const { owner, systemId, serviceId } = await aSystem();
    const admin = await aMember({ systemId, role: "admin" });
    const input = {
      systemId,
      resourceType: "service",
      resourceId: serviceId,
      userId: owner.actor.id,
    } as const;

    expect(await outcome(addMember(admin, { ...input, role: "viewer" }))).toBe("PERMISSION_DENIED");
    expect(
      await outcome(authorize(db(), owner, "service:create", { systemId, serviceId, role: "owner" })),
    ).toBe("done");
  });

  test("the last one stays, whoever asks and however", async () => {
    const { owner, systemId } = await aSystem();
    const administrator = await anAdministrator();
    await aMember({ systemId, role: "owner", expiresAt: new Date(Date.now() + 3_600_000) });
    const disabled = await aMember({ systemId, role: "owner" });
    await db().user.update({ where: { id: disabled.actor.id }, data: { enabled: false } });
    const ending = {
      ...onSystem(systemId),
      userId: owner.actor.id,
      expiresAt: new Date(Date.now() + 60_000),
    };

    expect(await outcome(remove(owner, systemId, owner))).toBe("LAST_OWNER");
    expect(await outcome(change(owner, systemId, owner, "admin"))).toBe("LAST_OWNER");
    expect(await outcome(changeMember(owner, ending))).toBe("LAST_OWNER");
    expect(await outcome(remove(administrator, systemId, owner))).toBe("LAST_OWNER");
    expect(await roleOf(systemId, owner)).toBe("owner");
  });

  test("two who leave at once leave one, each time", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { owner, systemId } = await aSystem();
      const other = await aMember({ systemId, role: "owner" });

      const answers = await Promise.all([
        outcome(remove(owner, systemId, round % 2 === 0 ? owner : other)),
        outcome(remove(other, systemId, round % 2 === 0 ? other : owner)),
      ]);

      expect(answers.filter((answer) => answer === "done")).toHaveLength(1);
      expect(await db().resourceRoleBinding.count({ where: { resourceId: systemId, role: "owner" } })).toBe(
        1,
      );
    }
  });
});

describe("leaving and removing", () => {
  test("everybody may leave, and what they left is not there for them any more", async () => {
    const { systemId } = await aSystem();
    const viewer = await aMember({ systemId, role: "viewer" });

    await remove(viewer, systemId, viewer);

    expect(await outcome(authorize(db(), viewer, "system:read", { systemId, role: "viewer" }))).toBe(
      "RESOURCE_NOT_FOUND",
    );
    expect(await db().auditLog.count({ where: { action: "member.remove", parentId: systemId } })).toBe(1);
  });

  test("a member removes nobody", async () => {
    const { systemId } = await aSystem();
    const viewer = await aMember({ systemId, role: "viewer" });
    const member = await aMember({ systemId, role: "member" });

    expect(await outcome(remove(member, systemId, viewer))).toBe("PERMISSION_DENIED");
    expect(await roleOf(systemId, viewer)).toBe("viewer");
  });

  test("somebody who is no member cannot be changed or removed", async () => {
    const { owner, systemId } = await aSystem();
    const stranger = await aPerson(developer);

    expect(await outcome(remove(owner, systemId, stranger))).toBe("RESOURCE_NOT_FOUND");
    expect(await outcome(change(owner, systemId, stranger, "viewer"))).toBe("RESOURCE_NOT_FOUND");
  });

  test("a change keeps the end it does not name, and records what was before", async () => {
    const { owner, systemId } = await aSystem();
    const until = new Date(Date.now() + 3_600_000);
    const somebody = await aMember({ systemId, role: "viewer", expiresAt: until });

    await change(owner, systemId, somebody, "member");

    const binding = await db().resourceRoleBinding.findFirstOrThrow({ where: { userId: somebody.actor.id } });
    expect(binding).toMatchObject({ role: "member", expiresAt: until });
    const record = await db().auditLog.findFirstOrThrow({
      where: { action: "member.update", parentId: systemId },
    });
    expect(record.details).toMatchObject({ role: "member", before: { role: "viewer" } });
  });
});

describe("handing over", () => {
  test.for(["admin", "nothing"] as const)("the heir owns, the former owner remains %s", async (remainAs) => {
    const { owner, systemId } = await aSystem();
    const heir = await aMember({ systemId, role: "viewer", expiresAt: new Date(Date.now() + 60_000) });

    await transferOwnership(owner, { systemId, userId: heir.actor.id, remainAs });

    expect(await roleOf(systemId, heir)).toBe("owner");
    expect(await roleOf(systemId, owner)).toBe(remainAs === "nothing" ? null : remainAs);
    const binding = await db().resourceRoleBinding.findFirstOrThrow({ where: { userId: heir.actor.id } });
    expect(binding).toMatchObject({ expiresAt: null, source: "transfer" });
    expect(await db().auditLog.count({ where: { action: "member.transfer", resourceId: systemId } })).toBe(1);
  });

  test("takes an owner and a person", async () => {
    const { owner, systemId } = await aSystem();
    const admin = await aMember({ systemId, role: "admin" });
    const program = await aPerson(null);
    await db().user.update({ where: { id: program.actor.id }, data: { authType: "service" } });
    const hand = (by: Somebody, to: Somebody) =>
      outcome(transferOwnership(by, { systemId, userId: to.actor.id, remainAs: "nothing" }));

    expect(await hand(admin, admin)).toBe("PERMISSION_DENIED");
    expect(await hand(owner, owner)).toBe("VALIDATION_FAILED userId:invalid");
    expect(await hand(owner, program)).toBe("VALIDATION_FAILED userId:invalid");
    expect(await roleOf(systemId, owner)).toBe("owner");
  });

  test("an administrator makes somebody owner and takes nothing from anybody", async () => {
    const { owner, systemId } = await aSystem();
    const heir = await aPerson(developer);

    await transferOwnership(await anAdministrator(), {
      systemId,
      userId: heir.actor.id,
      remainAs: "nothing",
    });

    expect([await roleOf(systemId, owner), await roleOf(systemId, heir)]).toEqual(["owner", "owner"]);
  });
});

describe("roles on a service or a machine", () => {
  test("count before the System's, and lie in the System named", async () => {
    const { owner, systemId, serviceId } = await aSystem();
    const elsewhere = await aSystem();
    const cluster = await aCluster();
    const namespace = await aNamespace();
    const vm = await aVm({ clusterId: cluster.id, namespace: namespace.name, serviceId });
    const viewer = await aMember({ systemId, role: "viewer" });
    const input = { resourceType: "vm", resourceId: vm.id, userId: viewer.actor.id, role: "member" } as const;

    expect(await outcome(addMember(elsewhere.owner, { ...input, systemId: elsewhere.systemId }))).toBe(
      "RESOURCE_NOT_FOUND",
    );
    await addMember(owner, { ...input, systemId });

    const on = { systemId, serviceId, role: "member" } as const;
    expect(await outcome(authorize(db(), viewer, "vm:operate", { ...on, vmId: vm.id }))).toBe("done");
    expect(await outcome(authorize(db(), viewer, "vm:operate", on))).toBe("PERMISSION_DENIED");
    await removeMember(viewer, { systemId, resourceType: "vm", resourceId: vm.id, userId: viewer.actor.id });
    expect(await outcome(authorize(db(), viewer, "vm:operate", { ...on, vmId: vm.id }))).toBe(
      "PERMISSION_DENIED",
    );
  });
});
