import { refreshProvider } from "./discovery";
import type { OidcConfig } from "./oidc-config";

export interface OidcConnection {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  jwksKeys: number;
  /** Those of the provider's that are accepted. */
  algorithms: string[];
  endSessionEndpoint: string | null;
  claimsSupported: string[];
}

/** Asks the provider anew who it is and for its keys, as a sign-in would. */
export async function testOidcConnection(config: OidcConfig): Promise<OidcConnection> {
  const { metadata, keys } = await refreshProvider(config);
  return {
    issuer: metadata.issuer,
    authorizationEndpoint: metadata.authorization_endpoint,
    tokenEndpoint: metadata.token_endpoint,
    jwksKeys: await keys.count(),
    algorithms: metadata.id_token_signing_alg_values_supported,
    endSessionEndpoint: metadata.end_session_endpoint ?? null,
    claimsSupported: metadata.claims_supported ?? [],
  };
}
