/** Where a sign-in, a sign-out or a connection test stopped. */
export type OidcRefusalReason =
  | "address"
  | "scope"
  | "discovery"
  | "issuer"
  | "endpoint"
  | "pkce"
  | "algorithm"
  | "client-authentication"
  | "key-set"
  | "callback"
  | "state"
  | "provider-error"
  | "token-response"
  | "json"
  | "token"
  | "header"
  | "key"
  | "signature"
  | "claims"
  | "audience"
  | "expired"
  | "issued-at"
  | "nonce"
  | "access-token-hash"
  | "userinfo"
  | "events";

interface RefusalFacts {
  /** The provider's own error code, such as access_denied. */
  providerError?: string | undefined;
}

/** What came from the provider, or in its name, is not accepted; the message holds no token, code or secret. */
export class OidcRefusal extends Error {
  readonly kind = "rejected";
  readonly reason: OidcRefusalReason;
  readonly providerError: string | null;

  constructor(reason: OidcRefusalReason, message: string, facts: RefusalFacts = {}) {
    super(message);
    this.name = "OidcRefusal";
    this.reason = reason;
    this.providerError = facts.providerError === undefined ? null : shownWord(facts.providerError);
  }
}

// Error codes of OAuth are words of visible ASCII; a provider's free text never reaches a person from here.
function shownWord(text: string): string {
  return text.replace(/[^\u0021-\u007e]|["\\<>]/g, "").slice(0, 100);
}
