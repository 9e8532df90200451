import { z } from "zod";
import { refusalOfOutsideAddress } from "@/lib/core/outside-address";
import { allowedAlgorithms } from "./oidc-config";
import type { OidcConfig } from "./oidc-config";
import { OidcRefusal } from "./oidc-refusal";

const address = z.string().max(2_000);
const words = z.array(z.string().max(200)).max(1_000);
const descriptionSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address,
  userinfo_endpoint: address.exactOptional(),
  end_session_endpoint: address.exactOptional(),
  id_token_signing_alg_values_supported: words,
  token_endpoint_auth_methods_supported: words.exactOptional(),
  code_challenge_methods_supported: words.exactOptional(),
  authorization_response_iss_parameter_supported: z.boolean().exactOptional(),
  claims_supported: words.exactOptional(),
});

/** What a provider says about itself, as far as it is used. */
export type ProviderMetadata = z.output<typeof descriptionSchema>;

/** A discovery document that may be trusted with a sign-in, its algorithms narrowed to those allowed. */
export function readMetadata(description: unknown, config: OidcConfig): ProviderMetadata {
  const read = descriptionSchema.safeParse(description);
  if (!read.success)
    throw new OidcRefusal("discovery", "the provider's description lacks what a sign-in needs");
  if (read.data.issuer !== config.issuer) {
    throw new OidcRefusal("issuer", "the provider calls itself by another issuer than the one set up");
  }
  refuseEndpoints(read.data);
  refusePlainChallenge(read.data);
  return { ...read.data, id_token_signing_alg_values_supported: requireAlgorithms(read.data) };
}

/** What the authorization request says itself, so an endpoint that says it too would say it twice. */
const requestParameters = [
  ...["response_type", "response_mode", "client_id", "redirect_uri", "scope", "state", "nonce", "login_hint"],
  ...["code_challenge", "code_challenge_method", "request", "request_uri", "prompt", "claims"],
];

function refuseEndpoints(metadata: ProviderMetadata): void {
  const { authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint, end_session_endpoint } =
    metadata;
  for (const one of [
    authorization_endpoint,
    token_endpoint,
    jwks_uri,
    userinfo_endpoint,
    end_session_endpoint,
  ]) {
    const refusal = one === undefined ? null : refusalOfOutsideAddress(one, { query: true });
    if (refusal) throw new OidcRefusal("endpoint", `an endpoint of the provider is refused (${refusal})`);
  }
  const preset = new URL(authorization_endpoint).searchParams;
  if (requestParameters.some((name) => preset.has(name))) {
    throw new OidcRefusal("endpoint", "the authorization endpoint presets a parameter of the request");
  }
}

// Several providers understand S256 without saying so; one that says what it understands has to name it.
function refusePlainChallenge(metadata: ProviderMetadata): void {
  const methods = metadata.code_challenge_methods_supported;
  if (methods && !methods.includes("S256")) {
    throw new OidcRefusal("pkce", "the provider does not understand PKCE with S256");
  }
}

function requireAlgorithms(metadata: ProviderMetadata): string[] {
  const offered = new Set(metadata.id_token_signing_alg_values_supported);
  const usable = allowedAlgorithms.filter((algorithm) => offered.has(algorithm));
  if (usable.length === 0) {
    throw new OidcRefusal("algorithm", "the provider signs neither with RS256 nor with ES256");
  }
  return usable;
}
