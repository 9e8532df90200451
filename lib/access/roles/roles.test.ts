import { describe, expect, test } from "vitest";
import { aHolder, recordsOf } from "@/e2e/factories/account";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aMapping } from "@/e2e/factories/mapping";
import { refusalOf } from "@/e2e/factories/refusal";
import { assignRole } from "@/lib/access/assign-role";
import { authorize } from "@/lib/access/authorize";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { permissions } from "@/lib/vocabulary/permissions";
import { createRole } from "./create-role";
import { deleteRole } from "./delete-role";
import { listPermissionGroups, listRoles, readRole } from "./queries";
import { createRoleInput } from "./schema";
import { updateRole } from "./update-role";

const outcome = (attempt: Promise<unknown>) => attempt.then(() => "done").catch(refusalOf);
const aDraft = (names: string[], name = `r${newId().slice(-10)}`) =>
  createRoleInput.parse({ name, displayName: "Keeper of clusters", permissions: names });
const stale = <Ctx extends Awaited<ReturnType<typeof aPerson>>>(ctx: Ctx): Ctx => ({
  ...ctx,
  actor: { ...ctx.actor, mfaAt: new Date(Date.now() - 3_600_000) },
});

describe("creating", () => {
  test("a role carries what it names, once each, and its record too", async () => {
    const ctx = await anAdministrator();

    const { id } = await createRole(ctx, aDraft(["cluster:read", "cluster:write", "cluster:read"]));

    expect(await readRole(ctx, id)).toMatchObject({
      permissions: ["cluster:read", "cluster:write"],
      isBuiltin: false,
      enabled: true,
      requireMfa: false,
      holderCount: 0,
    });
    expect(await recordsOf(ctx)).toMatchObject([{ action: "role.create", resourceId: id }]);
  });

  test.for([
    ["*:*", "permissions.0:wildcard"],
    ["system:*", "permissions.0:wildcard"],
    ["*", "permissions.0:wildcard"],
    ["cluster:manage", "permissions.0:not_found"],
    ["template:manage", "permissions.0:not_found"],
    ["auth_provider:manage", "permissions.0:not_found"],
    ["System:read", "permissions.0:not_found"],
    ["system:read ", "permissions.0:not_found"],
    ["constructor", "permissions.0:not_found"],
  ])("%s is no permission", async ([name = "", refused]) => {
    const ctx = await anAdministrator();

    expect(await outcome(createRole(ctx, aDraft([name, "vm:read"])))).toBe(`VALIDATION_FAILED ${refused}`);
    expect(await recordsOf(ctx)).toEqual([]);
  });

  test("nobody puts in what they do not hold, and each such permission is named", async () => {
    const manager = await aHolder("rbac:manage", "vm:read");

    expect(await outcome(createRole(manager, aDraft(["vm:read", "audit:read", "platform:admin"])))).toBe(
      "VALIDATION_FAILED permissions.1:not_permitted permissions.2:not_permitted",
    );
    expect(await outcome(createRole(manager, aDraft(["vm:read"])))).toBe("done");
  });

  test("a token puts in what it carries", async () => {
    const administrator = await anAdministrator();
    const token = { permissions: ["rbac:manage", "vm:read"] as const, environments: null, elevated: true };
    const program = { ...administrator, actor: { ...administrator.actor, token } };

    expect(await outcome(createRole(program, aDraft(["vm:read", "audit:read"])))).toBe(
      "VALIDATION_FAILED permissions.0:not_permitted permissions.1:not_permitted",
    );
  });

  test("names are taken once, and those of built-in roles never", async () => {
    const ctx = await anAdministrator();
    const draft = aDraft(["vm:read"]);
    await createRole(ctx, draft);

    expect(await outcome(createRole(ctx, draft))).toBe("VALIDATION_FAILED name:already_exists");
    expect(await outcome(createRole(ctx, aDraft(["vm:read"], "role-viewer")))).toBe(
      "VALIDATION_FAILED name:reserved",
    );
    expect(createRoleInput.safeParse({ ...draft, permissions: [] }).success).toBe(false);
  });

  test("takes the permission", async () => {
    expect(await outcome(createRole(await aHolder("rbac:read"), aDraft(["vm:read"])))).toBe(
      "PERMISSION_DENIED",
    );
  });
});

