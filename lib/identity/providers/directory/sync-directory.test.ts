import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aMapping, aProvider, aVisitor, openDirectory } from "@/e2e/factories/provider";
import { findInstallation } from "@/e2e/lab/directory/ldap/slapd-configuration";
import type { DirectoryLab } from "@/e2e/lab/directory/server";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { createMapping } from "../mapping/create-mapping";
import { readSample, listCohorts } from "../mapping/queries";
import { syncCohorts } from "../mapping/sync-cohorts";
import { takeSample } from "../mapping/take-sample";
import { submitCredentials } from "../sign-in/submit-credentials";
import { listDueDirectories, listSyncJobs, previewDirectory, readDirectoryDescriptor } from "./queries";
import { refreshDirectory } from "./refresh-directory.handler";
import { startDirectorySync } from "./start-directory-sync";
import { syncDirectory } from "./sync-directory.handler";

const slapd = findInstallation();
const absent = "missing" in slapd ? ` (skipped: ${slapd.missing})` : "";

describe.skipIf(absent !== "")(`a directory${absent}`, () => {
  let lab: DirectoryLab;
  let providerId: string;
  beforeAll(async () => {
    lab = await openDirectory();
  });
  beforeEach(async () => {
    await db().user.deleteMany({ where: { authType: "ldap" } });
    providerId = await aProvider(lab, "ldap");
  });
  afterAll(() => lab.stop());

  const latestJob = async () =>
    (await listSyncJobs(await anAdministrator(), { providerId, perPage: 1 })).items[0];

  async function importEverybody() {
    const { jobId } = await startDirectorySync(await anAdministrator(), { providerId });
    await syncDirectory({ jobId });
  }

  test("what the preview says is what the import does, and who is blocked is named and untouched", async () => {
    const admin = await anAdministrator();
    await db().user.deleteMany({ where: { username: { in: ["peter", "someone"] } } });
    const peter = { id: newId(), username: "peter", displayName: "Our own Peter" };
    const rita = { id: newId(), username: "someone", displayName: "Somebody", email: "rita@directory.test" };
    await db().user.createMany({ data: [peter, rita] });
    await createMapping(
      admin,
      aMapping(providerId, { key: "engineering", roleId: "role-development-engineer" }),
    );
    const preview = await previewDirectory(admin, { providerId, limit: 200 });
    expect(preview.counts).toEqual({ create: 5, update: 0, blocked: 2 });
    expect(preview.items.filter(({ outcome }) => outcome === "blocked")).toMatchObject([
      { username: "peter", conflict: "username_conflict" },
      { username: "rita", conflict: "email_conflict" },
    ]);
    expect(await db().user.count({ where: { authProviderId: providerId } })).toBe(0);

    await importEverybody();
    expect(await latestJob()).toMatchObject({
      syncMode: "manual_import",
      status: "completed",
      summary: { ...preview.counts, gone: 0 },
      problems: [{ reason: "username_conflict" }, { reason: "email_conflict" }],
    });
    expect(await db().user.findUniqueOrThrow({ where: { id: peter.id } })).toMatchObject({
      authType: "local",
    });
    const engineers = await db().roleBinding.findMany({
      where: { source: "external_cohort", user: { authProviderId: providerId } },
      include: { user: true },
    });
    expect(engineers.map(({ user }) => user.username).sort()).toEqual(["olivia", "tina"]);
    expect(await db().auditLog.count({ where: { action: "user.import", resourceId: providerId } })).toBe(1);

    const olivia = engineers.find(({ user }) => user.username === "olivia")?.user;
    const password = lab.people.find(({ username }) => username === "olivia")?.password ?? "";
    const visit = await submitCredentials(aVisitor(), { providerId, username: "olivia", password });
    expect(visit.person.id).toBe(olivia?.id);
    await importEverybody();
    expect((await latestJob())?.summary).toEqual({ create: 0, update: 5, blocked: 2, gone: 0 });
    await db().user.deleteMany({ where: { id: { in: [peter.id, rita.id] } } });
  });

  test("chosen people alone are imported, and one job of a provider runs at a time", async () => {
    const admin = await anAdministrator();
    const { items } = await previewDirectory(admin, { providerId, limit: 200 });
    const quinn = items.find(({ username }) => username === "quinn")?.externalId ?? "";
    const { jobId } = await startDirectorySync(admin, { providerId, externalIds: [quinn] });
    await expect(startDirectorySync(admin, { providerId })).rejects.toMatchObject({
      code: "CONFLICT",
      params: { problem: "in_progress" },
    });
    await Promise.all([syncDirectory({ jobId }), syncDirectory({ jobId })]);
    const users = await db().user.findMany({ where: { authProviderId: providerId } });
    expect(users.map(({ username }) => username)).toEqual(["quinn"]);
    const queued = await db().$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM pgboss.job WHERE name = 'identity.sync-directory'
        AND data ->> 'jobId' = ${jobId}`;
    expect(queued[0]?.count).toBe(1);
  });

  test("the clock's refresh touches known people only; who is gone loses everything the directory gave", async () => {
    const admin = await anAdministrator();
    await lab.control.changePerson("leaver", { groups: ["contractors"] });
    await createMapping(admin, aMapping(providerId, { key: "contractors", roleId: "role-viewer" }));
    const { items } = await previewDirectory(admin, { providerId, limit: 200 });
    const chosen = items.filter(({ username }) => ["leaver", "rita"].includes(username));
    const started = await startDirectorySync(admin, {
      providerId,
      externalIds: chosen.map(({ externalId }) => externalId),
    });
    await syncDirectory(started);
    const leaver = await db().user.findFirstOrThrow({
      where: { authProviderId: providerId, username: "leaver" },
    });
    const session = { userId: leaver.id, sessionVersion: leaver.sessionVersion, provider: providerId };
    await db().userSession.create({
      data: { id: newId(), ...session, expiresAt: new Date(Date.now() + 60_000) },
    });

    expect(await listDueDirectories()).not.toContainEqual({ providerId });
    await db().$executeRaw`
      UPDATE auth_providers SET sync_interval_minutes = 5, created_at = now() - interval '1 hour' WHERE id = ${providerId}`;
    expect(await listDueDirectories()).toContainEqual({ providerId });
    await lab.control.removePerson("leaver");
    await lab.control.changePerson("rita", { groups: [] });
    await refreshDirectory({ providerId });
    expect(await latestJob()).toMatchObject({
      syncMode: "scheduled_enrichment",
      status: "completed",
      summary: { create: 0, update: 1, blocked: 0, gone: 1 },
    });
    expect(await db().user.count({ where: { authProviderId: providerId } })).toBe(2);
    expect(await db().roleBinding.count({ where: { user: { authProviderId: providerId } } })).toBe(0);
    expect(await db().userSession.count({ where: { userId: leaver.id, revokedAt: null } })).toBe(0);
    const record = await db().auditLog.findFirstOrThrow({
      where: { action: "user.session_revoked", resourceId: leaver.id },
    });
    expect(record.details).toMatchObject({ reason: "gone_from_directory", count: 1 });
    expect(await listDueDirectories()).not.toContainEqual({ providerId });
    await refreshDirectory({ providerId });
    expect((await latestJob())?.summary).toMatchObject({ update: 1, gone: 0 });
    await lab.control.changePerson("rita", { groups: ["contractors"] });
  });

  test("when everybody seems gone, or the directory is down, nobody loses anything", async () => {
    await importEverybody();
    const row = await db().authProvider.findUniqueOrThrow({ where: { id: providerId } });
    const broken = { ...(row.config as object), userFilter: "(&(objectClass=device)(uid={username}))" };
    await db().authProvider.update({ where: { id: providerId }, data: { config: broken } });
    await refreshDirectory({ providerId });
    expect(await latestJob()).toMatchObject({ status: "failed", problems: [{ reason: "too_many_gone" }] });
    const down = { ...(row.config as object), url: "ldaps://127.0.0.1:9" };
    await db().authProvider.update({ where: { id: providerId }, data: { config: down } });
    await refreshDirectory({ providerId });
    expect(await latestJob()).toMatchObject({ status: "failed", problems: [{ reason: "unreachable" }] });
    const profiles = await db().userDirectoryProfile.findMany({ where: { providerId } });
    expect(profiles.filter(({ cohorts }) => cohorts.length > 0).length).toBeGreaterThan(3);
  });

  test("a sample gives ten people's fields, and the groups become cohorts", async () => {
    const admin = await anAdministrator();
    expect(await takeSample(admin, { providerId })).toMatchObject({ redirectUrl: null, people: 7 });
    const { fields, people } = await readSample(admin, { providerId });
    expect(people).toHaveLength(7);
    expect(fields.find(({ name }) => name === "groups")).toMatchObject({ type: "list" });
    expect(fields.find(({ name }) => name === "uid")).toMatchObject({ uniqueCount: 7, presentCount: 7 });
    expect(JSON.stringify(people)).not.toMatch(/userPassword|\{SSHA|\{ARGON/i);
    const { count } = await syncCohorts(admin, { providerId });
    const cohorts = await listCohorts(admin, { providerId, perPage: 100 });
    expect(cohorts.items).toHaveLength(count);
    expect(cohorts.items.map(({ key }) => key)).toContain("engineering");
    expect(await readDirectoryDescriptor(admin, { providerId })).toMatchObject({ joinKey: "entryUUID" });
    const viewer = await aPerson("role-viewer");
    await expect(takeSample(viewer, { providerId })).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
    await expect(previewDirectory(viewer, { providerId, limit: 1 })).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
    });
  });
});

test("a provider without a list of people imports none", async () => {
  const lab = await openDirectory();
  try {
    const providerId = await aProvider(lab, "oidc");
    const admin = await anAdministrator();
    await expect(startDirectorySync(admin, { providerId })).rejects.toMatchObject({ code: "NOT_SUPPORTED" });
    await expect(previewDirectory(admin, { providerId, limit: 1 })).rejects.toMatchObject({
      code: "NOT_SUPPORTED",
    });
  } finally {
    await lab.stop();
  }
});
