import { describe, expect, test } from "vitest";
import { aHolder, recordsOf } from "@/e2e/factories/account";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { refusalOf } from "@/e2e/factories/refusal";
import { aService } from "@/e2e/factories/service";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { assignRole } from "./assign-role";
import { authorize } from "./authorize";
import { changeBinding } from "./change-binding";
import { listBindings } from "./queries";
import { requireAdministratorLeft } from "./require-administrator-left";
import { revokeRole } from "./revoke-role";

const outcome = (attempt: Promise<unknown>) => attempt.then(() => "done").catch(refusalOf);
const inAnHour = () => new Date(Date.now() + 3_600_000);
const stale = <Ctx extends Awaited<ReturnType<typeof aPerson>>>(ctx: Ctx): Ctx => ({
  ...ctx,
  actor: { ...ctx.actor, mfaAt: null },
});

async function aSystem() {
  const owner = await aPerson("role-development-engineer");
  return (await aService(owner)).systemId;
}

describe("giving a role", () => {
  test("until a time, and again without an end", async () => {
    const ctx = await anAdministrator();
    const somebody = await aPerson(null);
    const input = { userId: somebody.actor.id, roleId: "role-viewer", environments: ["test", "test"] };
    const expiresAt = inAnHour();

    const first = await assignRole(ctx, { ...input, expiresAt });
    expect(await db().roleBinding.findUniqueOrThrow({ where: { id: first.id } })).toMatchObject({
      expiresAt,
      allowedEnvironments: ["test"],
      source: "manual",
    });
    const second = await assignRole(ctx, { ...input, environments: ["prod"] });
    expect(second.id).toBe(first.id);
    expect(await db().roleBinding.findUniqueOrThrow({ where: { id: first.id } })).toMatchObject({
      expiresAt: null,
      allowedEnvironments: ["prod"],
    });
    expect(await outcome(assignRole(ctx, { ...input, expiresAt: new Date(0) }))).toBe(
      "VALIDATION_FAILED expiresAt:in_past",
    );
  });

  test("on one System it reaches there and nowhere else, and its record lies with the System", async () => {
    const ctx = await anAdministrator();
    const [systemId, otherId] = [await aSystem(), await aSystem()];
    const somebody = await aPerson(null);

    await assignRole(ctx, {
      userId: somebody.actor.id,
      roleId: "role-approval-admin",
      systemId,
      environments: ["test"],
    });

    const may = (scope: object) => outcome(authorize(db(), somebody, "builtin_approval:approve", scope));
    expect(await may({ systemId, environment: "test" })).toBe("done");
    expect(await may({ systemId, environment: "prod" })).toBe("PERMISSION_DENIED");
    expect(await may({ systemId: otherId, environment: "test" })).toBe("PERMISSION_DENIED");
    expect(await may({})).toBe("PERMISSION_DENIED");
    const record = await db().auditLog.findFirstOrThrow({ where: { correlationId: ctx.requestId } });
    expect(record).toMatchObject({ action: "role.assign", parentType: "system", parentId: systemId });
  });

  test("nobody gives what they do not have, there and as far", async () => {
    const manager = await aHolder("rbac:manage", "system:read", "service:read", "vm:read");
    const somebody = await aPerson(null);
    const give = (roleId: string, environments: string[], systemId?: string) =>
      outcome(
        assignRole(manager, {
          userId: somebody.actor.id,
          roleId,
          environments,
          ...(systemId && { systemId }),
        }),
      );

    expect(await give("role-approval-admin", ["test"])).toBe("VALIDATION_FAILED roleId:not_permitted");
    expect(await give("role-platform-admin", ["test"])).toBe("PERMISSION_DENIED");
    expect(await give("role-viewer", ["test"])).toBe("done");
    await db().roleBinding.updateMany({
      where: { userId: manager.actor.id },
      data: { allowedEnvironments: ["test"] },
    });
    expect(await give("role-viewer", ["test", "prod"])).toBe("VALIDATION_FAILED roleId:not_permitted");
    expect(await db().roleBinding.count({ where: { userId: somebody.actor.id } })).toBe(1);
  });

  test("what one holds on a System alone one gives there alone", async () => {
    const manager = await aHolder("rbac:manage");
    const [systemId, otherId] = [await aSystem(), await aSystem()];
    const somebody = await aPerson(null);
    const binding = { id: newId(), userId: manager.actor.id, roleId: "role-viewer", createdBy: "test" };
    await db().roleBinding.create({ data: { ...binding, scopeType: "system", scopeId: systemId } });
    const give = (place: object) =>
      outcome(
        assignRole(manager, {
          userId: somebody.actor.id,
          roleId: "role-viewer",
          environments: ["test"],
          ...place,
        }),
      );

    expect(await give({ systemId: otherId })).toBe("VALIDATION_FAILED roleId:not_permitted");
    expect(await give({})).toBe("VALIDATION_FAILED roleId:not_permitted");
    expect(await give({ systemId })).toBe("done");
  });

  test("what passes every check is bound to no System, and what is disabled to nobody", async () => {
    const ctx = await anAdministrator();
    const systemId = await aSystem();
    const roleId = newId();
    await db().role.create({ data: { id: roleId, name: roleId, displayName: "Off", enabled: false } });
    const input = { userId: (await aPerson(null)).actor.id, environments: ["test"] };

    expect(await outcome(assignRole(ctx, { ...input, roleId: "role-platform-admin", systemId }))).toBe(
      "VALIDATION_FAILED systemId:invalid",
    );
    expect(await outcome(assignRole(ctx, { ...input, roleId }))).toBe("VALIDATION_FAILED roleId:not_found");
    expect(await outcome(assignRole(ctx, { ...input, roleId: "role-viewer", systemId: "nowhere" }))).toBe(
      "VALIDATION_FAILED systemId:not_found",
    );
    expect(await outcome(assignRole(ctx, { ...input, roleId: "role-viewer", userId: "nobody" }))).toBe(
      "RESOURCE_NOT_FOUND",
    );
    expect(
      await outcome(assignRole(ctx, { ...input, roleId: "role-viewer", environments: ["nowhere"] })),
    ).toBe("VALIDATION_FAILED environments:not_found");
  });

  test("asks for a fresh second factor, after the permission", async () => {
    const input = { userId: (await aPerson(null)).actor.id, roleId: "role-viewer", environments: ["test"] };

    await expect(assignRole(stale(await anAdministrator()), input)).rejects.toMatchObject({
      code: "MFA_REQUIRED",
      params: { purpose: "grant_role" },
    });
    expect(await outcome(assignRole(stale(await aPerson("role-viewer")), input))).toBe("PERMISSION_DENIED");
    expect(await db().roleBinding.count({ where: { userId: input.userId } })).toBe(0);
  });

  test("ends the sessions of whoever gets it", async () => {
    const ctx = await anAdministrator();
    const somebody = await aPerson(null);
    const version = async () =>
      (await db().user.findUniqueOrThrow({ where: { id: somebody.actor.id } })).sessionVersion;
    const before = await version();

    const { id } = await assignRole(ctx, {
      userId: somebody.actor.id,
      roleId: "role-viewer",
      environments: [],
    });
    expect(await version()).toBe(before + 1);
    await revokeRole(ctx, { bindingId: id });
    expect(await version()).toBe(before + 2);
  });
});

