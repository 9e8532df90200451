import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aBrowser, aMapping, aProvider, openDirectory, settingsOf } from "@/e2e/factories/provider";
import { findInstallation } from "@/e2e/lab/directory/ldap/slapd-configuration";
import type { DirectoryLab } from "@/e2e/lab/directory/server";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { configureProvider } from "./configure-provider";
import { deleteProvider } from "./delete-provider";
import { enableProvider } from "./enable-provider";
import { createMapping } from "./mapping/create-mapping";
import { listAuthProviders, listProviderTypes, listSignInWays, readAuthProvider } from "./queries";
import { readSamlMetadata } from "./read-saml-metadata";
import { configureProviderInput, updateProviderInput } from "./schema";
import { testConnection, testProvider } from "./test-connection";
import { updateProvider } from "./update-provider";

let lab: DirectoryLab;
beforeAll(async () => {
  lab = await openDirectory();
});
afterAll(() => lab.stop());

const oidcInput = (changes: Record<string, unknown> = {}) =>
  configureProviderInput.parse({
    name: `OIDC ${newId().slice(-6)}`,
    authType: "oidc",
    ...settingsOf(lab, "oidc"),
    ...changes,
  });

/** Somebody who may do everything with providers and nothing else. */
async function aSignInKeeper(): Promise<Context> {
  const id = `role-keeper-${newId().slice(-6)}`;
  const permissions = ["read", "configure", "update", "delete", "sync", "mapping_create", "mapping_update"];
  await db().role.create({
    data: {
      id,
      name: id,
      displayName: id,
      permissions: { create: permissions.map((word) => ({ permission: `auth_provider:${word}` })) },
    },
  });
  return aPerson(id);
}

test("a provider is kept with its secret sealed, and nothing that answers holds the secret", async () => {
  const admin = await anAdministrator();
  const { id } = await configureProvider(admin, oidcInput());
  const row = await db().authProvider.findUniqueOrThrow({ where: { id } });
  const records = await db().auditLog.findMany({ where: { resourceId: id } });
  const detail = await readAuthProvider(admin, id);
  const secret = lab.oidc.clientSecret;
  for (const shown of [row, records, detail, await listAuthProviders(admin, { perPage: 100 })]) {
    expect(inspect(shown, { depth: 20 })).not.toContain(secret);
  }
  expect(detail).toMatchObject({
    enabled: false,
    secretsKept: ["clientSecret"],
    server: lab.oidc.issuer,
    claimsMapping: { username: "preferred_username", groups: null },
    ours: { callbackUrl: `http://127.0.0.1:3000/api/v1/auth/providers/${id}/callback` },
  });
  expect(records.map(({ action }) => action)).toEqual(["auth_provider.configure"]);
  expect((await listSignInWays()).map((way) => way.id)).not.toContain(id);
  await enableProvider(admin, { providerId: id, enabled: true });
  expect(await listSignInWays()).toContainEqual({
    id,
    type: "oidc",
    displayName: detail.name,
    interaction: "redirect",
    href: `/api/v1/auth/providers/${id}/login/start`,
  });
});

