import type { ProviderMetadata } from "./provider-metadata";
import { OidcRefusal } from "./oidc-refusal";

export interface ExpectedCallback {
  redirectUri: string;
  state: string;
}

const onceOnly = [
  "code",
  "state",
  "iss",
  "error",
  "error_description",
  "error_uri",
  "session_state",
  "scope",
];
const notOfThisFlow = ["response", "id_token", "access_token", "token", "token_type"];

/** Our own redirect address with what the provider sent back to it: one code, our state, and this provider (RFC 9207). */
export function readCallback(
  callbackUrl: string,
  expected: ExpectedCallback,
  metadata: ProviderMetadata,
): URL {
  const seen = URL.parse(callbackUrl);
  const own = new URL(expected.redirectUri);
  if (seen?.pathname !== own.pathname)
    throw new OidcRefusal("callback", "the answer came to another address");
  const parameters = seen.searchParams;
  refuseForm(parameters);
  if (expected.state === "" || parameters.get("state") !== expected.state) {
    throw new OidcRefusal("state", "the answer belongs to no sign-in that was begun here");
  }
  refuseOtherIssuer(parameters, metadata);
  refuseError(parameters);
  if (!parameters.get("code")) throw new OidcRefusal("callback", "the answer holds no code");
  own.search = parameters.toString();
  return own;
}

function refuseForm(parameters: URLSearchParams): void {
  if (onceOnly.some((name) => parameters.getAll(name).length > 1)) {
    throw new OidcRefusal("callback", "the answer names a parameter twice");
  }
  if (notOfThisFlow.some((name) => parameters.has(name))) {
    throw new OidcRefusal("callback", "the answer is one of another flow");
  }
}

function refuseOtherIssuer(parameters: URLSearchParams, metadata: ProviderMetadata): void {
  const issuer = parameters.get("iss");
  const isExpected = metadata.authorization_response_iss_parameter_supported === true;
  if (issuer === null ? isExpected : issuer !== metadata.issuer) {
    throw new OidcRefusal("issuer", "the answer comes from another provider than the one that was asked");
  }
}

function refuseError(parameters: URLSearchParams): void {
  const error = parameters.get("error");
  if (error === null) return;
  throw new OidcRefusal("provider-error", "the provider answers with an error", { providerError: error });
}
