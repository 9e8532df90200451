import { describe, expect, test } from "vitest";
import {
  aHolder,
  anAccount,
  aVisitor,
  firstPassword,
  nextPassword,
  recordsOf,
  refused,
  signIn,
  whoIs,
} from "@/e2e/factories/account";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { createUser } from "./create-user";
import { disableUser } from "./disable-user";
import { resetPassword } from "./reset-password";
import { readPasswordLink, setPasswordByLink } from "./set-password-by-link";

const tokenOf = (url: string) => new URL(url).hash.slice(1);

async function aLink() {
  const account = await anAccount();
  const { url, expiresAt } = await resetPassword(await anAdministrator(), { userId: account.id });
  return { account, token: tokenOf(url), expiresAt, url };
}

describe("a reset", () => {
  test("ends the password and the sessions at once and answers a link whose secret no server is sent", async () => {
    const account = await anAccount();
    const session = await signIn(account);
    const ctx = await anAdministrator();
    const { url, expiresAt } = await resetPassword(ctx, { userId: account.id });
    expect(url).toMatch(/^http:\/\/[^#]+\/set-password#[\w-]{43}$/);
    expect(expiresAt.getTime() - ctx.now.getTime()).toBe(24 * 3_600_000);
    expect(await whoIs(session)).toBeNull();
    expect(await refused(signIn(account))).toMatchObject({ code: "LOGIN_FAILED" });
    const records = await recordsOf(ctx);
    expect(records.map(({ action }) => action)).toEqual(["user.password_link"]);
    const stored = await db().passwordLink.findFirstOrThrow({ where: { userId: account.id } });
    expect(JSON.stringify([records, stored])).not.toContain(tokenOf(url));
  });

  test("kills the link before it", async () => {
    const { account, token } = await aLink();
    const next = await resetPassword(await anAdministrator(), { userId: account.id });
    const input = { token, newPassword: nextPassword };
    expect(await refused(setPasswordByLink(aVisitor(), input))).toMatchObject({ code: "LINK_REFUSED" });
    await setPasswordByLink(aVisitor(), { ...input, token: tokenOf(next.url) });
    expect(await signIn(account, nextPassword)).toBeTruthy();
  });

  test("takes the permission, and for an administrator's account an administrator", async () => {
    const account = await anAccount();
    const target = { userId: account.id };
    expect(await refused(resetPassword(await aPerson("role-viewer"), target))).toMatchObject({
      code: "PERMISSION_DENIED",
      params: { permission: "user:manage" },
    });
    const manager = await aHolder("user:manage");
    await resetPassword(manager, target);
    const administrator = await anAdministrator();
    const refusal = await refused(resetPassword(manager, { userId: administrator.actor.id }));
    expect(refusal).toMatchObject({ code: "PERMISSION_DENIED", params: { permission: "platform:admin" } });
    expect(await db().passwordLink.count({ where: { userId: administrator.actor.id } })).toBe(0);
  });

  test.each([
    ["service", "service_account"],
    ["oidc", "external_account"],
  ])("is refused where the password is not kept here: %s", async (authType, object) => {
    const id = newId();
    await db().user.create({
      data: { id, username: id, displayName: "Bot", authType },
      select: { id: true },
    });
    const refusal = await refused(resetPassword(await anAdministrator(), { userId: id }));
    expect(refusal).toMatchObject({ code: "INVALID_STATE", params: { object } });
  });
});

describe("a link", () => {
  test("sets the password once, signs nobody in and ends every session", async () => {
    const { account, token } = await aLink();
    const ctx = aVisitor();
    expect(await readPasswordLink(ctx, { token })).toMatchObject({
      username: account.username,
      lengthMin: 15,
    });
    await setPasswordByLink(ctx, { token, newPassword: nextPassword });
    expect(await signIn(account, nextPassword)).toBeTruthy();
    expect(await recordsOf(ctx)).toMatchObject([
      { action: "user.password_change", actorId: account.id, details: { reason: "link" } },
    ]);
    const again = setPasswordByLink(aVisitor(), { token, newPassword: firstPassword });
    expect(await refused(again)).toMatchObject({ code: "LINK_REFUSED", params: {} });
    expect(await refused(readPasswordLink(aVisitor(), { token }))).toMatchObject({ code: "LINK_REFUSED" });
  });

  test("of twenty at once one is used", async () => {
    const { account, token } = await aLink();
    const passwords = Array.from({ length: 20 }, (_, at) => `${nextPassword} ${at} winters`);
    const answers = await Promise.allSettled(
      passwords.map((newPassword, at) =>
        setPasswordByLink(aVisitor(`198.51.100.${at}`), { token, newPassword }),
      ),
    );
    const won = answers.flatMap(({ status }, at) => (status === "fulfilled" ? [at] : []));
    expect(won).toHaveLength(1);
    expect(await signIn(account, passwords[won[0] ?? -1])).toBeTruthy();
  });

  test("is judged by the rules, and a refused password does not use it up", async () => {
    const { account, token } = await aLink();
    const short = await refused(setPasswordByLink(aVisitor(), { token, newPassword: "too short" }));
    expect(short).toMatchObject({
      code: "PASSWORD_REFUSED",
      fields: [{ field: "newPassword", code: "too_short" }],
    });
    await setPasswordByLink(aVisitor(), { token, newPassword: nextPassword });
    expect(await signIn(account, nextPassword)).toBeTruthy();
  });

  test("is refused in the same words when unknown, out of date, or its owner disabled", async () => {
    const late = await aLink();
    const after = { ...aVisitor(), now: new Date(late.expiresAt.getTime() + 1) };
    const gone = await aLink();
    await disableUser(await anAdministrator(), { userId: gone.account.id });
    const attempts = [
      () => setPasswordByLink(after, { token: late.token, newPassword: nextPassword }),
      () => setPasswordByLink(aVisitor(), { token: gone.token, newPassword: nextPassword }),
      () => setPasswordByLink(aVisitor(), { token: "x".repeat(43), newPassword: nextPassword }),
    ];
    for (const attempt of attempts)
      expect(await refused(attempt())).toMatchObject({ code: "LINK_REFUSED", params: {}, fields: [] });
  });

  test("is guessed from one address sixty times in a quarter of an hour", async () => {
    const guess = () =>
      refused(setPasswordByLink(aVisitor("233.252.0.9"), { token: newId(), newPassword: "x" }));
    const answers = await Promise.all(Array.from({ length: 70 }, guess));
    expect(answers.filter(({ code }) => code === "LINK_REFUSED")).toHaveLength(60);
    expect(answers.filter(({ code }) => code === "RATE_LIMIT_EXCEEDED")).toHaveLength(10);
  });

  test("lets whoever has a second factor set a shorter password, which then does not stand alone", async () => {
    const { account, token } = await aLink();
    await db().mfaFactor.create({
      data: {
        id: newId(),
        userId: account.id,
        type: "totp",
        name: "Phone",
        secret: {},
        confirmedAt: new Date(),
      },
      select: { id: true },
    });
    await setPasswordByLink(aVisitor(), { token, newPassword: "quiet4snow" });
    expect(await db().user.findUniqueOrThrow({ where: { id: account.id } })).toMatchObject({
      passwordStandsAlone: false,
    });
  });
});

test("a person is created with a link instead of a password, and cannot sign in before", async () => {
  const ctx = await anAdministrator();
  const username = `new-${newId().slice(-10)}`;
  const { id, link } = await createUser(ctx, {
    username,
    displayName: "New",
    email: null,
    mustChangePassword: true,
  });
  if (link === null) throw new Error("no link was answered");
  expect(await refused(signIn({ id, username }, ""))).toMatchObject({ code: "LOGIN_FAILED" });
  await setPasswordByLink(aVisitor(), { token: tokenOf(link.url), newPassword: nextPassword });
  expect(await whoIs(await signIn({ id, username }, nextPassword))).toMatchObject({ pendingStep: null });
});

test("nobody resets their own password: the session that would show the link would end", async () => {
  const ctx = await anAdministrator();
  expect(await refused(resetPassword(ctx, { userId: ctx.actor.id }))).toMatchObject({
    code: "INVALID_STATE",
    params: { object: "own_account" },
  });
});