test("it takes the permission and a second factor proved lately; a name is given once", async () => {
  const engineer = await aPerson("role-development-engineer");
  await expect(configureProvider(engineer, oidcInput())).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  await expect(listProviderTypes(engineer)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  const admin = await anAdministrator();
  const stale = { ...admin, actor: { ...admin.actor, mfaAt: null } };
  await expect(configureProvider(stale, oidcInput())).rejects.toMatchObject({
    code: "MFA_REQUIRED",
    params: { purpose: "change_sign_in" },
  });
  await configureProvider(admin, oidcInput({ name: "Once" }));
  await expect(configureProvider(admin, oidcInput({ name: "Once" }))).rejects.toMatchObject({
    fields: [{ field: "name", code: "already_exists" }],
  });
  expect((await listProviderTypes(admin)).items.map(({ type }) => type)).toEqual(["oidc", "saml", "ldap"]);
});

describe("settings that lead to the wrong place are refused by their field", () => {
  const oidc = (config: object) => ({
    authType: "oidc",
    config: { issuer: "https://id.test", clientId: "x", ...config },
  });
  const ldap = (config: object) => ({
    authType: "ldap",
    config: { url: "ldaps://ldap.test", bindDn: "cn=a", baseDn: "dc=a", ...config },
    secrets: { bindPassword: "x" },
  });
  const cases: [string, string, object][] = [
    ["http", "config.issuer", oidc({ issuer: "http://id.test" })],
    ["metadata service", "config.issuer", oidc({ issuer: "https://169.254.169.254" })],
    ["credentials", "config.issuer", oidc({ issuer: "https://a:b@id.test" })],
    ["no certificate", "config.caCertificate", oidc({ caCertificate: "-----BEGIN CERTIFICATE-----\nx" })],
    ["plain ldap", "config.url", ldap({ url: "ldap://ldap.test" })],
    ["ldap to a metadata service", "config.url", ldap({ url: "ldaps://169.254.169.254" })],
    ["another scheme", "config.url", ldap({ url: "ldapi://socket" })],
    ["a filter without the name", "config.userFilter", ldap({ userFilter: "(uid=*)" })],
    ["half a filter", "config.userFilter", ldap({ userFilter: "(&(uid={username})" })],
    ["a group filter without the person", "config.groups.filter", ldap({ groups: { filter: "(cn=*)" } })],
  ];
  test.each(cases)("%s", async (_name, field, given) => {
    const input = configureProviderInput.parse({ name: `Bad ${newId()}`, ...given });
    await expect(configureProvider(await anAdministrator(), input)).rejects.toMatchObject({
      fields: [{ field }],
    });
    expect(await db().authProvider.count({ where: { name: input.name } })).toBe(0);
  });
});

test("another config ends the provider's sessions and tries; a secret that is absent stays", async () => {
  const admin = await anAdministrator();
  const providerId = await aProvider(lab, "oidc");
  const browser = aBrowser(lab);
  await browser.signIn(providerId, "peter");
  const { version, config } = await readAuthProvider(admin, providerId);
  const rename = { providerId, authType: "oidc", version, name: `Renamed ${providerId}` };
  const renamed = await updateProvider(admin, updateProviderInput.parse(rename));
  expect(await db().userSession.count({ where: { provider: providerId, revokedAt: null } })).toBe(1);
  await expect(updateProvider(admin, updateProviderInput.parse(rename))).rejects.toMatchObject({
    code: "CONFLICT",
  });

  const scoped = { ...config, scopes: ["openid", "profile", "email", "groups"] };
  const other = { providerId, authType: "oidc", version: renamed.version, config: scoped };
  await updateProvider(admin, updateProviderInput.parse(other));
  expect(await db().userSession.count({ where: { provider: providerId, revokedAt: null } })).toBe(0);
  expect((await readAuthProvider(admin, providerId)).secretsKept).toEqual(["clientSecret"]);
  expect(await testProvider(admin, { providerId })).toMatchObject({ ok: true });
  const record = await db().auditLog.findFirstOrThrow({
    where: { resourceId: providerId },
    orderBy: { id: "desc" },
  });
  expect(record.details).toMatchObject({ ended: 1, after: { config: { scopes: scoped.scopes } } });
});

test("a kept secret goes to no other server than the one it was given for", async () => {
  const admin = await anAdministrator();
  const providerId = await aProvider(lab, "oidc");
  const { version } = await readAuthProvider(admin, providerId);
  const config = { issuer: "https://elsewhere.test", clientId: "shepherd" };
  const refusal = { fields: [{ field: "secrets.clientSecret", code: "required" }] };
  const moved = updateProviderInput.parse({ providerId, authType: "oidc", version, config });
  await expect(updateProvider(admin, moved)).rejects.toMatchObject(refusal);
  const tried = {
    providerId,
    authType: "oidc" as const,
    config: { ...config, scopes: [], caCertificate: null },
  };
  await expect(testConnection(admin, { ...tried, secrets: {} })).rejects.toMatchObject(refusal);
});

test("who could become an administrator by another server has to be one", async () => {
  const [admin, keeper] = [await anAdministrator(), await aSignInKeeper()];
  const providerId = await aProvider(lab, "oidc");
  const { version } = await readAuthProvider(admin, providerId);
  const change = updateProviderInput.parse({
    ...{ providerId, authType: "oidc", version },
    config: { issuer: "https://mine.test", clientId: "x" },
    secrets: { clientSecret: "y" },
  });
  const mapping = (key: string, roleId: string) => aMapping(providerId, { key, roleId, environments: [] });
  await createMapping(admin, mapping("engineering", "role-platform-admin"));
  await expect(updateProvider(keeper, change)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  await db().externalCohortMapping.deleteMany({ where: { providerId } });
  await createMapping(admin, mapping("engineering", "role-viewer"));
  await expect(updateProvider(keeper, change)).rejects.toMatchObject({
    fields: [{ field: "roleId", code: "not_permitted" }],
  });
  await expect(createMapping(keeper, mapping("all", "role-viewer"))).rejects.toMatchObject({
    fields: [{ code: "not_permitted" }],
  });
  await db().externalCohortMapping.deleteMany({ where: { providerId } });
  await aBrowser(lab).signIn(providerId, "peter");
  await db().roleBinding.create({
    data: {
      id: newId(),
      userId: (await db().user.findFirstOrThrow({ where: { authProviderId: providerId } })).id,
      roleId: "role-platform-admin",
      createdBy: "test",
    },
  });
  await expect(updateProvider(keeper, change)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
});

test("a deleted provider's people stay, lose what it gave them, and cannot come in", async () => {
  const admin = await anAdministrator();
  const providerId = await aProvider(lab, "oidc");
  const { name } = await readAuthProvider(admin, providerId);
  await createMapping(admin, aMapping(providerId, { key: "approvers", roleId: "role-viewer" }));
  const browser = aBrowser(lab);
  await browser.signIn(providerId, "peter");
  const user = await db().user.findFirstOrThrow({ where: { authProviderId: providerId } });
  const manual = { id: newId(), userId: user.id, roleId: "role-system-operator", createdBy: "test" };
  await db().roleBinding.create({ data: manual });
  await expect(deleteProvider(admin, { providerId })).rejects.toMatchObject({
    code: "DELETE_CONFIRMATION_REQUIRED",
  });
  await deleteProvider(admin, { providerId, confirmName: name });
  const bindings = await db().roleBinding.findMany({ where: { userId: user.id } });
  expect(bindings.map(({ roleId }) => roleId)).toEqual(["role-system-operator"]);
  expect(await db().userSession.count({ where: { userId: user.id, revokedAt: null } })).toBe(0);
  expect(await db().user.count({ where: { id: user.id } })).toBe(1);
  await expect(aBrowser(lab).begin(providerId)).resolves.toBe("404");
});

test("the only administrator who can come in is not locked out with their provider", async () => {
  const admin = await anAdministrator();
  const providerId = await aProvider(lab, "oidc");
  await db().user.update({
    where: { id: admin.actor.id },
    data: { authType: "oidc", authProviderId: providerId, externalId: "me" },
  });
  await db().$executeRaw`
    UPDATE users SET enabled = FALSE WHERE id <> ${admin.actor.id} AND id IN (SELECT b.user_id FROM role_bindings b
      WHERE b.role_id = 'role-platform-admin')`;
  await expect(enableProvider(admin, { providerId, enabled: false })).rejects.toMatchObject({
    code: "LAST_ADMINISTRATOR",
  });
  expect((await db().authProvider.findUniqueOrThrow({ where: { id: providerId } })).enabled).toBe(true);
});

describe("trying a connection tells what was found or which step failed", () => {
  const tried = (authType: "oidc" | "saml", changes: object = {}) => {
    const { config, secrets } = settingsOf(lab, authType);
    return { authType, config: { ...config, ...changes }, secrets };
  };
  const run = async (input: object) => {
    const parsed = (await import("./schema")).testConnectionInput.parse(input);
    return testConnection(await anAdministrator(), parsed);
  };

  test("OIDC", async () => {
    const found = await run(tried("oidc"));
    expect(found).toMatchObject({
      ok: true,
      steps: [
        { name: "discovery", outcome: "passed", facts: { issuer: lab.oidc.issuer } },
        { name: "keys", outcome: "passed" },
      ],
    });
    const wrong = await run(tried("oidc", { caCertificate: null }));
    expect(wrong).toMatchObject({
      ok: false,
      steps: [
        { name: "discovery", outcome: "failed", reason: "certificate" },
        { name: "keys", outcome: "skipped" },
      ],
    });
    const gone = await run(tried("oidc", { issuer: "https://127.0.0.1:9" }));
    expect(gone.steps[0]).toMatchObject({ outcome: "failed", reason: "unreachable" });
  });

  test("SAML, and its metadata document", async () => {
    expect(await run(tried("saml"))).toMatchObject({
      ok: true,
      steps: [{ name: "address" }, { name: "certificates" }],
    });
    const document = (await aBrowser(lab).visitor.open(lab.saml.metadataUrl)).html;
    const facts = await readSamlMetadata(await anAdministrator(), { metadata: document });
    expect(facts).toMatchObject({ entityId: lab.saml.entityId, ssoUrl: lab.saml.ssoUrl });
    const input = configureProviderInput.parse({ name: `Read ${newId()}`, authType: "saml", config: facts });
    await configureProvider(await anAdministrator(), input);
    await expect(readSamlMetadata(await anAdministrator(), { metadata: "<a/>" })).rejects.toMatchObject({
      fields: [{ field: "metadata" }],
    });
  });

  const slapd = findInstallation();
  const absent = "missing" in slapd ? ` (skipped: ${slapd.missing})` : "";
  test.skipIf(absent !== "")(`LDAP${absent}`, async () => {
    const { config, secrets } = settingsOf(lab, "ldap");
    const good = { authType: "ldap", config, secrets };
    expect(await run(good)).toMatchObject({
      ok: true,
      steps: [{ name: "bind" }, { name: "people", facts: { count: 7 } }, { name: "groups" }],
    });
    const wrong = await run({ ...good, secrets: { bindPassword: "wrong" } });
    expect(wrong).toMatchObject({
      ok: false,
      steps: [
        { name: "bind", outcome: "failed", reason: "credentials" },
        { outcome: "skipped" },
        { outcome: "skipped" },
      ],
    });
    const nowhere = await run({ ...good, config: { ...config, baseDn: "dc=nowhere" } });
    expect(nowhere.steps.map(({ outcome }) => outcome)).toEqual(["passed", "failed", "skipped"]);
  });
});
