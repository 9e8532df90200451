import { describe, expect, test } from "vitest";
import {
  aHolder,
  anAccount,
  aSignedIn,
  aVisitor,
  recordsOf,
  refused,
  signIn,
  whoIs,
} from "@/e2e/factories/account";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { checkToken } from "./check-token";
import { disableUser } from "./disable-user";
import { enableUser } from "./enable-user";
import { issueToken } from "./issue-token";
import { updateUser } from "./update-user";

const plain = { name: "ci", permissions: null, environments: [], expiresInDays: 30, elevated: false };

describe("disabling", () => {
  test("ends sessions and stops tokens, and enabling brings only the tokens back", async () => {
    const account = await anAccount();
    const session = await signIn(account);
    const { token } = await issueToken({ ...aVisitor(), actor: session.person }, plain);
    const ctx = await anAdministrator();
    await disableUser(ctx, { userId: account.id });
    expect(await whoIs(session)).toBeNull();
    expect(await refused(signIn(account))).toMatchObject({ code: "LOGIN_FAILED" });
    expect(await checkToken(aVisitor(), `Bearer ${token}`)).toBeNull();
    expect(await recordsOf(ctx)).toMatchObject([
      { action: "user.disable", resourceId: account.id, details: { sessionsEnded: 1 } },
    ]);

    await enableUser(await anAdministrator(), { userId: account.id });
    expect(await whoIs(session)).toBeNull();
    expect(await checkToken(aVisitor(), `Bearer ${token}`)).toMatchObject({ id: account.id });
    expect(await signIn(account)).toBeTruthy();
  });

  test("twice leaves one record", async () => {
    const account = await anAccount();
    const ctx = await anAdministrator();
    await disableUser(ctx, { userId: account.id });
    await disableUser(ctx, { userId: account.id });
    expect(await recordsOf(ctx)).toHaveLength(1);
  });

  test("is refused for oneself, without the permission, and for an administrator without being one", async () => {
    const account = await anAccount();
    const admin = await anAdministrator();
    const own = await refused(disableUser(admin, { userId: admin.actor.id }));
    expect(own).toMatchObject({ code: "INVALID_STATE", params: { object: "own_account" } });
    const viewer = await aPerson("role-viewer");
    expect(await refused(disableUser(viewer, { userId: account.id }))).toMatchObject({
      code: "PERMISSION_DENIED",
    });
    const manager = await aHolder("user:manage");
    for (const change of [disableUser, enableUser, updateUser]) {
      const refusal = await refused(change(manager, { userId: admin.actor.id }));
      expect(refusal).toMatchObject({ code: "PERMISSION_DENIED", params: { permission: "platform:admin" } });
    }
    expect(await refused(disableUser(manager, { userId: newId() }))).toMatchObject({
      code: "RESOURCE_NOT_FOUND",
    });
  });

  test("of two administrators who disable each other at once one stays", async () => {
    await db().user.updateMany({
      where: { roleBindings: { some: { roleId: "role-platform-admin" } } },
      data: { enabled: false },
    });
    const [one, other] = [await aSignedIn("role-platform-admin"), await aSignedIn("role-platform-admin")];
    const answers = await Promise.allSettled([
      disableUser(one, { userId: other.actor.id }),
      disableUser(other, { userId: one.actor.id }),
    ]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const left = await db().user.count({
      where: { enabled: true, roleBindings: { some: { roleId: "role-platform-admin" } } },
    });
    expect(left).toBe(1);
  });
});

describe("changing a user", () => {
  test("writes what was given and records which members, not their values", async () => {
    const account = await anAccount();
    const ctx = await anAdministrator();
    await updateUser(ctx, { userId: account.id, email: "ada@quill.example" });
    const user = await db().user.findUniqueOrThrow({ where: { id: account.id } });
    expect(user).toMatchObject({ displayName: "Ada Quill", email: "ada@quill.example" });
    const records = await recordsOf(ctx);
    expect(records).toMatchObject([{ action: "user.update", details: { changed: ["email"] } }]);
    expect(JSON.stringify(records)).not.toContain("quill.example");
  });

  test("a taken address is a field error", async () => {
    const [one, other] = [await anAccount(), await anAccount()];
    const ctx = await anAdministrator();
    await updateUser(ctx, { userId: one.id, email: "taken@quill.example" });
    const refusal = await refused(updateUser(ctx, { userId: other.id, email: "taken@quill.example" }));
    expect(refusal).toMatchObject({ fields: [{ field: "email", code: "already_exists" }] });
  });

  test("whom a provider signs in is called what the provider says", async () => {
    const id = newId();
    await db().user.create({
      data: { id, username: id, displayName: "Eve", authType: "oidc" },
      select: { id: true },
    });
    const refusal = await refused(updateUser(await anAdministrator(), { userId: id, displayName: "Other" }));
    expect(refusal).toMatchObject({ code: "INVALID_STATE", params: { object: "external_account" } });
  });
});