describe("changing", () => {
  test("reaches everybody who holds the role at once", async () => {
    const ctx = await anAdministrator();
    const { id } = await createRole(ctx, aDraft(["cluster:read"]));
    const holder = await aPerson(id);
    const may = (permission: "cluster:read" | "cluster:write") =>
      outcome(authorize(db(), holder, permission));

    await updateRole(ctx, { roleId: id, permissions: ["cluster:write"] });
    expect([await may("cluster:read"), await may("cluster:write")]).toEqual(["PERMISSION_DENIED", "done"]);
    await updateRole(ctx, { roleId: id, enabled: false });
    expect(await may("cluster:write")).toBe("PERMISSION_DENIED");
    await updateRole(ctx, { roleId: id, enabled: true });
    expect(await may("cluster:write")).toBe("done");
    const records = (await recordsOf(ctx)).filter(({ action }) => action === "role.update");
    expect(records[0]?.details).toMatchObject({
      before: { permissions: ["cluster:read"] },
      after: { permissions: ["cluster:write"] },
    });
  });

  test("a built-in role stays as the code says, but for its second factor", async () => {
    const ctx = await anAdministrator();
    const change = (columns: object) => outcome(updateRole(ctx, { roleId: "role-viewer", ...columns }));

    expect(await change({ permissions: ["vm:read"] })).toBe("BUILT_IN_ROLE");
    expect(await change({ enabled: false })).toBe("BUILT_IN_ROLE");
    expect(await change({ displayName: "Onlooker", requireMfa: true })).toBe("BUILT_IN_ROLE");
    expect(await change({ requireMfa: true })).toBe("done");
    expect(await readRole(ctx, "role-viewer")).toMatchObject({ requireMfa: true, displayName: "Viewer" });
  });

  test("widening asks for a fresh second factor, narrowing does not", async () => {
    const ctx = stale(await anAdministrator());
    const { id } = await createRole(ctx, aDraft(["cluster:read", "vm:read"]));
    const change = (columns: object) => outcome(updateRole(ctx, { roleId: id, ...columns }));

    expect(await change({ permissions: ["cluster:read", "vm:read", "audit:read"] })).toBe("MFA_REQUIRED");
    expect(await change({ permissions: ["vm:read"], requireMfa: true, enabled: false })).toBe("done");
    expect(await change({ enabled: true })).toBe("MFA_REQUIRED");
    expect(await change({ requireMfa: false })).toBe("MFA_REQUIRED");
  });

  test("who does not pass every check leaves the roles alone that do", async () => {
    const administrator = await anAdministrator();
    const { id } = await createRole(administrator, aDraft(["platform:admin"]));
    const manager = await aHolder("rbac:manage", "rbac:read");

    expect(await outcome(updateRole(manager, { roleId: id, permissions: ["rbac:read"] }))).toBe(
      "PERMISSION_DENIED",
    );
    expect(await outcome(updateRole(manager, { roleId: id, enabled: false }))).toBe("PERMISSION_DENIED");
    expect(await outcome(deleteRole(manager, { roleId: id, confirm: true }))).toBe("PERMISSION_DENIED");
    expect((await readRole(manager, id)).canChange).toBe(false);
  });

  test("the last administration is not taken by changing its role", async () => {
    const ctx = await anAdministrator();
    const { id } = await createRole(ctx, aDraft(["platform:admin"]));
    const last = await aPerson(id);
    await db().user.updateMany({ where: { id: { not: last.actor.id } }, data: { enabled: false } });

    expect(await outcome(updateRole(last, { roleId: id, permissions: ["vm:read"] }))).toBe(
      "LAST_ADMINISTRATOR",
    );
    expect(await outcome(updateRole(last, { roleId: id, enabled: false }))).toBe("LAST_ADMINISTRATOR");
    await db().user.updateMany({ data: { enabled: true } });
  });
});

