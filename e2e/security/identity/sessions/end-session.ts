import { anAccount, aVisitor, firstPassword, nextPassword, signIn } from "@/e2e/factories/account";
import { anAdministrator } from "@/e2e/factories/person";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { changePassword } from "@/lib/identity/change-password";
import { disableUser } from "@/lib/identity/disable-user";
import { enableUser } from "@/lib/identity/enable-user";
import { resetPassword } from "@/lib/identity/reset-password";
import { revokeOtherSessions, revokeSession, revokeUserSession } from "@/lib/identity/revoke-session";
import { setPasswordByLink } from "@/lib/identity/set-password-by-link";
import { signOut } from "@/lib/identity/sign-out";
import { startSession } from "@/lib/identity/start-session";
import { inTransaction } from "@/lib/core/transaction";

type PersonContext = Context & { actor: Person };
export type Ending = (ctx: PersonContext) => Promise<unknown>;

/** The same person in another browser. */
async function elsewhere(ctx: PersonContext): Promise<PersonContext> {
  const signedIn = await signIn({ id: ctx.actor.id, username: ctx.actor.username });
  return { ...aVisitor(), actor: signedIn.person };
}

const passwords = { currentPassword: firstPassword, newPassword: nextPassword };

/** Everything after which a session must be over at once, wherever it is open. */
export const endings: Record<string, Ending> = {
  "signing out": (ctx) => signOut(ctx),
  "revoking it oneself": async (ctx) =>
    revokeSession(await elsewhere(ctx), { sessionId: ctx.actor.sessionId }),
  "revoking all others": async (ctx) => revokeOtherSessions(await elsewhere(ctx)),
  "an administrator's revoking": async ({ actor }) =>
    revokeUserSession(await anAdministrator(), { userId: actor.id, sessionId: actor.sessionId }),
  "disabling the account": async ({ actor }) => disableUser(await anAdministrator(), { userId: actor.id }),
  "disabling and enabling the account": async ({ actor }) => {
    await disableUser(await anAdministrator(), { userId: actor.id });
    await enableUser(await anAdministrator(), { userId: actor.id });
  },
  "changing the password elsewhere": async (ctx) => changePassword(await elsewhere(ctx), passwords),
  "resetting the password": async ({ actor }) => resetPassword(await anAdministrator(), { userId: actor.id }),
  "setting a password by a link": async ({ actor }) => {
    const { url } = await resetPassword(await anAdministrator(), { userId: actor.id });
    await setPasswordByLink(aVisitor(), { token: new URL(url).hash.slice(1), newPassword: nextPassword });
  },
  "signing in too often": async ({ actor, now }) => {
    const later = { ...aVisitor(), now: new Date(now.getTime() + 1_000) };
    const session = { userId: actor.id, sessionVersion: 1, provider: "local" };
    for (let at = 0; at < 10; at += 1) await inTransaction((tx) => startSession(tx, later, session));
  },
};

/** What ends a session by the clock alone, told by the row's columns. */
export const timeouts: Record<string, Ending> = {
  "resting too long": ({ actor }) =>
    moveBack(actor.sessionId, { lastSeenAt: new Date(Date.now() - 31 * 60_000) }),
  "reaching its end": ({ actor }) => moveBack(actor.sessionId, { expiresAt: new Date(Date.now() - 1_000) }),
};

function moveBack(id: string, data: { lastSeenAt?: Date; expiresAt?: Date }) {
  return db().userSession.update({ where: { id }, data, select: { id: true } });
}

/** Somebody signed in by their password. */
export async function aSignedInAccount(): Promise<{ ctx: PersonContext; expiresAt: Date }> {
  const { person, expiresAt } = await signIn(await anAccount());
  return { ctx: { ...aVisitor(), actor: person }, expiresAt };
}
