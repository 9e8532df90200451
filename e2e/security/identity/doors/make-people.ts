import { createHmac, randomBytes } from "node:crypto";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { hashToken } from "@/lib/identity/check-token";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";
import type { Permission, ResourceRole } from "@/lib/vocabulary/permissions";
import type { Prisma } from "@/prisma/generated/client";

type PersonContext = Context & { actor: Person };

interface NewPerson {
  role?: string | null;
  /** Instead of a role: one made for this person with exactly these. */
  permissions?: readonly Permission[];
  /** The System the platform role is bound to. */
  within?: string;
  seat?: { systemId: string; role: ResourceRole };
  authType?: string;
  requireMfa?: boolean;
}

const environments = ["test", "prod"];

/** Somebody new, with rows for whatever they hold, and no session yet. */
export async function aNewPerson(given: NewPerson): Promise<PersonContext> {
  const id = newId();
  const username = `person-${id.slice(-8)}`;
  const authType = given.authType ?? "local";
  await db().user.create({ data: { id, username, displayName: username, authType }, select: { id: true } });
  const roleId = given.permissions ? await aRole(given.permissions, given.requireMfa) : (given.role ?? null);
  if (roleId !== null) await bind(id, roleId, given.within);
  if (given.seat) await seat(id, given.seat);
  const actor: Person = {
    kind: "person",
    id,
    username,
    displayName: username,
    sessionId: newId(),
    pendingStep: null,
    hasSecondFactor: true,
    mfaAt: new Date(),
    token: null,
    viewedBy: null,
  };
  return { actor, requestId: newId(), now: new Date(), address: null, userAgent: "test" };
}

async function aRole(permissions: readonly Permission[], requireMfa = false): Promise<string> {
  const id = newId();
  const rows = permissions.map((permission) => ({ permission }));
  await db().role.create({
    data: { id, name: id, displayName: "Holder", requireMfa, permissions: { create: rows } },
    select: { id: true },
  });
  return id;
}

async function bind(userId: string, roleId: string, systemId?: string): Promise<void> {
  const scope = systemId === undefined ? {} : { scopeType: "system", scopeId: systemId };
  await db().roleBinding.create({
    data: { id: newId(), userId, roleId, ...scope, allowedEnvironments: environments, createdBy: "test" },
    select: { id: true },
  });
}

export async function seat(
  userId: string,
  { systemId, role }: { systemId: string; role: ResourceRole },
): Promise<void> {
  await db().resourceRoleBinding.create({
    data: { id: newId(), userId, role, resourceType: "system", resourceId: systemId, grantedBy: "test" },
    select: { id: true },
  });
}

/** A confirmed authenticator app's row; nobody can answer for it. */
export async function addFactor(userId: string): Promise<void> {
  await db().mfaFactor.create({
    data: { id: newId(), userId, type: "totp", name: "Phone", secret: {}, confirmedAt: new Date() },
    select: { id: true },
  });
}

type SessionColumns = Partial<Prisma.UserSessionUncheckedCreateInput>;

/** A session's row, and the cookie that names it. */
export async function newSession(
  userId: string,
  over: SessionColumns = {},
): Promise<{ id: string; cookie: string }> {
  const id = newId();
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db().userSession.create({
    data: { id, userId, sessionVersion: 1, expiresAt, ...over },
    select: { id: true },
  });
  return { id, cookie: await signSessionCookie({ id, userId, expiresAt }) };
}

type TokenColumns = Partial<Prisma.ApiTokenUncheckedCreateInput>;

/** A token's row, and the word that opens it; unrestricted unless said otherwise. */
export async function addToken(
  userId: string,
  over: TokenColumns = {},
): Promise<{ id: string; token: string }> {
  const id = newId();
  const token = `shp_${randomBytes(32).toString("base64url")}`;
  const expiresAt = new Date(Date.now() + 3_600_000);
  const data = {
    id,
    userId,
    name: "ci",
    hash: hashToken(token),
    isRestricted: false,
    expiresAt,
    createdBy: userId,
  };
  await db().apiToken.create({ data: { ...data, ...over }, select: { id: true } });
  return { id, token };
}

export function cookieHeader(cookie: string): Record<string, string> {
  return { cookie: `session_id=${cookie}` };
}

export function bearerHeader(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** The same words under a signature that is not the portal's. */
export function signForeign(cookie: string): string {
  const [head = "", body = ""] = cookie.split(".");
  return `${head}.${body}.${createHmac("sha256", randomBytes(32)).update(`${head}.${body}`).digest("base64url")}`;
}
