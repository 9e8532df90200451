import { generateSecret, generateSync } from "otplib";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { sealFor } from "@/lib/core/keyring";
import { totpBinding } from "@/lib/identity/factors/enroll-totp";

export type PersonContext = Context & { actor: Person };

/** Another session of the same person, with its row; `mfaAt` null where its second factor is not proved. */
export async function aSession(
  ctx: PersonContext,
  { mfaAt = null, provider = "local" }: { mfaAt?: Date | null; provider?: string } = {},
): Promise<PersonContext> {
  const id = newId();
  const expiresAt = new Date(ctx.now.getTime() + 86_400_000);
  await db().userSession.create({
    data: { id, userId: ctx.actor.id, provider, sessionVersion: 1, expiresAt, lastSeenAt: ctx.now, mfaAt },
    select: { id: true },
  });
  return { ...ctx, requestId: newId(), actor: { ...ctx.actor, sessionId: id, mfaAt } };
}

export interface TotpFactor {
  id: string;
  secret: string;
  codeAt: (moment: Date) => string;
}

/** A confirmed authenticator app of the person. */
export async function aTotpFactor({ actor }: PersonContext): Promise<TotpFactor> {
  const id = newId();
  const secret = generateSecret();
  const sealed = await sealFor("web", secret, totpBinding(id));
  await db().mfaFactor.create({
    data: {
      id,
      userId: actor.id,
      type: "totp",
      name: `app ${id.slice(-4)}`,
      secret: sealed,
      confirmedAt: new Date(),
    },
    select: { id: true },
  });
  return { id, secret, codeAt: (moment) => codeAt(secret, moment) };
}

/** What an authenticator app with this secret shows at that moment. */
export function codeAt(secret: string, moment: Date): string {
  return generateSync({ secret, epoch: Math.floor(moment.getTime() / 1000) });
}
