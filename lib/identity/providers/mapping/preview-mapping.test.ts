import { afterAll, beforeAll, expect, test } from "vitest";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aBrowser, aMapping, aProvider, openDirectory } from "@/e2e/factories/provider";
import type { DirectoryLab } from "@/e2e/lab/directory/server";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { sessionCookieName } from "../../rules";
import { signSessionCookie } from "../../sign-session-cookie";
import { chooseClaims } from "./choose-claims";
import { createMapping } from "./create-mapping";
import { deleteMapping } from "./delete-mapping";
import { previewMapping } from "./preview-mapping";
import { listMappings, readSample } from "./queries";
import { refreshPeople } from "./refresh-people.handler";
import type { MappingDraft, MappingPreview } from "./schema";
import { syncCohorts } from "./sync-cohorts";
import { takeSample } from "./take-sample";
import { updateMapping } from "./update-mapping";

let lab: DirectoryLab;
beforeAll(async () => {
  lab = await openDirectory();
});
afterAll(() => lab.stop());

/** Somebody the provider named these cohorts for. */
async function someoneIn(providerId: string, cohorts: string[]): Promise<string> {
  const id = newId();
  const user = { id, username: `known-${id.slice(-10)}`, displayName: "Known", authType: "oidc" };
  await db().user.create({ data: { ...user, authProviderId: providerId, externalId: id } });
  const profile = { userId: id, providerId, cohorts: cohorts.map((key) => `group:${key}`) };
  await db().userDirectoryProfile.create({ data: profile });
  return id;
}

/** Everybody's bindings from the provider, as texts. */
async function heldFrom(providerId: string): Promise<string[]> {
  const rows = await db().roleBinding.findMany({
    where: { source: "external_cohort", user: { authProviderId: providerId } },
  });
  return rows
    .map((row) => `${row.userId} ${row.roleId} ${row.scopeId} ${row.allowedEnvironments.join(",")}`)
    .sort();
}

function appliedTo(held: string[], { gain, lose, change }: MappingPreview): string[] {
  const text = (one: MappingPreview["gain"]["people"][number], environments: string[] | null) =>
    `${one.userId} ${one.roleId} ${one.systemId} ${(environments ?? []).join(",")}`;
  const gone = [...lose.people, ...change.people].map((one) => text(one, one.before));
  const come = [...gain.people, ...change.people].map((one) => text(one, one.after));
  return [...held.filter((one) => !gone.includes(one)), ...come].sort();
}

test("what a preview says is what the change does: new, changed and removed mappings", async () => {
  const admin = await anAdministrator();
  const providerId = await aProvider(lab, "oidc");
  await someoneIn(providerId, ["a"]);
  await someoneIn(providerId, ["a", "b"]);
  await someoneIn(providerId, ["b"]);
  await someoneIn(providerId, []);
  const draft = (key: string, environments: string[], roleId = "role-viewer"): MappingDraft => ({
    ...{ kind: "group", systemId: null },
    ...{ key, environments, roleId },
  });
  const check = async (preview: MappingPreview, act: () => Promise<unknown>) => {
    const expected = appliedTo(await heldFrom(providerId), preview);
    await act();
    expect(await heldFrom(providerId)).toEqual(expected);
  };

  const first = draft("a", ["test"]);
  const gaining = await previewMapping(admin, { providerId, draft: first });
  expect([gaining.gain.count, gaining.lose.count, gaining.change.count]).toEqual([2, 0, 0]);
  let mappingId = "";
  await check(gaining, async () => {
    mappingId = (await createMapping(admin, { providerId, ...first })).id;
  });

  const second = draft("b", ["prod"]);
  const union = await previewMapping(admin, { providerId, draft: second });
  expect([union.gain.count, union.change.count]).toEqual([1, 1]);
  expect(union.change.people[0]).toMatchObject({ before: ["test"], after: ["prod", "test"] });
  await check(union, () => createMapping(admin, { providerId, ...second }));

  const changed = { roleId: "role-system-operator", systemId: null, environments: ["test"] };
  const changing = await previewMapping(admin, { providerId, mappingId, draft: { ...first, ...changed } });
  expect([changing.gain.count, changing.lose.count, changing.change.count]).toEqual([2, 1, 1]);
  await check(changing, () => updateMapping(admin, { providerId, mappingId, ...changed }));

  const removing = await previewMapping(admin, { providerId, mappingId });
  expect([removing.gain.count, removing.lose.count]).toEqual([0, 2]);
  await check(removing, () => deleteMapping(admin, { providerId, mappingId }));
  expect((await listMappings(admin, { providerId, perPage: 20 })).items).toMatchObject([
    { key: "b", roleId: "role-viewer", environments: ["prod"], peopleCount: 2 },
  ]);
  const grants = await db().externalCohortGrant.count({ where: { mapping: { providerId } } });
  expect(grants).toBe(2);
});

test("nobody maps what they could not assign; a second factor is asked; a mapping exists once", async () => {
  const admin = await anAdministrator();
  const providerId = await aProvider(lab, "oidc");
  const stale = { ...admin, actor: { ...admin.actor, mfaAt: null } };
  const viewer = aMapping(providerId, { key: "a", roleId: "role-viewer" });
  await expect(createMapping(stale, viewer)).rejects.toMatchObject({
    code: "MFA_REQUIRED",
    params: { purpose: "grant_role" },
  });
  await expect(createMapping(await aPerson("role-approval-admin"), viewer)).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
  });
  await expect(createMapping(admin, { ...viewer, environments: ["nowhere"] })).rejects.toMatchObject({
    fields: [{ field: "environments", code: "not_found" }],
  });
  await expect(createMapping(admin, { ...viewer, systemId: "none" })).rejects.toMatchObject({
    fields: [{ field: "systemId", code: "not_found" }],
  });
  await expect(createMapping(admin, { ...viewer, roleId: "none" })).rejects.toMatchObject({
    fields: [{ field: "roleId", code: "not_found" }],
  });
  await createMapping(admin, viewer);
  await expect(createMapping(admin, viewer)).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
  const record = await db().auditLog.findFirstOrThrow({
    where: { action: "auth_provider.mapping_create", resourceId: providerId },
  });
  expect(record.details).toMatchObject({
    key: "a",
    roleId: "role-viewer",
    environments: ["test"],
    refreshed: 0,
  });
});

