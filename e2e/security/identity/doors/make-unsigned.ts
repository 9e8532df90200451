import { db } from "@/lib/core/db";
import type { SignInStep } from "@/lib/vocabulary/sign-in-steps";
import { dead, everything, plain, type Identity } from "./identity";
import { addFactor, aNewPerson, cookieHeader, newSession, signForeign } from "./make-people";

export async function anAdministrator(): Promise<string> {
  return (await aNewPerson({ role: "role-platform-admin" })).actor.id;
}

export async function endedSessions(): Promise<Identity[]> {
  const past = new Date(Date.now() - 2 * 3_600_000);
  const live = await newSession(await anAdministrator());
  const disabled = await anAdministrator();
  const sessions = {
    expired: await newSession(await anAdministrator(), { expiresAt: past }),
    idle: await newSession(await anAdministrator(), { lastSeenAt: past }),
    revoked: await newSession(await anAdministrator(), { revokedAt: past }),
    outdated: await newSession(await anAdministrator(), { sessionVersion: 0 }),
    disabled: await newSession(disabled),
  };
  await db().user.update({ where: { id: disabled }, data: { enabled: false }, select: { id: true } });
  return [
    { ...dead, name: "nobody", headers: {} },
    { ...dead, name: "a cookie signed by another portal", headers: cookieHeader(signForeign(live.cookie)) },
    { ...dead, name: "a session that ran out", headers: cookieHeader(sessions.expired.cookie) },
    { ...dead, name: "a session at rest too long", headers: cookieHeader(sessions.idle.cookie) },
    { ...dead, name: "a revoked session", headers: cookieHeader(sessions.revoked.cookie) },
    {
      ...dead,
      name: "a session from before the password changed",
      headers: cookieHeader(sessions.outdated.cookie),
    },
    { ...dead, name: "a disabled user's session", headers: cookieHeader(sessions.disabled.cookie) },
  ];
}

export async function unfinishedSignIns(): Promise<Identity[]> {
  const [mustChange, mustVerify] = [await anAdministrator(), await anAdministrator()];
  await db().user.update({
    where: { id: mustChange },
    data: { forcePasswordChange: true },
    select: { id: true },
  });
  await addFactor(mustVerify);
  const mustEnroll = await aNewPerson({ permissions: ["platform:admin"], requireMfa: true });
  const pending = async (userId: string, pendingStep: SignInStep, name: string): Promise<Identity> => {
    const { cookie } = await newSession(userId);
    return { ...plain, name, pendingStep, permissions: everything, headers: cookieHeader(cookie) };
  };
  return [
    await pending(mustChange, "change_password", "an administrator who must change their password"),
    await pending(mustVerify, "verify_mfa", "an administrator whose second factor is not proved"),
    await pending(mustEnroll.actor.id, "enroll_mfa", "an administrator who must enrol a second factor"),
  ];
}
