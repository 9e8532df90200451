import {
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  type WebAuthnCredential,
} from "@simplewebauthn/server";
import { z } from "zod";
import type { PasskeyParty } from "./rules";
import type { WebauthnJson } from "./schema";

/** ES256, RS256 and EdDSA: what every authenticator in use has one of. */
export const passkeyAlgorithms = [-7, -257, -8];

const encoded = z.string().max(16_384);
const credential = { id: encoded.min(1), rawId: encoded, type: z.literal("public-key") };
const registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: encoded,
    attestationObject: encoded,
    transports: z.array(z.string().max(32)).max(10).optional(),
  }),
});
const assertion = z.object({
  ...credential,
  response: z.object({ clientDataJSON: encoded, authenticatorData: encoded, signature: encoded }),
});
const clientData = z.object({ challenge: z.string().min(1).max(1024) });

/** Which challenge an answer says it is for; null where it is no answer at all. */
export function readChallenge(answer: WebauthnJson): string | null {
  const { data } = z.object({ response: z.object({ clientDataJSON: encoded }) }).safeParse(answer);
  if (data === undefined) return null;
  try {
    const text = Buffer.from(data.response.clientDataJSON, "base64url").toString("utf8");
    return clientData.safeParse(JSON.parse(text)).data?.challenge ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export function readCredentialId(answer: WebauthnJson): string | null {
  return z.object({ id: encoded.min(1) }).safeParse(answer).data?.id ?? null;
}

export interface NewCredential {
  id: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
  transports: string[];
}

interface Expected {
  party: PasskeyParty;
  challenge: string;
}

/** The credential that was made for this challenge, or null where anything about the answer is not as it must be. */
export async function checkNewPasskey(
  answer: WebauthnJson,
  { party, challenge }: Expected,
): Promise<NewCredential | null> {
  const parsed = registration.safeParse(answer);
  if (!parsed.success) return null;
  const response: RegistrationResponseJSON = { ...withTransports(parsed.data), clientExtensionResults: {} };
  const result = await refusedAsNull(
    verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: passkeyAlgorithms,
    }),
  );
  if (result === null || !result.verified) return null;
  const { id, publicKey, counter } = result.registrationInfo.credential;
  return { id, publicKey, counter, transports: parsed.data.response.transports ?? [] };
}

/** The signature's counter, or null where anything about the answer is not as it must be. */
export async function checkPasskey(
  answer: WebauthnJson,
  { party, challenge, known }: Expected & { known: WebAuthnCredential },
): Promise<number | null> {
  const parsed = assertion.safeParse(answer);
  if (!parsed.success) return null;
  const response: AuthenticationResponseJSON = { ...parsed.data, clientExtensionResults: {} };
  const result = await refusedAsNull(
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: known,
      requireUserVerification: true,
    }),
  );
  return result?.verified === true ? result.authenticationInfo.newCounter : null;
}

function withTransports({ response, ...rest }: z.output<typeof registration>) {
  const { clientDataJSON, attestationObject } = response;
  return { ...rest, response: { clientDataJSON, attestationObject } };
}

/** The library throws for whatever it refuses, in sentences that are no use to whoever sent it. */
function refusedAsNull<Result>(checking: Promise<Result>): Promise<Result | null> {
  return checking.catch(() => null);
}
