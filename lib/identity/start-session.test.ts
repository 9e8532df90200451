import { describe, expect, test } from "vitest";
import { aHolder, anAccount, aSignedIn, aVisitor, refused, signIn, whoIs } from "@/e2e/factories/account";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { db } from "@/lib/core/db";
import { checkSession } from "./check-session";
import { listOwnSessions, listUserSessions } from "./queries";
import { revokeOtherSessions, revokeSession, revokeUserSession } from "./revoke-session";
import { signInWithPassword } from "./sign-in-with-password";
import { signSessionCookie } from "./sign-session-cookie";
import { firstPassword } from "@/e2e/factories/account";

const owners = (userId: string) => db().userSession.count({ where: { userId, revokedAt: null } });

describe("the limit of sessions at once", () => {
  test("ends the one that was used the longest time ago, and the record says why", async () => {
    const account = await anAccount();
    const sessions = [];
    for (let at = 0; at < 10; at += 1) sessions.push(await signIn(account));
    const [first, second] = sessions;
    if (first === undefined || second === undefined) throw new Error("nobody signed in");
    await db().userSession.update({
      where: { id: second.person.sessionId },
      data: { lastSeenAt: new Date(Date.now() - 60_000) },
      select: { id: true },
    });
    await signIn(account);
    expect(await owners(account.id)).toBe(10);
    expect(await whoIs(second)).toBeNull();
    expect(await whoIs(first)).not.toBeNull();
    const record = await db().auditLog.findFirstOrThrow({
      where: { action: "user.session_revoked", resourceId: account.id },
    });
    expect(record).toMatchObject({ actorId: account.id, details: { reason: "limit", count: 1 } });
  });

  test("holds for any number of sign-ins at once", async () => {
    await db().platformSetting.create({
      data: { key: "session.concurrent_max", value: 3, updatedBy: "test" },
      select: { key: true },
    });
    const account = await anAccount();
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => signIn(account)));
    await db().platformSetting.delete({ where: { key: "session.concurrent_max" }, select: { key: true } });
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(8);
    expect(await owners(account.id)).toBe(3);
  });
});

test("signing in is always a new session, and one that was known before stays what it was", async () => {
  const account = await anAccount();
  const planted = await aSignedIn("role-viewer");
  const signedIn = await signInWithPassword(
    { ...aVisitor(), actor: planted.actor },
    { username: account.username, password: firstPassword },
  );
  expect(signedIn.person.sessionId).not.toBe(planted.actor.sessionId);
  const row = await db().userSession.findUniqueOrThrow({ where: { id: planted.actor.sessionId } });
  expect(row).toMatchObject({ userId: planted.actor.id, revokedAt: null });
});

describe("ending sessions", () => {
  test("all but this one", async () => {
    const account = await anAccount();
    const [here, there, elsewhere] = [await signIn(account), await signIn(account), await signIn(account)];
    const ctx = { ...aVisitor(), actor: here.person };
    expect(await listOwnSessions(ctx)).toHaveLength(3);
    expect(await revokeOtherSessions(ctx)).toEqual({ count: 2 });
    expect([await whoIs(there), await whoIs(elsewhere)]).toEqual([null, null]);
    expect(await listOwnSessions(ctx)).toMatchObject([{ id: here.person.sessionId, isCurrent: true }]);
    expect(await revokeOtherSessions(ctx)).toEqual({ count: 0 });
  });

  test("somebody else's takes the permission, and an administrator's an administrator", async () => {
    const [target, administrator] = [await aSignedIn("role-viewer"), await aSignedIn("role-platform-admin")];
    const named = ({ actor }: typeof target) => ({ userId: actor.id, sessionId: actor.sessionId });
    const viewer = await aPerson("role-viewer");
    expect(await refused(revokeUserSession(viewer, named(target)))).toMatchObject({
      code: "PERMISSION_DENIED",
    });
    expect(await refused(listUserSessions(viewer, target.actor.id))).toMatchObject({
      code: "PERMISSION_DENIED",
    });
    const manager = await aHolder("user:manage");
    expect(await refused(revokeUserSession(manager, named(administrator)))).toMatchObject({
      params: { permission: "platform:admin" },
    });
    expect(await listUserSessions(manager, target.actor.id)).toMatchObject([{ isCurrent: false }]);
    const mixed = { ...named(target), userId: manager.actor.id };
    expect(await refused(revokeUserSession(manager, mixed))).toMatchObject({ code: "RESOURCE_NOT_FOUND" });
    await revokeUserSession(manager, named(target));
    expect(await owners(target.actor.id)).toBe(0);
  });

  test("a session of nobody's and a session of another are the same to whoever asks", async () => {
    const [ctx, other] = [await aSignedIn("role-viewer"), await aSignedIn("role-viewer")];
    const answers = [];
    for (const sessionId of [other.actor.sessionId, "none"])
      answers.push(await refused(revokeSession(ctx, { sessionId })));
    expect(answers[0]).toEqual(answers[1]);
    expect(await listUserSessions(await anAdministrator(), other.actor.id)).toHaveLength(1);
  });
});

test("what an open page does by itself does not keep its session awake", async () => {
  const account = await anAccount();
  const session = await signIn(account);
  const { sessionId } = session.person;
  const rested = new Date(Date.now() - 10 * 60_000);
  await db().userSession.update({
    where: { id: sessionId },
    data: { lastSeenAt: rested },
    select: { id: true },
  });
  const cookie = await signSessionCookie({ id: sessionId, userId: account.id, expiresAt: session.expiresAt });
  const seen = () =>
    db().userSession.findUniqueOrThrow({ where: { id: sessionId }, select: { lastSeenAt: true } });
  expect(await checkSession(aVisitor(), cookie, false)).not.toBeNull();
  expect((await seen()).lastSeenAt).toEqual(rested);
  expect(await checkSession(aVisitor(), cookie)).not.toBeNull();
  expect((await seen()).lastSeenAt.getTime()).toBeGreaterThan(rested.getTime());
});
