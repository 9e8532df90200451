import type { z } from "zod";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readSetting } from "@/lib/settings/read-setting";
import { passwordOwnWords } from "./change-password";
import type { PasswordFacts } from "./rules";
import { preferenceValue, type ownProfile, type preferenceOutput, type sessionRow } from "./schema";
import { requirePerson } from "./store";

export async function readOwnProfile(ctx: Context): Promise<z.output<typeof ownProfile>> {
  const { id } = requirePerson(ctx);
  const { forcePasswordChange, ...user } = await db().user.findUniqueOrThrow({
    where: { id },
    select: {
      id: true,
      username: true,
      displayName: true,
      email: true,
      authType: true,
      lastLoginAt: true,
      createdAt: true,
      forcePasswordChange: true,
    },
  });
  return { ...user, mustChangePassword: forcePasswordChange };
}

/** The person's sessions that still stand, the latest used first. */
export async function listOwnSessions(ctx: Context): Promise<z.output<typeof sessionRow>[]> {
  const { id, sessionId } = requirePerson(ctx);
  const sessions = await db().userSession.findMany({
    where: { userId: id, revokedAt: null, expiresAt: { gt: ctx.now } },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
    take: 100,
    select: {
      id: true,
      provider: true,
      createdAt: true,
      lastSeenAt: true,
      expiresAt: true,
      ip: true,
      userAgent: true,
    },
  });
  return sessions.map((session) => ({ ...session, isCurrent: session.id === sessionId }));
}

/** What the screen needs to judge a new password while it is typed. */
export async function readPasswordFacts(ctx: Context): Promise<PasswordFacts> {
  const { username, displayName } = requirePerson(ctx);
  return {
    lengthMin: await readSetting(db(), "password.length_min"),
    ownWords: passwordOwnWords([username, displayName]),
  };
}

export async function readPreference(ctx: Context, key: string): Promise<z.output<typeof preferenceOutput>> {
  const row = await db().userPreference.findUnique({
    where: { userId_key: { userId: requirePerson(ctx).id, key } },
    select: { key: true, value: true },
  });
  if (row === null) throw new AppError("RESOURCE_NOT_FOUND", { type: "preference" });
  return { key: row.key, value: preferenceValue.parse(row.value) };
}

/** The ways to sign in; each tells whether it asks for a password here or leads elsewhere. */
export function listProviders() {
  return [{ id: "password", type: "local", displayName: "Password", interaction: "credentials" }];
}
