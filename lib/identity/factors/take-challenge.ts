import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { readChallenge } from "./check-passkey";
import { challengeMinutes } from "./rules";
import type { WebauthnJson } from "./schema";

type ChallengePurpose = "enroll" | "verify";

interface NewChallenge {
  sessionId: string;
  purpose: ChallengePurpose;
  challenge: string;
}

export async function addChallenge(ctx: Context, challenge: NewChallenge): Promise<void> {
  const expiresAt = new Date(ctx.now.getTime() + challengeMinutes * 60_000);
  await db().mfaChallenge.deleteMany({ where: { expiresAt: { lt: ctx.now } } });
  await db().mfaChallenge.create({ data: { id: newId(), ...challenge, expiresAt }, select: { id: true } });
}

/**
 * The challenge an answer is for, if this session was given it for this purpose and nobody answered it yet. It is spent
 * before the answer is looked at, so that a refused answer cannot be mended and sent again.
 */
export async function takeChallenge(
  ctx: Context,
  { sessionId }: Person,
  { purpose, answer }: { purpose: ChallengePurpose; answer: WebauthnJson },
): Promise<string | null> {
  const challenge = readChallenge(answer);
  if (challenge === null) return null;
  const taken = await db().mfaChallenge.updateMany({
    where: { sessionId, purpose, challenge, consumedAt: null, expiresAt: { gt: ctx.now } },
    data: { consumedAt: ctx.now },
  });
  return taken.count === 1 ? challenge : null;
}
