import { beforeEach, describe, expect, test } from "vitest";
import { aSignedIn, aVisitor, recordsOf, refused } from "@/e2e/factories/account";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { isAuthorized } from "@/lib/access/authorize";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { readOwnProfile, listOwnSessions } from "./queries";
import { changePassword } from "./change-password";
import { checkSession, isSessionLive } from "./check-session";
import { createUser } from "./create-user";
import { disableUser } from "./disable-user";
import { issueToken } from "./issue-token";
import { revokeOtherSessions, revokeSession } from "./revoke-session";
import { revokeToken } from "./revoke-token";
import { setPreference } from "./set-preference";
import { signInWithPassword } from "./sign-in-with-password";
import { signOut } from "./sign-out";
import { signSessionCookie } from "./sign-session-cookie";
import { startViewAs } from "./start-view-as";
import { stopViewAs } from "./stop-view-as";
import { issueTokenInput } from "./tokens/schema";

type PersonContext = Context & { actor: Person };

let admin: PersonContext;
let target: PersonContext;

beforeEach(async () => {
  admin = await aSignedIn("role-platform-admin");
  target = await aSignedIn("role-viewer");
});

/** The administrator's next request, by the same cookie. */
async function seen(minutesLater = 0): Promise<PersonContext> {
  const { sessionId: id, id: userId } = admin.actor;
  const cookie = await signSessionCookie({ id, userId, expiresAt: new Date(Date.now() + 86_400_000) });
  const ctx = { ...aVisitor(), now: new Date(Date.now() + minutesLater * 60_000) };
  const actor = await checkSession(ctx, cookie);
  if (actor === null) throw new Error("the session does not stand");
  return { ...ctx, actor };
}

const view = () => startViewAs(admin, { userId: target.actor.id });

