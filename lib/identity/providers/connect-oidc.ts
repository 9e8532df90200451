import type { OidcConfig } from "@/lib/adapters/oidc/oidc-config";
import type { OidcSettings } from "./settings/schema";

/** Settings and secret in the form of the wall. */
export function connectOidc(settings: OidcSettings, clientSecret: string | null): OidcConfig {
  const { issuer, clientId, scopes, caCertificate } = settings;
  return { issuer, clientId, clientSecret, scopes, caCertificate };
}
