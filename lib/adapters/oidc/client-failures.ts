import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from "openid-client";
import { z } from "zod";
import { OutsideFetchFailure } from "@/lib/core/outside-fetch";
import { OidcRefusal } from "./oidc-refusal";
import type { OidcRefusalReason } from "./oidc-refusal";

/** Runs a step of openid-client; its errors carry bodies and tokens, so they become refusals and are not kept as causes. */
export async function translateFailures<Result>(
  otherwise: OidcRefusalReason,
  step: () => Promise<Result>,
): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    throw asRefusal(error, otherwise);
  }
}

function asRefusal(error: unknown, otherwise: OidcRefusalReason): unknown {
  const own = findOwnFailure(error);
  if (own) return own;
  if (error instanceof AuthorizationResponseError) return providerError(error.error);
  if (error instanceof ResponseBodyError) return refusedByProvider(error.error);
  if (error instanceof WWWAuthenticateChallengeError) {
    return otherwise === "userinfo" ? saidOf(otherwise) : saidOf("client-authentication");
  }
  if (error instanceof ClientError) return saidOf(reasonOf(error) ?? otherwise);
  return error;
}

function findOwnFailure(error: unknown): OidcRefusal | OutsideFetchFailure | null {
  for (let one = error; one instanceof Error; one = one.cause) {
    if (one instanceof OidcRefusal || one instanceof OutsideFetchFailure) return one;
  }
  return null;
}

function refusedByProvider(code: string): OidcRefusal {
  const isAboutUs = code === "invalid_client" || code === "unauthorized_client";
  return isAboutUs
    ? new OidcRefusal("client-authentication", "the provider refuses the client", { providerError: code })
    : providerError(code);
}

function providerError(code: string): OidcRefusal {
  return new OidcRefusal("provider-error", "the provider answers with an error", { providerError: code });
}

function saidOf(reason: OidcRefusalReason): OidcRefusal {
  return new OidcRefusal(reason, `the provider's answer is refused (${reason})`);
}

const reasonOfClaim: Record<string, OidcRefusalReason> = {
  iss: "issuer",
  aud: "audience",
  azp: "audience",
  nonce: "nonce",
  exp: "expired",
  nbf: "expired",
};

// openid-client tells apart by what it encloses: the claim, the claims or the header that it did not accept.
const enclosed = z.object({
  claim: z.string().optional(),
  attribute: z.string().optional(),
  reason: z.string().optional(),
  header: z.unknown().optional(),
  claims: z.unknown().optional(),
});

function reasonOf(error: ClientError): OidcRefusalReason | null {
  const inner = error.cause instanceof Error ? error.cause.cause : error.cause;
  // A token that cannot be taken apart is enclosed whole, or as the error of its parser.
  if (typeof inner === "string" || error.code === "OAUTH_PARSE_ERROR") return "token";
  const facts = enclosed.safeParse(inner).data ?? {};
  if (facts.claim !== undefined) return reasonOfClaim[facts.claim] ?? "claims";
  if (facts.attribute === "issuer") return "issuer";
  if (facts.claims !== undefined) return "claims";
  if (facts.header !== undefined) return facts.reason === undefined ? "header" : "algorithm";
  return null;
}
