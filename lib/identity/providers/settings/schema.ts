import { z } from "zod";

const address = z.string().trim().min(1).max(2000);
const attribute = z.string().trim().min(1).max(200);
const distinguishedName = z.string().trim().min(1).max(1000);
const ldapFilter = z.string().trim().min(3).max(1000);
const secret = z.string().min(1).max(1000);
// A form posts the end of each line as CR LF; one certificate is one text, however it came.
const pem = z
  .string()
  .overwrite((text) => text.replaceAll("\r\n", "\n"))
  .trim()
  .max(64_000)
  .regex(/^-----BEGIN CERTIFICATE-----/, "invalid_certificate");

/** A form sends one text for the list; its words are the list. */
const scopes = z
  .array(z.string().max(1000))
  .max(50)
  .transform((texts) =>
    [...new Set(["openid", ...texts.flatMap((text) => text.split(/[\s,]+/))])].filter(Boolean),
  )
  .refine((words) => words.every((word) => /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(word)), "invalid_format");

const certificates = z
  .array(z.string().max(64_000))
  .max(20)
  .transform((texts) => texts.flatMap(splitCertificates))
  .refine((blocks) => blocks.length > 0, "required")
  .refine(
    (blocks) => blocks.every((block) => /^-----BEGIN CERTIFICATE-----/.test(block)),
    "invalid_certificate",
  );

function splitCertificates(text: string): string[] {
  return text
    .replaceAll("\r\n", "\n")
    .split(/(?<=-----END CERTIFICATE-----)/)
    .map((block) => block.trim())
    .filter((block) => block !== "");
}

export const oidcConfig = z.strictObject({
  issuer: address,
  clientId: z.string().trim().min(1).max(500),
  scopes: scopes.default(["openid", "profile", "email"]),
  /** The only authority trusted for this server, in PEM; null for those the machine trusts. */
  caCertificate: pem.nullable().default(null),
});
export const samlConfig = z.strictObject({
  entityId: z.string().trim().min(1).max(1024),
  ssoUrl: address,
  /** Signing certificates in PEM; more than one while keys are rotated. */
  certificates,
});
export const ldapConfig = z.strictObject({
  url: address,
  startTls: z.boolean().default(false),
  caCertificate: pem.nullable().default(null),
  bindDn: distinguishedName,
  baseDn: distinguishedName,
  userFilter: ldapFilter.default("(&(objectClass=inetOrgPerson)(uid={username}))"),
  attributes: z
    .strictObject({
      id: attribute.default("entryUUID"),
      username: attribute.default("uid"),
      email: attribute.default("mail"),
      displayName: attribute.default("cn"),
    })
    .prefault({}),
  groups: z
    .strictObject({
      mode: z.enum(["search", "attribute"]).default("search"),
      /** Null: below the same place as the people. */
      baseDn: distinguishedName.nullable().default(null),
      filter: ldapFilter.default("(member={dn})"),
      keyAttribute: attribute.default("cn"),
      attribute: attribute.default("memberOf"),
      nested: z.boolean().default(true),
    })
    .prefault({}),
  timeoutSeconds: z.number().int().min(1).max(30).default(10),
});
export type OidcSettings = z.output<typeof oidcConfig>;
export type SamlSettings = z.output<typeof samlConfig>;
export type LdapSettings = z.output<typeof ldapConfig>;

/** Absent or null: what is kept stays; a secret is never read back. */
export const oidcSecrets = z.strictObject({ clientSecret: secret.nullable().optional() });
export const samlSecrets = z.strictObject({});
export const ldapSecrets = z.strictObject({ bindPassword: secret.nullable().optional() });
