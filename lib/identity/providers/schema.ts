import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { ldapConfig, ldapSecrets, oidcConfig, oidcSecrets, samlConfig, samlSecrets } from "./settings/schema";

/** The kinds of server that can vouch for people; the first leads the browser away, the second asks for a password here. */
export const providerTypes = ["oidc", "saml", "ldap"] as const;
export type ProviderType = (typeof providerTypes)[number];
export const cohortKinds = ["group", "department", "ou", "tag"] as const;
export const groupFormats = ["array", "csv", "ldap_dn"] as const;

export const providerId = z.string().min(1).max(64);
const attribute = z.string().trim().min(1).max(200);

/** Which of a person's fields say who they are and what they belong to; null where the protocol's own answer counts. */
export const claimsMapping = z.strictObject({
  /** SAML only: an attribute that stays the same for ever, where the name id changes. */
  userId: attribute.nullable().default(null),
  username: attribute.nullable().default(null),
  email: attribute.nullable().default(null),
  displayName: attribute.nullable().default(null),
  groups: attribute.nullable().default(null),
  groupsFormat: z.enum(groupFormats).default("array"),
  cohortKind: z.enum(cohortKinds).default("group"),
});
export type ClaimsMapping = z.output<typeof claimsMapping>;

const general = {
  name: z.string().trim().min(1).max(100),
  enabled: z.boolean().default(false),
  sortOrder: z.number().int().min(0).max(1000).default(0),
  requireMfa: z.boolean().default(false),
  /** LDAP only; null: people are refreshed when they sign in. */
  syncIntervalMinutes: z.number().int().min(5).max(10_080).nullable().default(null),
  claimsMapping: claimsMapping.optional(),
};

export const configureOidcInput = z.strictObject({
  ...general,
  authType: z.literal("oidc"),
  config: oidcConfig,
  secrets: oidcSecrets.prefault({}),
});
export const configureSamlInput = z.strictObject({
  ...general,
  authType: z.literal("saml"),
  config: samlConfig,
  secrets: samlSecrets.prefault({}),
});
export const configureLdapInput = z.strictObject({
  ...general,
  authType: z.literal("ldap"),
  config: ldapConfig,
  secrets: ldapSecrets.prefault({}),
});
export const configureProviderInput = z.discriminatedUnion("authType", [
  configureOidcInput,
  configureSamlInput,
  configureLdapInput,
]);
export const configuredProvider = z.object({ id: z.string(), name: z.string() });

/** Absent members stay as they are; `version` is the one that was read; a config comes whole. */
const changes = {
  providerId,
  version: z.number().int(),
  name: general.name.optional(),
  sortOrder: z.number().int().min(0).max(1000).optional(),
  requireMfa: z.boolean().optional(),
  syncIntervalMinutes: z.number().int().min(5).max(10_080).nullable().optional(),
};
export const updateOidcInput = z.strictObject({
  ...changes,
  authType: z.literal("oidc"),
  config: oidcConfig.optional(),
  secrets: oidcSecrets.optional(),
});
export const updateSamlInput = z.strictObject({
  ...changes,
  authType: z.literal("saml"),
  config: samlConfig.optional(),
  secrets: samlSecrets.optional(),
});
export const updateLdapInput = z.strictObject({
  ...changes,
  authType: z.literal("ldap"),
  config: ldapConfig.optional(),
  secrets: ldapSecrets.optional(),
});
export const updateProviderInput = z.discriminatedUnion("authType", [
  updateOidcInput,
  updateSamlInput,
  updateLdapInput,
]);
export const enableProviderInput = z.strictObject({ providerId, enabled: z.boolean() });
export const deleteProviderInput = z.strictObject({
  providerId,
  confirmName: z.string().max(200).optional(),
});