test("a disabled role gives nothing, and cohorts without a mapping neither", async () => {
  const admin = await anAdministrator();
  const providerId = await aProvider(lab, "oidc");
  const roleId = newId();
  await db().role.create({ data: { id: roleId, name: roleId, displayName: "Off" } });
  await someoneIn(providerId, ["a", "unmapped"]);
  await createMapping(admin, aMapping(providerId, { key: "a", roleId }));
  expect(await heldFrom(providerId)).toHaveLength(1);
  await db().role.update({ where: { id: roleId }, data: { enabled: false } });
  await refreshPeople({ providerId });
  expect(await heldFrom(providerId)).toEqual([]);
});

test("more than two hundred people become a worker's work, with the same effect", async () => {
  const admin = await anAdministrator();
  const providerId = await aProvider(lab, "oidc");
  await db().$executeRaw`
    INSERT INTO users (id, username, display_name, auth_type, auth_provider_id, external_id, updated_at)
    SELECT 'many-' || n, 'many-' || n, 'Many', 'oidc', ${providerId}, n::text, now() FROM generate_series(1, 450) AS n`;
  await db().$executeRaw`
    INSERT INTO user_directory_profiles (user_id, provider_id, cohorts)
    SELECT 'many-' || n, ${providerId}, ARRAY['group:all'] FROM generate_series(1, 450) AS n`;
  const { providerId: _provider, ...draft } = aMapping(providerId, { key: "all", roleId: "role-viewer" });
  const preview = await previewMapping(admin, { providerId, draft });
  expect([preview.gain.count, preview.gain.people.length]).toEqual([450, 200]);
  await createMapping(admin, { providerId, ...draft });
  expect(await heldFrom(providerId)).toHaveLength(0);
  const queued = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pgboss.job WHERE name = 'identity.refresh-people'
      AND data ->> 'providerId' = ${providerId}`;
  expect(queued[0]?.count).toBe(1);
  await refreshPeople({ providerId });
  expect(await heldFrom(providerId)).toHaveLength(450);
  await refreshPeople({ providerId });
  expect(await db().auditLog.count({ where: { action: "user.cohorts_change", parentId: providerId } })).toBe(
    450,
  );
});

test("a try shows the administrator a person's fields, signs nobody in, and belongs to who began it", async () => {
  const admin = await anAdministrator();
  const providerId = await aProvider(lab, "oidc");
  const session = { id: admin.actor.sessionId, userId: admin.actor.id };
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db().userSession.create({ data: { ...session, sessionVersion: 1, expiresAt } });
  const own = await signSessionCookie({ ...session, expiresAt });
  const begin = async (cookies: Map<string, string>) => {
    const { redirectUrl, cookie } = await takeSample(admin, { providerId, returnTo: "/admin/identity/x" });
    cookies.set(cookie?.name ?? "", cookie?.value ?? "");
    return redirectUrl ?? "";
  };
  const browser = aBrowser(lab, new Map([[sessionCookieName, own]]));
  const back = await browser.goThrough(providerId, "sam", await begin(browser.cookies));
  expect((await browser.arrive(providerId, back)).location).toBe("/admin/identity/x");
  expect(browser.cookies.get(sessionCookieName)).toBe(own);
  expect(await db().user.count({ where: { authProviderId: providerId } })).toBe(0);
  expect(await db().userSession.count({ where: { provider: providerId } })).toBe(0);
  const { fields, people } = await readSample(admin, { providerId });
  expect(people).toHaveLength(1);
  expect(fields.find(({ name }) => name === "groups")).toMatchObject({
    sample: ["on-call", "platform-admins"],
  });
  expect(fields.map(({ name }) => name)).not.toContain("nonce");

  const stranger = aBrowser(lab);
  const elsewhere = await stranger.goThrough(providerId, "olivia", await begin(stranger.cookies));
  expect((await stranger.arrive(providerId, elsewhere)).location).toBe(
    "/admin/identity/x?error=SIGN_IN_REFUSED",
  );
  expect((await readSample(admin, { providerId })).people).toHaveLength(1);
  expect(await syncCohorts(admin, { providerId })).toEqual({ count: 2 });
});

test("the choice of fields keeps the version, and who somebody is only SAML may choose", async () => {
  const admin = await anAdministrator();
  const providerId = await aProvider(lab, "oidc");
  const { version, claimsMapping } = await db().authProvider.findUniqueOrThrow({ where: { id: providerId } });
  const claims = { ...(claimsMapping as object), groups: "roles" } as Parameters<
    typeof chooseClaims
  >[1]["claimsMapping"];
  const chosen = await chooseClaims(admin, { providerId, version, claimsMapping: claims });
  await expect(chooseClaims(admin, { providerId, version, claimsMapping: claims })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  const byEmail = { ...claims, userId: "email" };
  await expect(
    chooseClaims(admin, { providerId, version: chosen.version, claimsMapping: byEmail }),
  ).rejects.toMatchObject({ fields: [{ field: "claimsMapping.userId" }] });
});
