import { createUser } from "@/lib/identity/create-user";
import { checkSession } from "@/lib/identity/check-session";
import { signInWithPassword, type SignedIn } from "@/lib/identity/sign-in-with-password";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { anAdministrator, aPerson } from "./person";

export const firstPassword = "tin roof, cold rain, 4 kites";
export const nextPassword = "a lantern over quiet snow";

export interface Account {
  id: string;
  username: string;
}

/** Somebody who asks and is nobody yet. */
export function aVisitor(address = "192.0.2.7"): Context {
  return { actor: { kind: "anonymous" }, requestId: newId(), now: new Date(), address, userAgent: "test" };
}

/** A local account that signs in with `firstPassword`. */
export async function anAccount(): Promise<Account> {
  const input = {
    username: `user-${newId().slice(-10)}`,
    displayName: "Ada Quill",
    email: null,
    initialPassword: firstPassword,
    mustChangePassword: false,
  };
  return createUser(await anAdministrator(), input);
}

export function signIn({ username }: Account, password = firstPassword): Promise<SignedIn> {
  return signInWithPassword(aVisitor(), { username, password });
}

export function cookieOf({ person, expiresAt }: SignedIn): Promise<string> {
  return signSessionCookie({ id: person.sessionId, userId: person.id, expiresAt });
}

/** The person as their session stands now, or null when it does not. */
export async function whoIs(signedIn: SignedIn): Promise<Person | null> {
  return checkSession(aVisitor(), await cookieOf(signedIn));
}

/** Somebody with a role and a live session of their own. */
export async function aSignedIn(role: string | null): Promise<Context & { actor: Person }> {
  const ctx = await aPerson(role, { environments: ["test", "prod"] });
  const { sessionId: id, id: userId } = ctx.actor;
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db().userSession.create({ data: { id, userId, sessionVersion: 1, expiresAt }, select: { id: true } });
  return ctx;
}

/** Somebody who holds exactly these permissions everywhere. */
export async function aHolder(...permissions: string[]): Promise<Context & { actor: Person }> {
  const roleId = newId();
  await db().role.create({
    data: {
      id: roleId,
      name: roleId,
      displayName: "Holder",
      permissions: { create: permissions.map((permission) => ({ permission })) },
    },
    select: { id: true },
  });
  return aSignedIn(roleId);
}

/** What a request left in the audit log, oldest first. */
export async function recordsOf(ctx: Context) {
  const rows = await db().auditLog.findMany({
    where: { correlationId: ctx.requestId },
    orderBy: { seq: "asc" },
    select: { action: true, actorId: true, resourceId: true, details: true },
  });
  return rows;
}

/** What the attempt was refused with; an attempt that succeeds or fails otherwise fails the test. */
export async function refused(attempt: Promise<unknown>): Promise<AppError> {
  const outcome = await attempt.then(
    () => new Error("it was not refused"),
    (error: unknown) => error,
  );
  if (outcome instanceof AppError) return outcome;
  throw outcome;
}