describe("changing where it reaches", () => {
  test("follows the rules of giving it", async () => {
    const ctx = await anAdministrator();
    const manager = await aHolder("rbac:manage", "system:read", "service:read", "vm:read");
    await db().roleBinding.updateMany({
      where: { userId: manager.actor.id },
      data: { allowedEnvironments: ["test"] },
    });
    const somebody = await aPerson(null);
    const input = { userId: somebody.actor.id, roleId: "role-viewer", environments: ["test"] };
    const { id } = await assignRole(ctx, input);

    expect(await outcome(changeBinding(manager, { bindingId: id, environments: ["prod"] }))).toBe(
      "VALIDATION_FAILED roleId:not_permitted",
    );
    expect(await outcome(changeBinding(stale(ctx), { bindingId: id, environments: [] }))).toBe(
      "MFA_REQUIRED",
    );
    expect(await outcome(changeBinding(somebody, { bindingId: id, environments: [] }))).toBe(
      "PERMISSION_DENIED",
    );
    expect(await outcome(changeBinding(ctx, { bindingId: id, userId: ctx.actor.id }))).toBe(
      "RESOURCE_NOT_FOUND",
    );
    const expiresAt = inAnHour();
    await changeBinding(ctx, { bindingId: id, environments: ["prod"], expiresAt });
    await changeBinding(ctx, { bindingId: id, environments: ["test", "prod"] });
    expect(await db().roleBinding.findUniqueOrThrow({ where: { id } })).toMatchObject({
      allowedEnvironments: ["test", "prod"],
      expiresAt,
    });
    const last = (await recordsOf(ctx)).at(-1);
    expect(last?.details).toMatchObject({
      before: { environments: ["prod"] },
      environments: ["test", "prod"],
    });
  });
});

