import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anAdministrator } from "@/e2e/factories/person";
import { aMapping, aProvider, aVisitor, openDirectory } from "@/e2e/factories/provider";
import { findInstallation } from "@/e2e/lab/directory/ldap/slapd-configuration";
import type { DirectoryLab } from "@/e2e/lab/directory/server";
import { db } from "@/lib/core/db";
import { createMapping } from "../mapping/create-mapping";
import { submitCredentials } from "./submit-credentials";

const slapd = findInstallation();
const absent = "missing" in slapd ? ` (skipped: ${slapd.missing})` : "";

describe.skipIf(absent !== "")(`LDAP${absent}`, () => {
  let lab: DirectoryLab;
  let providerId: string;
  const submit = (username: string, password: string) =>
    submitCredentials(aVisitor(), { providerId, username, password });
  const passwordOf = (username: string) =>
    lab.people.find((one) => one.username === username)?.password ?? "";

  beforeAll(async () => {
    lab = await openDirectory();
    providerId = await aProvider(lab, "ldap");
  });
  afterAll(() => lab.stop());

  test("somebody signs in with the directory's password and the roles of nested groups", async () => {
    const admin = await anAdministrator();
    await createMapping(
      admin,
      aMapping(providerId, { key: "platform-admins", roleId: "role-platform-admin" }),
    );
    const { person } = await submit("sam", passwordOf("sam"));
    expect(person).toMatchObject({ username: "sam", displayName: "Sam Żółkiewski" });
    const bindings = await db().roleBinding.findMany({ where: { userId: person.id } });
    expect(bindings).toMatchObject([{ roleId: "role-platform-admin", source: "external_cohort" }]);
    const profile = await db().userDirectoryProfile.findUniqueOrThrow({ where: { userId: person.id } });
    expect(profile.cohorts.sort()).toEqual(["group:on-call", "group:platform-admins"]);

    await lab.control.changePerson("sam", { groups: [] });
    await submit("sam", passwordOf("sam"));
    expect(await db().roleBinding.count({ where: { userId: person.id } })).toBe(0);
    await lab.control.changePerson("sam", { groups: ["on-call"] });
  });

  test("a wrong password, an unknown name, a filter for a name and a disabled account are answered alike", async () => {
    const { person } = await submit("olivia", passwordOf("olivia"));
    await db().user.update({ where: { id: person.id }, data: { enabled: false } });
    const tries: [string, string][] = [
      ["peter", "wrong"],
      ["nobody", "wrong"],
      ["*", passwordOf("peter")],
      ["peter)(uid=*", passwordOf("peter")],
      ["olivia", passwordOf("olivia")],
    ];
    for (const [username, password] of tries) {
      await expect(submit(username, password)).rejects.toMatchObject({ code: "LOGIN_FAILED", params: {} });
    }
    const records = await db().auditLog.findMany({
      where: { action: "user.login_failed", parentId: providerId },
      orderBy: { id: "asc" },
    });
    const reasons = records.map(({ details }) => (details as { reason: string }).reason);
    expect(reasons).toEqual([...Array.from({ length: 4 }, () => "credentials"), "user_disabled"]);
  });

  test("after ten wrong tries the account waits, and nobody else does", async () => {
    for (let tried = 0; tried < 10; tried += 1) {
      await expect(submit("rita", "wrong")).rejects.toMatchObject({ code: "LOGIN_FAILED" });
    }
    await expect(submit("rita", passwordOf("rita"))).rejects.toMatchObject({ code: "RATE_LIMIT_EXCEEDED" });
    expect((await submit("peter", passwordOf("peter"))).person.username).toBe("peter");
  });

  test("a directory that is down is an outage and no wrong password", async () => {
    const row = await db().authProvider.findUniqueOrThrow({ where: { id: providerId } });
    // Port 9 of this machine answers nobody.
    const config = { ...(row.config as object), url: "ldaps://127.0.0.1:9" };
    await db().authProvider.update({ where: { id: providerId }, data: { config } });
    await expect(submit("peter", "any")).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
    await db().authProvider.update({ where: { id: providerId }, data: { config: row.config as object } });
  });
});