describe("looking at the portal as somebody else", () => {
  test("shows what they see, says who looks, and both ends are on record as the administrator's", async () => {
    const { until } = await view();
    expect(until.getTime() - admin.now.getTime()).toBe(30 * 60_000);
    const viewing = await seen();
    expect(viewing.actor).toMatchObject({
      id: target.actor.id,
      viewedBy: { id: admin.actor.id },
      mfaAt: null,
      sessionId: admin.actor.sessionId,
    });
    expect(await readOwnProfile(viewing)).toMatchObject({
      viewedBy: { id: admin.actor.id },
      viewUntil: until,
    });
    expect(await isAuthorized(db(), viewing, "vm:read")).toBe(true);
    expect(await isAuthorized(db(), viewing, "user:manage")).toBe(false);
    expect((await listOwnSessions(viewing)).map(({ id }) => id)).toEqual([target.actor.sessionId]);

    await stopViewAs(viewing);
    expect((await seen()).actor).toMatchObject({ id: admin.actor.id, viewedBy: null });
    expect(await recordsOf(admin)).toMatchObject([
      { action: "user.view_as_start", actorId: admin.actor.id, resourceId: target.actor.id },
    ]);
    expect(await recordsOf(viewing)).toMatchObject([
      { action: "user.view_as_end", actorId: admin.actor.id, resourceId: target.actor.id },
    ]);
    await stopViewAs(await seen());
  });

  test("changes nothing of anybody's", async () => {
    const mine = await issueToken(target, issueTokenInput.parse({ name: "theirs" }));
    await view();
    const viewing = await seen();
    const attempts: [string, () => Promise<unknown>][] = [
      ["password", () => changePassword(viewing, { currentPassword: "x", newPassword: "y" })],
      ["token", () => issueToken(viewing, issueTokenInput.parse({ name: "x" }))],
      ["token end", () => revokeToken(viewing, { tokenId: mine.id })],
      ["session", () => revokeSession(viewing, { sessionId: target.actor.sessionId })],
      ["sessions", () => revokeOtherSessions(viewing)],
      ["preference", () => setPreference(viewing, { key: "theme", value: "dark" })],
      ["another view", () => startViewAs(viewing, { userId: target.actor.id })],
    ];
    for (const [what, attempt] of attempts)
      expect([what, (await refused(attempt())).code]).toEqual([what, "VIEW_ONLY"]);
    expect(await db().userPreference.count({ where: { userId: target.actor.id } })).toBe(0);
    expect(await db().apiToken.count({ where: { userId: target.actor.id, revokedAt: null } })).toBe(1);
    expect(await db().userSession.count({ where: { userId: target.actor.id, revokedAt: null } })).toBe(1);
    expect(await recordsOf(viewing)).toEqual([]);
  });

  test("changes nothing even where the other person might", async () => {
    const other = await anAdministrator();
    await startViewAs(admin, { userId: other.actor.id });
    const viewing = await seen();
    const input = {
      username: `new-${newId().slice(-10)}`,
      displayName: "New",
      email: null,
      mustChangePassword: true,
    };
    expect(await refused(createUser(viewing, input))).toMatchObject({ code: "VIEW_ONLY" });
    expect(await refused(disableUser(viewing, { userId: target.actor.id }))).toMatchObject({
      code: "VIEW_ONLY",
    });
    expect(await db().user.count({ where: { username: input.username } })).toBe(0);
    expect(await db().user.count({ where: { id: target.actor.id, enabled: true } })).toBe(1);
  });

  test("signing out ends the administrator's session and not the other person's", async () => {
    await view();
    const viewing = await seen();
    await signOut(viewing);
    const rows = await db().userSession.findMany({
      where: { id: { in: [admin.actor.sessionId, target.actor.sessionId] } },
      select: { id: true, revokedBy: true },
    });
    expect(rows).toEqual(
      expect.arrayContaining([
        { id: admin.actor.sessionId, revokedBy: admin.actor.id },
        { id: target.actor.sessionId, revokedBy: null },
      ]),
    );
    expect(await recordsOf(viewing)).toMatchObject([{ action: "user.logout", actorId: admin.actor.id }]);
  });

  test("ends by itself after half an hour, when the other is disabled, and when the administrator is none any more", async () => {
    await view();
    const viewing = await seen();
    expect(await isSessionLive(viewing)).toBe(true);
    expect((await seen(29)).actor.id).toBe(target.actor.id);
    await db().userSession.update({
      where: { id: admin.actor.sessionId },
      data: { viewAsUntil: new Date(Date.now() - 1) },
      select: { id: true },
    });
    expect((await seen()).actor.id).toBe(admin.actor.id);
    // A live page of the other person's must not go on.
    expect(await isSessionLive(viewing)).toBe(false);

    await view();
    await db().user.update({
      where: { id: target.actor.id },
      data: { enabled: false },
      select: { id: true },
    });
    expect((await seen()).actor.id).toBe(admin.actor.id);
    await db().user.update({ where: { id: target.actor.id }, data: { enabled: true }, select: { id: true } });
    expect((await seen()).actor.id).toBe(target.actor.id);
    await db().roleBinding.deleteMany({ where: { userId: admin.actor.id } });
    expect((await seen()).actor.id).toBe(admin.actor.id);
  });

  test("takes an administrator with a fresh second factor, and somebody else who is enabled", async () => {
    const userId = target.actor.id;
    expect(await refused(startViewAs(await aPerson("role-viewer"), { userId }))).toMatchObject({
      code: "PERMISSION_DENIED",
      params: { permission: "platform:admin" },
    });
    const stale = { ...admin, actor: { ...admin.actor, mfaAt: new Date(Date.now() - 11 * 60_000) } };
    expect(await refused(startViewAs(stale, { userId }))).toMatchObject({
      code: "MFA_REQUIRED",
      params: { purpose: "change_sign_in" },
    });
    expect(await refused(startViewAs(admin, { userId: admin.actor.id }))).toMatchObject({
      code: "INVALID_STATE",
    });
    expect(await refused(startViewAs(admin, { userId: newId() }))).toMatchObject({
      code: "RESOURCE_NOT_FOUND",
    });
    await db().user.update({ where: { id: userId }, data: { enabled: false }, select: { id: true } });
    expect(await refused(startViewAs(admin, { userId }))).toMatchObject({ code: "INVALID_STATE" });
    expect((await seen()).actor.viewedBy).toBeNull();
  });

  test("a wrong password in the same browser is answered as to anybody", async () => {
    await view();
    const attempt = signInWithPassword(await seen(), { username: "nobody-here", password: "x" });
    expect(await refused(attempt)).toMatchObject({ code: "LOGIN_FAILED" });
  });
});
