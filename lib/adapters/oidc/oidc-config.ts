/** One OpenID provider, as an administrator set it up and with its secret opened. */
export interface OidcConfig {
  /** Compared character by character with what the provider calls itself. */
  issuer: string;
  clientId: string;
  /** Null for a public client, which PKCE alone protects. */
  clientSecret: string | null;
  scopes: string[];
  /** The only authority trusted for this provider, in PEM; null for those that Node trusts. */
  caCertificate: string | null;
}

export const clockSkewSeconds = 30;
export const tokenAgeSecondsMax = 3_600;
export const logoutTokenAgeSecondsMax = 600;

/** Everything else is refused, whatever the provider's document says. */
export const allowedAlgorithms = ["RS256", "ES256"];
