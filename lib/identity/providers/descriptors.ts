import type { ProviderField, ProviderType } from "./schema";

interface ProviderDescriptor {
  type: ProviderType;
  interaction: "redirect" | "credentials";
  /** Whether its people can be listed: import, refresh by the clock. */
  hasDirectory: boolean;
  fields: ProviderField[];
}

const optional = { required: false, default: null } as const;
const required = { required: true, default: null } as const;

/** What each type of provider asks an administrator for; forms are drawn from this (spec §5.2). */
export const descriptors: Record<ProviderType, ProviderDescriptor> = {
  oidc: {
    type: "oidc",
    interaction: "redirect",
    hasDirectory: false,
    fields: [
      { name: "config.issuer", kind: "url", ...required },
      { name: "config.clientId", kind: "text", ...required },
      { name: "secrets.clientSecret", kind: "secret", ...optional },
      { name: "config.scopes", kind: "list", required: false, default: "openid profile email" },
      { name: "config.caCertificate", kind: "pem", ...optional },
    ],
  },
  saml: {
    type: "saml",
    interaction: "redirect",
    hasDirectory: false,
    fields: [
      { name: "config.entityId", kind: "text", ...required },
      { name: "config.ssoUrl", kind: "url", ...required },
      { name: "config.certificates", kind: "pem_list", ...required },
    ],
  },
  ldap: {
    type: "ldap",
    interaction: "credentials",
    hasDirectory: true,
    fields: [
      { name: "config.url", kind: "url", ...required },
      { name: "config.startTls", kind: "boolean", required: false, default: false },
      { name: "config.caCertificate", kind: "pem", ...optional },
      { name: "config.bindDn", kind: "text", ...required },
      { name: "secrets.bindPassword", kind: "secret", ...required },
      { name: "config.baseDn", kind: "text", ...required },
      text("config.userFilter", "(&(objectClass=inetOrgPerson)(uid={username}))"),
      text("config.attributes.id", "entryUUID"),
      text("config.attributes.username", "uid"),
      text("config.attributes.email", "mail"),
      text("config.attributes.displayName", "cn"),
      {
        name: "config.groups.mode",
        kind: "select",
        required: false,
        default: "search",
        options: ["search", "attribute"],
      },
      { name: "config.groups.baseDn", kind: "text", ...optional },
      text("config.groups.filter", "(member={dn})"),
      text("config.groups.keyAttribute", "cn"),
      text("config.groups.attribute", "memberOf"),
      { name: "config.groups.nested", kind: "boolean", required: false, default: true },
      { name: "config.timeoutSeconds", kind: "number", required: false, default: 10 },
    ],
  },
};

function text(name: string, preset: string): ProviderField {
  return { name, kind: "text", required: false, default: preset };
}
