import { describe, expect, test } from "vitest";
import { aHolder, anAccount, aSignedIn, aVisitor, recordsOf, refused, signIn } from "@/e2e/factories/account";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { authorize, isAuthorized } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { changePassword } from "./change-password";
import { isSessionLive } from "./check-session";
import { checkToken, hashToken } from "./check-token";
import { createServiceAccount } from "./create-service-account";
import { issueServiceToken, issueToken } from "./issue-token";
import { listOwnTokens, listUserTokens, readTokenChoices } from "./queries";
import { revokeOtherSessions, revokeSession } from "./revoke-session";
import { revokeToken, revokeUserToken } from "./revoke-token";
import { startViewAs } from "./start-view-as";
import { issueTokenInput } from "./tokens/schema";

const plain = issueTokenInput.parse({ name: "ci" });
const staleOf = <C extends Context>(ctx: C): C => ({ ...ctx, actor: { ...ctx.actor, mfaAt: null } });

async function asToken(token: string): Promise<Context> {
  const actor = await checkToken(aVisitor(), `Bearer ${token}`);
  if (actor === null) throw new Error("the token stands for nobody");
  return { ...aVisitor(), actor };
}

async function aServiceAccount(roleId?: string): Promise<string> {
  const username = `bot-${newId().slice(-10)}`;
  const role = roleId === undefined ? undefined : { roleId, environments: ["test"] };
  return (await createServiceAccount(await anAdministrator(), { username, displayName: "Bot", role })).id;
}

