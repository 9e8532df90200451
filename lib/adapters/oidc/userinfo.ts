import type { JWTPayload } from "jose";
import { fetchUserInfo } from "openid-client";
import { configureClient } from "./client-configuration";
import { translateFailures } from "./client-failures";
import type { Provider } from "./discovery";
import type { OidcConfig } from "./oidc-config";

/** What the provider adds about the same subject; empty where it has no such endpoint. */
export async function readUserinfo(
  from: { provider: Provider; config: OidcConfig },
  accessToken: string,
  subject: string,
): Promise<Record<string, unknown>> {
  if (from.provider.metadata.userinfo_endpoint === undefined) return {};
  const client = configureClient(from.provider, from.config);
  return translateFailures("userinfo", () => fetchUserInfo(client, accessToken, subject));
}

/** Only the signature says these, so an unsigned answer never changes or adds one. */
const signedClaims = new Set([
  ...["iss", "sub", "aud", "exp", "iat", "nbf", "jti", "nonce", "azp", "sid"],
  ...["auth_time", "acr", "amr", "at_hash", "c_hash", "s_hash", "events", "cnf", "__proto__"],
]);

export function overlayClaims(
  signed: JWTPayload,
  userinfo: Record<string, unknown>,
): Record<string, unknown> {
  const added = Object.entries(userinfo).filter(([name]) => !signedClaims.has(name));
  return Object.fromEntries([...Object.entries(signed).filter(([name]) => name !== "__proto__"), ...added]);
}
