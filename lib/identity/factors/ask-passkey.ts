import { generateAuthenticationOptions } from "@simplewebauthn/server";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { requireOwnSession } from "../store";
import { challengeMinutes } from "./rules";
import { toWebauthnJson, type WebauthnJson } from "./schema";
import { requirePasskeyParty } from "./store";
import { addChallenge } from "./take-challenge";

/**
 * What the browser asks the person's passkeys to sign, to prove a second factor with verifyMfa.
 * @throws CAPABILITY_NOT_SUPPORTED, RESOURCE_NOT_FOUND
 */
export async function askPasskey(ctx: Context): Promise<{ options: WebauthnJson }> {
  const person = requireOwnSession(ctx);
  const party = requirePasskeyParty();
  const passkeys = await listCredentials(person.id);
  if (passkeys.length === 0) throw new AppError("RESOURCE_NOT_FOUND", { type: "passkey" });
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    allowCredentials: passkeys,
    userVerification: "required",
    timeout: challengeMinutes * 60_000,
  });
  await addChallenge(ctx, { sessionId: person.sessionId, purpose: "verify", challenge: options.challenge });
  return { options: toWebauthnJson(options) };
}

export async function listCredentials(userId: string): Promise<{ id: string; transports: string[] }[]> {
  const passkeys = await db().mfaFactor.findMany({
    where: { userId, type: "webauthn", confirmedAt: { not: null } },
    select: { credentialId: true, transports: true },
  });
  return passkeys.flatMap(({ credentialId, transports }) =>
    credentialId === null ? [] : [{ id: credentialId, transports }],
  );
}