describe("taking a role", () => {
  test("ends what it allowed and is recorded", async () => {
    const ctx = await anAdministrator();
    const somebody = await aPerson("role-viewer");
    const { id } = await db().roleBinding.findFirstOrThrow({ where: { userId: somebody.actor.id } });

    expect(await outcome(revokeRole(somebody, { bindingId: id }))).toBe("PERMISSION_DENIED");
    await revokeRole(ctx, { bindingId: id });

    expect(await outcome(authorize(db(), somebody, "system:read"))).toBe("PERMISSION_DENIED");
    expect(await recordsOf(ctx)).toMatchObject([{ action: "role.revoke", resourceId: somebody.actor.id }]);
    expect(await outcome(revokeRole(ctx, { bindingId: id }))).toBe("RESOURCE_NOT_FOUND");
  });

  test("what the directory gave only the directory takes", async () => {
    const ctx = await anAdministrator();
    const somebody = await aPerson("role-viewer");
    await db().roleBinding.updateMany({
      where: { userId: somebody.actor.id },
      data: { source: "external_cohort" },
    });
    const { id } = await db().roleBinding.findFirstOrThrow({ where: { userId: somebody.actor.id } });

    expect(await outcome(revokeRole(ctx, { bindingId: id }))).toBe(
      "VALIDATION_FAILED bindingId:from_directory",
    );
    expect(await outcome(changeBinding(ctx, { bindingId: id }))).toBe(
      "VALIDATION_FAILED bindingId:from_directory",
    );
  });

  test("an administrator's role is taken by an administrator", async () => {
    const manager = await aHolder("rbac:manage");
    const administrator = await anAdministrator();
    const { id } = await db().roleBinding.findFirstOrThrow({ where: { userId: administrator.actor.id } });

    expect(await outcome(revokeRole(manager, { bindingId: id }))).toBe("PERMISSION_DENIED");
    expect(await outcome(changeBinding(manager, { bindingId: id, expiresAt: inAnHour() }))).toBe(
      "PERMISSION_DENIED",
    );
    expect(await db().roleBinding.count({ where: { id } })).toBe(1);
  });
});

describe("the last administrator", () => {
  /** Only these administer the platform; everybody else who did is disabled. */
  async function onlyAdministrators(count: number) {
    await db().user.updateMany({ data: { enabled: false } });
    const people = await Promise.all(Array.from({ length: count }, () => anAdministrator()));
    const bindings = await db().roleBinding.findMany({
      where: { userId: { in: people.map(({ actor }) => actor.id) } },
    });
    return people.map((ctx) => ({
      ctx,
      bindingId: bindings.find(({ userId }) => userId === ctx.actor.id)?.id ?? "",
    }));
  }

  test("stays, with no end set either", async () => {
    const [last] = await onlyAdministrators(1);
    if (last === undefined) throw new Error("no administrator was made");
    const { ctx, bindingId } = last;
    const again = { userId: ctx.actor.id, roleId: "role-platform-admin", environments: ["test"] };

    expect(await outcome(revokeRole(ctx, { bindingId }))).toBe("LAST_ADMINISTRATOR");
    expect(await outcome(changeBinding(ctx, { bindingId, expiresAt: inAnHour() }))).toBe(
      "LAST_ADMINISTRATOR",
    );
    expect(await outcome(assignRole(ctx, { ...again, expiresAt: inAnHour() }))).toBe("LAST_ADMINISTRATOR");
    expect(await outcome(authorize(db(), ctx, "audit:read"))).toBe("done");
  });

  test("is left by two who go at once, each time", async () => {
    for (let round = 0; round < 10; round += 1) {
      const both = await onlyAdministrators(2);

      const answers = await Promise.all(
        both.map(({ ctx, bindingId }) => outcome(revokeRole(ctx, { bindingId }))),
      );

      expect(answers.toSorted()).toEqual(["LAST_ADMINISTRATOR", "done"]);
      await expect(inTransaction(requireAdministratorLeft)).resolves.toBeUndefined();
    }
  });
});

describe("the list of bindings", () => {
  test("shows whose, where and from where, page by page, to those who may", async () => {
    await db().user.updateMany({ data: { enabled: true } });
    const ctx = await anAdministrator();
    const systemId = await aSystem();
    const somebody = await aPerson("role-viewer");
    const expiresAt = new Date(Date.now() - 1000);
    await db().roleBinding.updateMany({ where: { userId: somebody.actor.id }, data: { expiresAt } });
    await assignRole(ctx, {
      userId: somebody.actor.id,
      roleId: "role-approval-admin",
      systemId,
      environments: ["test"],
    });

    const first = await listBindings(ctx, { userId: somebody.actor.id, perPage: 1 });
    const rest = await listBindings(ctx, {
      userId: somebody.actor.id,
      perPage: 5,
      ...(first.nextCursor === null ? {} : { cursor: first.nextCursor }),
    });

    expect([...first.items, ...rest.items]).toMatchObject([
      { roleId: "role-viewer", systemId: null, isExpired: true, grantedByName: "test" },
      { roleId: "role-approval-admin", systemId, isExpired: false, grantedByName: ctx.actor.displayName },
    ]);
    expect(rest.nextCursor).toBeNull();
    const onSystem = await listBindings(ctx, { systemId, perPage: 5 });
    expect(onSystem.items.map(({ userId }) => userId)).toEqual([somebody.actor.id]);
    expect(await outcome(listBindings(somebody, { perPage: 5 }))).toBe("PERMISSION_DENIED");
  });
});
