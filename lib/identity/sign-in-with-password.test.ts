import { beforeAll, describe, expect, test } from "vitest";
import { anAdministrator } from "@/e2e/factories/person";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { changePassword } from "./change-password";
import { checkSession, isSessionLive } from "./check-session";
import { createUser } from "./create-user";
import { revokeSession, revokeUserSession } from "./revoke-session";
import { signInWithPassword, type SignedIn } from "./sign-in-with-password";
import { signOut } from "./sign-out";
import { signSessionCookie } from "./sign-session-cookie";

const firstPassword = "tin roof, cold rain, 4 kites";
const nextPassword = "a lantern over quiet snow";
const minute = 60_000;

function visitor(address = "192.0.2.7"): Context {
  return { actor: { kind: "anonymous" }, requestId: newId(), now: new Date(), address, userAgent: "test" };
}

async function aUser(mustChangePassword = false): Promise<string> {
  const username = `user-${newId().slice(-10)}`;
  const input = {
    username,
    displayName: "Ada",
    email: null,
    initialPassword: firstPassword,
    mustChangePassword,
  };
  await createUser(await anAdministrator(), input);
  return username;
}

function asPerson({ person }: SignedIn): Context {
  return { ...visitor(), actor: person };
}

function cookieOf({ person, expiresAt }: SignedIn): Promise<string> {
  return signSessionCookie({ id: person.sessionId, userId: person.id, expiresAt });
}

function later(minutes: number): Context {
  return { ...visitor(), now: new Date(Date.now() + minutes * minute) };
}

const code = (error: unknown) => (error instanceof AppError ? error.code : error);

describe("signing in", () => {
  test("opens a session, and the record says who and from where", async () => {
    const username = await aUser();
    const signedIn = await signInWithPassword(visitor("192.0.2.9"), { username, password: firstPassword });
    expect(await checkSession(visitor(), await cookieOf(signedIn))).toMatchObject({
      username,
      pendingStep: null,
    });
    const record = await db().auditLog.findFirstOrThrow({
      where: { action: "user.login", actorName: username },
    });
    expect(record).toMatchObject({ actorId: signedIn.person.id, outcome: "success", ipAddress: "192.0.2.9" });
    expect(JSON.stringify(record.details)).not.toContain(signedIn.person.sessionId);
  });

  test("takes the user name in any case", async () => {
    const username = await aUser();
    const signedIn = await signInWithPassword(visitor(), {
      username: username.toUpperCase(),
      password: firstPassword,
    });
    expect(signedIn.person.username).toBe(username);
  });

  test("refuses a wrong password, a stranger and a disabled account in the same words", async () => {
    const username = await aUser();
    const disabled = await aUser();
    await db().user.update({ where: { username: disabled }, data: { enabled: false }, select: { id: true } });
    for (const attempt of [
      { username, password: "not this one" },
      { username: "nobody-at-all", password: firstPassword },
      { username: disabled, password: firstPassword },
    ]) {
      const refusal = await signInWithPassword(visitor("192.0.2.20"), attempt).catch(
        (error: unknown) => error,
      );
      expect(refusal).toMatchObject({ code: "LOGIN_FAILED", params: {}, fields: [] });
    }
  });

  test("records a failure without the name that was typed", async () => {
    const ctx = visitor();
    await signInWithPassword(ctx, { username: "my-secret-typed-here", password: "x" }).catch(() => undefined);
    const record = await db().auditLog.findFirstOrThrow({ where: { correlationId: ctx.requestId } });
    expect(record).toMatchObject({ action: "user.login_failed", outcome: "failure", actorName: "anonymous" });
    expect(JSON.stringify(record, (_key, value) => (typeof value === "bigint" ? 0 : value))).not.toContain(
      "my-secret",
    );
  });
});

