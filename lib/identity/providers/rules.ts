import type { ClaimsMapping, ProviderType } from "./schema";
import type { LdapSettings, OidcSettings, SamlSettings } from "./settings/schema";

/** What the other side has to be told; everything follows from the portal's one public address (spec §5.2). */
export function ownAddresses(origin: string, provider: { id: string; authType: ProviderType }) {
  const base = `${origin}/api/v1/auth/providers/${provider.id}`;
  const isOidc = provider.authType === "oidc";
  const isSaml = provider.authType === "saml";
  return {
    callbackUrl: isOidc || isSaml ? `${base}/callback` : null,
    entityId: isSaml ? `${base}/metadata` : null,
    metadataUrl: isSaml ? `${base}/metadata` : null,
    backchannelLogoutUrl: isOidc ? `${base}/backchannel-logout` : null,
    postLogoutUrl: isOidc ? `${origin}/login` : null,
  };
}

export type ProviderSettings =
  | { authType: "oidc"; config: OidcSettings }
  | { authType: "saml"; config: SamlSettings }
  | { authType: "ldap"; config: LdapSettings };

/** The one name of the server that people sign in at. */
export function serverOf(settings: ProviderSettings): string {
  switch (settings.authType) {
    case "oidc":
      return settings.config.issuer;
    case "saml":
      return settings.config.entityId;
    case "ldap":
      return settings.config.url;
  }
}

/**
 * Where a kept secret would be sent, and what the far end proves itself by: a secret goes nowhere else than where its
 * owner sent it, so that changing these asks for it again.
 */
export function secretDestination(settings: ProviderSettings): string {
  switch (settings.authType) {
    case "oidc":
      return JSON.stringify([
        settings.config.issuer,
        settings.config.clientId,
        settings.config.caCertificate,
      ]);
    case "saml":
      return "";
    case "ldap": {
      const { url, startTls, caCertificate, bindDn } = settings.config;
      return JSON.stringify([url, startTls, caCertificate, bindDn]);
    }
  }
}

/** Where each type keeps its fields unless an administrator chose others. */
const usualClaims: Record<ProviderType, ClaimsMapping> = {
  oidc: usual({ username: "preferred_username", email: "email", displayName: "name" }),
  saml: usual({ username: "uid", email: "mail", displayName: "displayName" }),
  ldap: usual({ groups: "groups" }),
};

function usual(chosen: Partial<ClaimsMapping>): ClaimsMapping {
  const nothing = { userId: null, username: null, email: null, displayName: null, groups: null };
  return { ...nothing, groupsFormat: "array", cohortKind: "group", ...chosen };
}

export function usualMapping(authType: ProviderType): ClaimsMapping {
  return usualClaims[authType];
}

/** A cohort as it stands in a person's profile. */
export function cohortText({ kind, key }: { kind: string; key: string }): string {
  return `${kind}:${key}`;
}
