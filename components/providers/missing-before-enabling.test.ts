import { expect, test } from "vitest";
import { claimsMapping } from "@/lib/identity/providers/schema";
import { ldapConfig, oidcConfig } from "@/lib/identity/providers/settings/schema";
import { missingBeforeEnabling } from "./missing-before-enabling";

const oidc = {
  authType: "oidc" as const,
  config: oidcConfig.parse({ issuer: "https://sign-in.example", clientId: "shepherd" }),
  secretsKept: ["clientSecret" as const],
  claimsMapping: claimsMapping.parse({ groups: "groups" }),
  mappingCount: 1,
};
const ldap = {
  ...oidc,
  authType: "ldap" as const,
  config: ldapConfig.parse({ url: "ldap://directory.example", bindDn: "cn=reader", baseDn: "dc=example" }),
  secretsKept: ["bindPassword" as const],
};

test("nothing is missing where groups are read and mapped", () => {
  expect(missingBeforeEnabling(oidc)).toEqual([]);
});

test("without a groups field or a mapping people come in without roles", () => {
  const bare = { ...oidc, claimsMapping: claimsMapping.parse({}), mappingCount: 0 };
  expect(missingBeforeEnabling(bare)).toEqual(["noGroupField", "noMapping"]);
});

test("a directory whose passwords travel readable is told, and one over TLS is not", () => {
  expect(missingBeforeEnabling(ldap)).toEqual(["plainText"]);
  expect(missingBeforeEnabling({ ...ldap, config: { ...ldap.config, startTls: true } })).toEqual([]);
  expect(
    missingBeforeEnabling({ ...ldap, config: { ...ldap.config, url: "ldaps://directory.example" } }),
  ).toEqual([]);
});

test("an OpenID provider without a secret is told", () => {
  expect(missingBeforeEnabling({ ...oidc, secretsKept: [] })).toEqual(["noSecret"]);
});