describe("guessing", () => {
  test("an account is tried ten times in a quarter of an hour, however many at once, and the right one waits too", async () => {
    const username = await aUser();
    const guesses = Array.from({ length: 14 }, (_, at) =>
      signInWithPassword(visitor(`198.51.100.${at}`), { username, password: "wrong" }).catch(code),
    );
    const answers = await Promise.all(guesses);
    expect(answers.filter((answer) => answer === "LOGIN_FAILED")).toHaveLength(10);
    expect(answers.filter((answer) => answer === "RATE_LIMIT_EXCEEDED")).toHaveLength(4);
    const refusal = await signInWithPassword(visitor(), { username, password: firstPassword }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ code: "RATE_LIMIT_EXCEEDED", params: { maxValue: 10 } });
    expect((refusal as AppError).params["retryAfter"]).toBeGreaterThan(800);
  });

  test("the wait ends by itself", async () => {
    const username = await aUser();
    const guesses = Array.from({ length: 11 }, () =>
      signInWithPassword(visitor(), { username, password: "x" }).catch(code),
    );
    await Promise.all(guesses);
    await db()
      .$executeRaw`UPDATE rate_limit_counters SET window_start = window_start - interval '16 minutes'`;
    expect(await signInWithPassword(visitor(), { username, password: firstPassword })).toBeTruthy();
  });

  test("a success forgets the account's failures", async () => {
    const username = await aUser();
    for (let at = 0; at < 3; at += 1) {
      for (let guess = 0; guess < 5; guess += 1) {
        await signInWithPassword(visitor(`203.0.113.${at}`), { username, password: "x" }).catch(code);
      }
      await signInWithPassword(visitor(`203.0.113.${at}`), { username, password: firstPassword });
    }
  });

  test("an address is limited whatever names it tries", async () => {
    await db().platformSetting.create({
      data: { key: "login.failures_per_address", value: 3, updatedBy: "test" },
      select: { key: true },
    });
    const guess = (at: number) =>
      signInWithPassword(visitor("233.252.0.1"), { username: `name-${at}`, password: "x" });
    const answers = [];
    for (let at = 0; at < 5; at += 1) answers.push(await guess(at).catch(code));
    await db().platformSetting.delete({
      where: { key: "login.failures_per_address" },
      select: { key: true },
    });
    expect(answers).toEqual([
      "LOGIN_FAILED",
      "LOGIN_FAILED",
      "LOGIN_FAILED",
      "RATE_LIMIT_EXCEEDED",
      "RATE_LIMIT_EXCEEDED",
    ]);
  });
});

describe("a session", () => {
  let username: string;
  beforeAll(async () => {
    username = await aUser();
  });
  const signIn = () => signInWithPassword(visitor(), { username, password: firstPassword });

  test("ends after half an hour of rest, and use keeps it", async () => {
    const cookie = await cookieOf(await signIn());
    expect(await checkSession(later(29), cookie)).not.toBeNull();
    expect(await checkSession(later(58), cookie)).not.toBeNull();
    expect(await checkSession(later(89), cookie)).toBeNull();
  });

  test("ends after a day whatever is done", async () => {
    const signedIn = await signIn();
    await db().userSession.update({
      where: { id: signedIn.person.sessionId },
      data: { lastSeenAt: later(24 * 60 + 5).now },
      select: { id: true },
    });
    expect(await checkSession(later(24 * 60 + 1), await cookieOf(signedIn))).toBeNull();
  });

  test("ends when the person signs out, and the record says so", async () => {
    const signedIn = await signIn();
    const ctx = asPerson(signedIn);
    await signOut(ctx);
    expect(await checkSession(visitor(), await cookieOf(signedIn))).toBeNull();
    expect(await isSessionLive(ctx)).toBe(false);
    await signOut(ctx);
    expect(
      await db().auditLog.count({ where: { action: "user.logout", correlationId: ctx.requestId } }),
    ).toBe(1);
  });

  test("ends when the account is disabled", async () => {
    const other = await aUser();
    const signedIn = await signInWithPassword(visitor(), { username: other, password: firstPassword });
    await db().user.update({ where: { username: other }, data: { enabled: false }, select: { id: true } });
    expect(await checkSession(visitor(), await cookieOf(signedIn))).toBeNull();
  });

  test.each([
    ["another signature", (cookie: string) => `${cookie.slice(0, -2)}xx`],
    ["no signature", (cookie: string) => cookie.split(".").slice(0, 2).join(".") + "."],
    [
      "another algorithm",
      (cookie: string) => ["eyJhbGciOiJub25lIn0", ...cookie.split(".").slice(1)].join("."),
    ],
    ["nonsense", () => "abc"],
  ])("does not open for a cookie with %s", async (_what, forge) => {
    expect(await checkSession(visitor(), forge(await cookieOf(await signIn())))).toBeNull();
  });

  test("is ended by its owner, and by nobody else without the permission", async () => {
    const signedIn = await signIn();
    const stranger = asPerson(
      await signInWithPassword(visitor(), { username: await aUser(), password: firstPassword }),
    );
    const target = { sessionId: signedIn.person.sessionId };
    const { id: userId } = signedIn.person;
    expect(await revokeSession(stranger, target).catch(code)).toBe("RESOURCE_NOT_FOUND");
    expect(await revokeSession(stranger, { sessionId: "none" }).catch(code)).toBe("RESOURCE_NOT_FOUND");
    expect(await revokeUserSession(stranger, { ...target, userId }).catch(code)).toBe("PERMISSION_DENIED");
    expect(await checkSession(visitor(), await cookieOf(signedIn))).not.toBeNull();
    await revokeUserSession(await anAdministrator(), { ...target, userId });
    expect(await checkSession(visitor(), await cookieOf(signedIn))).toBeNull();
    const again = await signIn();
    await revokeSession(asPerson(again), { sessionId: again.person.sessionId });
    expect(await checkSession(visitor(), await cookieOf(again))).toBeNull();
  });
});

