import { errors, jwtVerify } from "jose";
import type { JWTPayload } from "jose";
import { z } from "zod";
import type { Provider } from "./discovery";
import { allowedAlgorithms, clockSkewSeconds } from "./oidc-config";
import type { OidcConfig } from "./oidc-config";
import { OidcRefusal } from "./oidc-refusal";
import type { OidcRefusalReason } from "./oidc-refusal";
import { parseStrictJson } from "./strict-json";

export interface TokenRules {
  now: Date;
  /** Accepted in the header's typ, in lower case; a token without typ is always accepted. */
  types: string[];
  ageSecondsMax: number;
  requiredClaims: string[];
}

const charactersMax = 100_000;

/** The claims of a token that this provider signed for this client, not too long ago. */
export async function verifySignedToken(
  from: { provider: Provider; config: OidcConfig },
  token: string,
  rules: TokenRules,
): Promise<JWTPayload> {
  refuseHeader(token, rules.types);
  try {
    const { payload } = await jwtVerify(token, from.provider.keys.find, {
      algorithms: allowedAlgorithms,
      issuer: from.config.issuer,
      audience: from.config.clientId,
      currentDate: rules.now,
      clockTolerance: clockSkewSeconds,
      maxTokenAge: rules.ageSecondsMax,
      requiredClaims: rules.requiredClaims,
    });
    refuseOtherParty(payload, from.config.clientId);
    return payload;
  } catch (error) {
    throw asRefusal(error);
  }
}

const headerSchema = z.looseObject({ alg: z.string(), typ: z.string().optional() });
// A token may not say where its key is to be found, nor ask for rules that are not known here.
const refusedParameters = ["jku", "jwk", "x5u", "x5c", "crit", "b64", "zip", "enc"];

function refuseHeader(token: string, types: string[]): void {
  const header = readHeader(token);
  if (refusedParameters.some((name) => Object.hasOwn(header, name))) {
    throw new OidcRefusal("header", "the token's header names a key or a rule of its own");
  }
  if (!allowedAlgorithms.includes(header.alg)) {
    throw new OidcRefusal("algorithm", "the token is signed with an algorithm that is not allowed");
  }
  const type = header.typ?.toLowerCase().replace(/^application\//, "");
  if (type !== undefined && !types.includes(type)) {
    throw new OidcRefusal("header", "the token is of another type");
  }
}

function readHeader(token: string): z.output<typeof headerSchema> {
  const [header, payload, ...rest] = token.length > charactersMax ? [] : token.split(".");
  if (header === undefined || payload === undefined || rest.length !== 1) {
    throw new OidcRefusal("token", "the token is not a signed token of three parts");
  }
  try {
    parsePart(payload);
    return headerSchema.parse(parsePart(header));
  } catch {
    throw new OidcRefusal("token", "the token does not hold JSON that reads one way only");
  }
}

function parsePart(part: string): unknown {
  return parseStrictJson(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(part, "base64url")));
}

// The audience may name others beside us only when the token also says that it was made for us.
function refuseOtherParty(payload: JWTPayload, clientId: string): void {
  const audience = [payload.aud ?? []].flat();
  if (payload.azp === undefined ? audience.length !== 1 : payload.azp !== clientId) {
    throw new OidcRefusal("audience", "the token was made for another client");
  }
}

const reasonOfClaim: Record<string, OidcRefusalReason> = {
  iss: "issuer",
  aud: "audience",
  exp: "expired",
  nbf: "expired",
  iat: "issued-at",
};

function asRefusal(error: unknown): unknown {
  if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) {
    const reason = error.reason === "check_failed" ? reasonOfClaim[error.claim] : undefined;
    return refusalOf(reason ?? "claims");
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return refusalOf("signature");
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return refusalOf("key");
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return refusalOf("algorithm");
  if (error instanceof errors.JOSEError) return refusalOf("token");
  return isUnusableKey(error) ? refusalOf("key") : error;
}

// A published key that is too short or malformed is a TypeError or a DOMException of the cryptography below.
function isUnusableKey(error: unknown): boolean {
  return error instanceof TypeError || error instanceof DOMException;
}

function refusalOf(reason: OidcRefusalReason): OidcRefusal {
  return new OidcRefusal(reason, `a token of the provider is refused (${reason})`);
}
