import { expect, test } from "vitest";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { createUser } from "./create-user";

const initialPassword = "tin roof, cold rain, 4 kites";
const code = (error: unknown) => (error instanceof AppError ? error.code : error);

function aNewUser(columns: Partial<Parameters<typeof createUser>[1]> = {}) {
  const username = `new-${newId().slice(-10)}`;
  return { username, displayName: "New", email: null, initialPassword, mustChangePassword: true, ...columns };
}

async function aManager(...permissions: string[]) {
  const roleId = newId();
  await db().role.create({
    data: {
      id: roleId,
      name: roleId,
      displayName: "Manager",
      permissions: { create: permissions.map((permission) => ({ permission })) },
    },
    select: { id: true },
  });
  return aPerson(roleId);
}

test("an administrator creates a user with a role in its environments, and both are recorded", async () => {
  const ctx = await anAdministrator();
  const { id } = await createUser(ctx, aNewUser({ role: { roleId: "role-viewer", environments: ["test"] } }));
  const user = await db().user.findUniqueOrThrow({ where: { id }, include: { roleBindings: true } });
  expect(user).toMatchObject({ forcePasswordChange: true, authType: "local", enabled: true });
  expect(user.passwordHash).toMatch(/^\$argon2id\$/);
  expect(user.roleBindings).toMatchObject([
    { roleId: "role-viewer", allowedEnvironments: ["test"], source: "manual" },
  ]);
  const actions = await db().auditLog.findMany({
    where: { correlationId: ctx.requestId },
    orderBy: { seq: "asc" },
  });
  expect(actions.map((record) => record.action)).toEqual(["user.create", "role.assign"]);
  expect(JSON.stringify(actions.map((record) => record.details))).not.toContain(initialPassword);
});

test("creating a user takes the permission", async () => {
  const input = aNewUser();
  expect(await createUser(await aPerson("role-viewer"), input).catch(code)).toBe("PERMISSION_DENIED");
  expect(await db().user.count({ where: { username: input.username } })).toBe(0);
});

test("a role that cannot be given leaves no user behind", async () => {
  const input = aNewUser({ role: { roleId: "role-viewer", environments: ["test"] } });
  expect(await createUser(await aManager("user:manage"), input).catch(code)).toBe("PERMISSION_DENIED");
  expect(await db().user.count({ where: { username: input.username } })).toBe(0);
});

test("a taken name is a field error", async () => {
  const ctx = await anAdministrator();
  const input = aNewUser();
  await createUser(ctx, input);
  const error = await createUser(ctx, input).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ fields: [{ field: "username", code: "already_exists" }] });
});