describe("changing the password", () => {
  test("ends the other sessions, keeps this one, and clears the demand", async () => {
    const username = await aUser(true);
    const signIn = (password: string) => signInWithPassword(visitor(), { username, password });
    const [here, elsewhere] = [await signIn(firstPassword), await signIn(firstPassword)];
    const ctx = asPerson(here);
    expect(here.person.pendingStep).toBe("change_password");

    await changePassword(ctx, { currentPassword: firstPassword, newPassword: nextPassword });

    expect(await checkSession(visitor(), await cookieOf(here))).toMatchObject({ pendingStep: null });
    expect(await checkSession(visitor(), await cookieOf(elsewhere))).toBeNull();
    expect(await signIn(firstPassword).catch(code)).toBe("LOGIN_FAILED");
    expect(await signIn(nextPassword)).toBeTruthy();
    const record = await db().auditLog.findFirstOrThrow({ where: { correlationId: ctx.requestId } });
    expect(record).toMatchObject({
      action: "user.password_change",
      details: { reason: "first_login_forced" },
    });
  });

  test.each([
    ["wrong", nextPassword, "VALIDATION_FAILED", { field: "currentPassword", code: "wrong_password" }],
    [firstPassword, "short", "PASSWORD_REFUSED", { field: "newPassword", code: "too_short" }],
    [firstPassword, firstPassword, "PASSWORD_REFUSED", { field: "newPassword", code: "password_unchanged" }],
    [
      firstPassword,
      "passwordpassword1",
      "PASSWORD_REFUSED",
      { field: "newPassword", code: "password_repeated" },
    ],
  ])("from %s to %s is refused and changes nothing", async (currentPassword, newPassword, refusal, field) => {
    const username = await aUser();
    const ctx = asPerson(await signInWithPassword(visitor(), { username, password: firstPassword }));
    const error = await changePassword(ctx, { currentPassword, newPassword }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: refusal, fields: [expect.objectContaining(field)] });
    expect(await db().auditLog.count({ where: { correlationId: ctx.requestId } })).toBe(0);
    expect(await signInWithPassword(visitor(), { username, password: firstPassword })).toBeTruthy();
  });

  test("takes the same password in another Unicode form", async () => {
    const username = await aUser();
    const ctx = asPerson(await signInWithPassword(visitor(), { username, password: firstPassword }));
    const composed = "\u00e9toile du soir, quai sombre";
    await changePassword(ctx, { currentPassword: firstPassword, newPassword: composed.normalize("NFD") });
    expect(await signInWithPassword(visitor(), { username, password: composed })).toBeTruthy();
  });
});