/** Tries a config that need not be kept yet; with a provider's id its kept secret serves where none is given. */
const tried = { providerId: providerId.optional() };
export const testOidcInput = z.strictObject({
  ...tried,
  authType: z.literal("oidc"),
  config: oidcConfig,
  secrets: oidcSecrets.prefault({}),
});
export const testSamlInput = z.strictObject({
  ...tried,
  authType: z.literal("saml"),
  config: samlConfig,
  secrets: samlSecrets.prefault({}),
});
export const testLdapInput = z.strictObject({
  ...tried,
  authType: z.literal("ldap"),
  config: ldapConfig,
  secrets: ldapSecrets.prefault({}),
});
export const testConnectionInput = z.discriminatedUnion("authType", [
  testOidcInput,
  testSamlInput,
  testLdapInput,
]);
/** Without a config: the provider as it is kept. */
export const testProviderInput = z.strictObject({ providerId });

export const connectionSteps = [
  "address",
  "discovery",
  "keys",
  "certificates",
  "bind",
  "people",
  "groups",
] as const;
export const connectionReport = z.object({
  ok: z.boolean(),
  steps: z.array(
    z.object({
      name: z.enum(connectionSteps),
      outcome: z.enum(["passed", "failed", "skipped"]),
      /** What was found, ready to be shown beside a label of the same name. */
      facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
      /** Why it failed, as a word and in the server's or the network's words. */
      reason: z.string().nullable(),
      message: z.string().nullable(),
    }),
  ),
});
export type ConnectionReport = z.output<typeof connectionReport>;

/** Reads what an identity provider's metadata document says, for filling the form. */
export const readSamlMetadataInput = z.strictObject({ metadata: z.string().min(1).max(500_000) });
export const samlMetadataFacts = z.object({
  entityId: z.string(),
  ssoUrl: z.string(),
  certificates: z.array(z.string()),
});

/** What a form for this type asks; `name` is the member's path, the label stands in the messages under it. */
export const providerField = z.object({
  name: z.string(),
  kind: z.enum(["text", "url", "secret", "select", "boolean", "pem", "pem_list", "number", "list"]),
  required: z.boolean(),
  default: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  options: z.array(z.string()).optional(),
});
export type ProviderField = z.output<typeof providerField>;
export const providerTypeRow = z.object({
  type: z.enum(providerTypes),
  interaction: z.enum(["redirect", "credentials"]),
  /** Whether its people can be listed: import, refresh by the clock. */
  hasDirectory: z.boolean(),
  fields: z.array(providerField),
});
export const providerTypeList = z.object({ items: z.array(providerTypeRow) });

export const providerFilter = pageQuery;
export const providerRow = z.object({
  id: z.string(),
  name: z.string(),
  authType: z.enum(providerTypes),
  enabled: z.boolean(),
  sortOrder: z.number(),
  requireMfa: z.boolean(),
  /** Where it leads: the issuer, the identity provider's entity id, the directory's address. */
  server: z.string(),
  peopleCount: z.number(),
  mappingCount: z.number(),
  lastSyncedAt: z.date().nullable(),
  createdAt: z.date(),
});
export const providerPage = pageOf(providerRow);
export type ProviderRow = z.output<typeof providerRow>;

export const providerDetail = providerRow.extend({
  version: z.number(),
  config: z.union([ldapConfig, samlConfig, oidcConfig]),
  /** Which secrets are kept; their values leave the server never. */
  secretsKept: z.array(z.enum(["clientSecret", "bindPassword"])),
  claimsMapping,
  syncIntervalMinutes: z.number().nullable(),
  cohortCount: z.number(),
  sessionCount: z.number(),
  updatedAt: z.date(),
  /** What the other side has to be told; null where its protocol has no such thing. */
  ours: z.object({
    callbackUrl: z.string().nullable(),
    entityId: z.string().nullable(),
    metadataUrl: z.string().nullable(),
    backchannelLogoutUrl: z.string().nullable(),
    postLogoutUrl: z.string().nullable(),
  }),
});
export type ProviderDetail = z.output<typeof providerDetail>;

export type ConfigureProvider = z.output<typeof configureProviderInput>;
export type UpdateProvider = z.output<typeof updateProviderInput>;
export type EnableProvider = z.output<typeof enableProviderInput>;
export type DeleteProvider = z.output<typeof deleteProviderInput>;
export type TestConnection = z.output<typeof testConnectionInput>;