describe("a token of one's own", () => {
  test("stands for its owner, is kept as a hash alone, and the record does not hold it", async () => {
    const ctx = await aSignedIn("role-viewer");
    const issued = await issueToken(ctx, {
      ...plain,
      permissions: ["vm:read", "vm:read"],
      environments: ["test"],
    });
    expect(issued.token).toMatch(/^shp_[\w-]{43}$/);
    expect(issued.expiresAt.getTime() - ctx.now.getTime()).toBe(90 * 86_400_000);
    const row = await db().apiToken.findUniqueOrThrow({ where: { id: issued.id } });
    expect(row).toMatchObject({
      hash: hashToken(issued.token),
      permissions: ["vm:read"],
      isRestricted: true,
    });
    const records = await recordsOf(ctx);
    expect(records).toMatchObject([
      {
        action: "token.issue",
        resourceId: issued.id,
        details: { permissions: ["vm:read"], environments: ["test"] },
      },
    ]);
    expect(JSON.stringify([row, records])).not.toContain(issued.token);
    const program = await asToken(issued.token);
    expect(program.actor).toMatchObject({ id: ctx.actor.id, sessionId: issued.id, pendingStep: null });
    expect(await listOwnTokens(ctx)).toMatchObject([
      { id: issued.id, permissions: ["vm:read"], isExpired: false },
    ]);
    expect((await listOwnTokens(ctx))[0]?.lastUsedAt).toBeInstanceOf(Date);
  });

  test("carries no more than it was issued for, and no more than its owner has", async () => {
    const owner = await aSignedIn("role-viewer");
    const { token } = await issueToken(owner, { ...plain, permissions: ["vm:read", "user:manage"] });
    const program = await asToken(token);
    expect(await isAuthorized(db(), program, "vm:read")).toBe(true);
    expect(await isAuthorized(db(), program, "system:read")).toBe(false);
    expect(await isAuthorized(db(), program, "user:manage")).toBe(false);
    expect(await refused(authorize(db(), program, "system:read"))).toMatchObject({
      params: { reason: "token" },
    });
  });

  test.each([
    ["longer than the setting", { expiresInDays: 366 }, 365],
    ["elevated for longer than thirty days", { expiresInDays: 31, elevated: true }, 30],
  ])("is refused %s", async (_what, over, maximum) => {
    const ctx = await aSignedIn("role-viewer");
    const refusal = await refused(issueToken(ctx, { ...plain, ...over }));
    expect(refusal.fields).toEqual([{ field: "expiresInDays", code: "too_far", params: { maximum } }]);
    expect(await db().apiToken.count({ where: { userId: ctx.actor.id } })).toBe(0);
  });

  test("is refused for environments that are none and permissions outside the catalogue", async () => {
    const ctx = await aSignedIn("role-viewer");
    const refusal = await refused(issueToken(ctx, { ...plain, environments: ["nowhere"] }));
    expect(refusal.fields).toMatchObject([{ field: "environments", code: "not_found" }]);
    for (const permissions of [["vm:*"], ["cluster:manage"], []])
      expect(issueTokenInput.safeParse({ name: "ci", permissions }).success).toBe(false);
  });

  test("an elevated one takes a fresh second factor and passes where one is asked for", async () => {
    const ctx = await aSignedIn("role-viewer");
    const elevated = { ...plain, elevated: true, expiresInDays: 30 };
    expect(await refused(issueToken(staleOf(ctx), elevated))).toMatchObject({
      code: "MFA_REQUIRED",
      params: { purpose: "issue_elevated_token" },
    });
    const { token } = await issueToken(ctx, elevated);
    expect((await asToken(token)).actor).toMatchObject({ token: { elevated: true } });
  });

  test("fifty are enough, however many are asked for at once", async () => {
    const ctx = await aSignedIn("role-viewer");
    const rows = Array.from({ length: 45 }, () => {
      const id = newId();
      return {
        id,
        userId: ctx.actor.id,
        name: "old",
        hash: id,
        expiresAt: new Date(Date.now() + 60_000),
        createdBy: id,
      };
    });
    await db().apiToken.createMany({ data: rows });
    const answers = await Promise.allSettled(Array.from({ length: 9 }, () => issueToken(ctx, plain)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  });

  test("ends when revoked by its owner; for anybody else it is not there", async () => {
    const ctx = await aSignedIn("role-viewer");
    const { id, token } = await issueToken(ctx, plain);
    const program = await asToken(token);
    const stranger = await aSignedIn("role-viewer");
    expect(await refused(revokeToken(stranger, { tokenId: id }))).toMatchObject({
      code: "RESOURCE_NOT_FOUND",
    });
    const byForce = revokeUserToken(stranger, { userId: ctx.actor.id, tokenId: id });
    expect(await refused(byForce)).toMatchObject({ code: "PERMISSION_DENIED" });
    expect(await isSessionLive(program)).toBe(true);
    await revokeToken(ctx, { tokenId: id });
    expect(await checkToken(aVisitor(), `Bearer ${token}`)).toBeNull();
    expect(await isSessionLive(program)).toBe(false);
    expect((await recordsOf(ctx)).map(({ action }) => action)).toEqual(["token.issue", "token.revoke"]);
    expect(await refused(revokeToken(ctx, { tokenId: id }))).toMatchObject({ code: "RESOURCE_NOT_FOUND" });
    expect(await listOwnTokens(ctx)).toEqual([]);
  });

  test("ends by itself", async () => {
    const { token } = await issueToken(await aSignedIn("role-viewer"), { ...plain, expiresInDays: 1 });
    const tomorrow = { ...aVisitor(), now: new Date(Date.now() + 86_400_001) };
    expect(await checkToken(tomorrow, `Bearer ${token}`)).toBeNull();
  });
});

test("a token signs nobody in further: it issues nothing, changes no password, ends no session, looks as nobody", async () => {
  const account = await anAccount();
  const session = await signIn(account);
  const { token } = await issueToken({ ...aVisitor(), actor: session.person }, plain);
  const { token: powerful, id } = await issueToken(await aSignedIn("role-platform-admin"), {
    ...plain,
    elevated: true,
    expiresInDays: 1,
  });
  const [program, strong] = [await asToken(token), await asToken(powerful)];
  const words = { currentPassword: "x", newPassword: "y" };
  const serviceId = await aServiceAccount();
  const attempts = [
    () => issueToken(program, plain),
    () => issueServiceToken(strong, { ...plain, userId: serviceId }),
    () => revokeToken(strong, { tokenId: id }),
    () => changePassword(program, words),
    () => revokeSession(program, { sessionId: session.person.sessionId }),
    () => revokeOtherSessions(program),
    () => startViewAs(strong, { userId: account.id }),
  ];
  for (const attempt of attempts)
    expect(await refused(attempt())).toMatchObject({
      code: "PERMISSION_DENIED",
      params: { reason: "token" },
    });
});

describe("a service account", () => {
  test("has roles and tokens, and no way to sign in", async () => {
    const userId = await aServiceAccount("role-viewer");
    const ctx = await aSignedIn("role-platform-admin");
    const { token } = await issueServiceToken(ctx, { ...plain, userId });
    expect(await isAuthorized(db(), await asToken(token), "vm:read")).toBe(true);
    expect(await listUserTokens(ctx, userId)).toMatchObject([{ createdBy: ctx.actor.username }]);
    const { username } = await db().user.findUniqueOrThrow({ where: { id: userId } });
    for (const password of ["", "null", "service"])
      expect(await refused(signIn({ id: userId, username }, password))).toMatchObject({
        code: "LOGIN_FAILED",
      });
  });

  test("gets tokens only under a fresh second factor, from who manages users, and only while it is enabled", async () => {
    const userId = await aServiceAccount();
    const admin = await aSignedIn("role-platform-admin");
    const input = { ...plain, userId };
    expect(await refused(issueServiceToken(staleOf(admin), input))).toMatchObject({ code: "MFA_REQUIRED" });
    expect(await refused(issueServiceToken(await aSignedIn("role-viewer"), input))).toMatchObject({
      code: "PERMISSION_DENIED",
    });
    await issueServiceToken(await aHolder("user:manage"), input);
    await db().user.update({ where: { id: userId }, data: { enabled: false }, select: { id: true } });
    expect(await refused(issueServiceToken(admin, input))).toMatchObject({ code: "INVALID_STATE" });
  });

  test("that administers the platform gets tokens from administrators alone, and a person gets none from others", async () => {
    const userId = await aServiceAccount("role-platform-admin");
    const manager = await aHolder("user:manage");
    expect(await refused(issueServiceToken(manager, { ...plain, userId }))).toMatchObject({
      code: "PERMISSION_DENIED",
      params: { permission: "platform:admin" },
    });
    const person = await aPerson("role-viewer");
    const forPerson = { ...plain, userId: person.actor.id };
    expect(await refused(issueServiceToken(manager, forPerson))).toMatchObject({
      code: "RESOURCE_NOT_FOUND",
    });
  });

  test("takes the permission to create", async () => {
    const input = { username: `bot-${newId().slice(-8)}`, displayName: "Bot" };
    expect(await refused(createServiceAccount(await aPerson("role-viewer"), input))).toMatchObject({
      code: "PERMISSION_DENIED",
    });
    expect(await db().user.count({ where: { username: input.username } })).toBe(0);
  });
});

test("the form offers what the person may do, and an administrator everything", async () => {
  const viewer = await readTokenChoices(await aPerson("role-viewer"));
  expect(viewer.permissions).toEqual(["service:read", "system:read", "vm:read"]);
  expect(viewer).toMatchObject({ lifetimeDaysMax: 365, elevatedDaysMax: 30 });
  expect((await readTokenChoices(await anAdministrator())).permissions).toContain("audit:read");
});

test("an address is told the same for any bad token, and after sixty to wait; a good one still passes", async () => {
  const { token } = await issueToken(await aSignedIn("role-viewer"), plain);
  const from = () => aVisitor("233.252.0.77");
  const bad = ["Bearer x", "Basic eDp5", "Bearer", `Bearer shp_${"A".repeat(43)}`, token, ""];
  for (const authorization of bad) expect(await checkToken(from(), authorization)).toBeNull();
  const more = Array.from({ length: 60 }, (_, at) =>
    checkToken(from(), `Bearer shp_${String(at).padStart(43, "B")}`).catch((error: unknown) => error),
  );
  const answers = await Promise.all(more);
  expect(answers.filter((answer) => answer === null)).toHaveLength(60 - bad.length);
  expect(answers.filter((answer) => answer !== null)).toMatchObject(
    Array.from({ length: bad.length }, () => ({ code: "RATE_LIMIT_EXCEEDED" })),
  );
  expect(await checkToken(from(), `Bearer ${token}`)).not.toBeNull();
});
