import { generateRegistrationOptions } from "@simplewebauthn/server";
import type { Context } from "@/lib/core/context";
import { admitEnrollment } from "./admit-enrollment";
import { listCredentials } from "./ask-passkey";
import { passkeyAlgorithms } from "./check-passkey";
import { challengeMinutes } from "./rules";
import { toWebauthnJson, type EnrollPasskey, type WebauthnJson } from "./schema";
import { requirePasskeyParty } from "./store";
import { addChallenge } from "./take-challenge";

/**
 * Begins with a passkey: what the browser needs to make one. Nothing is kept of it, and nothing is recorded, until
 * confirmPasskey.
 * @throws CAPABILITY_NOT_SUPPORTED, VALIDATION_FAILED on password or name, RATE_LIMIT_EXCEEDED, MFA_REQUIRED
 */
export async function enrollPasskey(
  ctx: Context,
  { password }: EnrollPasskey,
): Promise<{ options: WebauthnJson }> {
  const party = requirePasskeyParty();
  const person = await admitEnrollment(ctx, password);
  const options = await generateRegistrationOptions({
    rpName: "Shepherd",
    rpID: party.id,
    userName: person.username,
    userDisplayName: person.displayName,
    userID: new TextEncoder().encode(person.id),
    attestationType: "none",
    excludeCredentials: await listCredentials(person.id),
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
    supportedAlgorithmIDs: passkeyAlgorithms,
    timeout: challengeMinutes * 60_000,
  });
  await addChallenge(ctx, { sessionId: person.sessionId, purpose: "enroll", challenge: options.challenge });
  return { options: toWebauthnJson(options) };
}