describe("deleting", () => {
  test("takes a yes, a role of one's own making, and nobody who holds it", async () => {
    const ctx = await anAdministrator();
    const { id } = await createRole(ctx, aDraft(["vm:read"]));
    const holder = await aPerson(null);
    const binding = await assignRole(ctx, { userId: holder.actor.id, roleId: id, environments: ["test"] });

    expect(await outcome(deleteRole(ctx, { roleId: "role-viewer", confirm: true }))).toBe("BUILT_IN_ROLE");
    expect(await outcome(deleteRole(ctx, { roleId: id }))).toBe("DELETE_CONFIRMATION_REQUIRED");
    await expect(deleteRole(ctx, { roleId: id, confirm: true })).rejects.toMatchObject({
      code: "DELETE_RESTRICTED",
      params: { entity: "role", children: "bindings", childCount: 1 },
    });
    await db().roleBinding.update({
      where: { id: binding.id },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    await deleteRole(ctx, { roleId: id, confirm: true });
    expect(await db().role.count({ where: { id } })).toBe(0);
  });

  test("waits while a directory group gives it", async () => {
    const ctx = await anAdministrator();
    const { id } = await createRole(ctx, aDraft(["vm:read"]));
    await aMapping({ roleId: id });

    await expect(deleteRole(ctx, { roleId: id, confirm: true })).rejects.toMatchObject({
      params: { children: "mappings", childCount: 1 },
    });
  });

  test("and giving it at once never leave a binding to nothing", async () => {
    const ctx = await anAdministrator();
    for (let round = 0; round < 5; round += 1) {
      const { id } = await createRole(ctx, aDraft(["vm:read"]));
      const holder = await aPerson(null);

      const answers = await Promise.all([
        outcome(deleteRole(ctx, { roleId: id, confirm: true })),
        outcome(assignRole(ctx, { userId: holder.actor.id, roleId: id, environments: [] })),
      ]);

      expect(answers.filter((answer) => answer === "done")).toHaveLength(1);
      expect([
        ["done", "VALIDATION_FAILED roleId:not_found"],
        ["DELETE_RESTRICTED", "done"],
      ]).toContainEqual(answers);
    }
  });
});

describe("reading", () => {
  test("takes the permission", async () => {
    const viewer = await aPerson("role-viewer");

    expect(await outcome(listRoles(viewer))).toBe("PERMISSION_DENIED");
    expect(await outcome(readRole(viewer, "role-viewer"))).toBe("PERMISSION_DENIED");
    expect(await outcome(listPermissionGroups(viewer))).toBe("PERMISSION_DENIED");
  });

  test("holders are people who hold it now", async () => {
    const ctx = await anAdministrator();
    const { id } = await createRole(ctx, aDraft(["vm:read"]));
    const [first, second] = [await aPerson(id), await aPerson(id)];
    await db().user.update({ where: { id: second.actor.id }, data: { enabled: false } });

    expect((await listRoles(ctx)).find((role) => role.id === id)).toMatchObject({ holderCount: 1 });
    await db().roleBinding.updateMany({
      where: { userId: first.actor.id },
      data: { expiresAt: new Date(0) },
    });
    expect(await readRole(ctx, id)).toMatchObject({ holderCount: 0, bindingCount: 1 });
  });

  test("every permission stands in one group, and shows whether one may give it", async () => {
    const manager = await aHolder("rbac:read", "rbac:manage");

    const rows = (await listPermissionGroups(manager)).flatMap((group) => group.permissions);

    expect(rows.map(({ permission }) => permission).sort()).toEqual([...permissions].sort());
    expect(rows.filter(({ canGrant }) => canGrant).map(({ permission }) => permission)).toEqual([
      "rbac:read",
      "rbac:manage",
    ]);
  });
});
