import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findInstallation } from "@/e2e/lab/directory/ldap/slapd-configuration";
import { startDirectoryLab, type DirectoryLab } from "@/e2e/lab/directory/server";
import { authenticateByLdap } from "@/lib/adapters/ldap/authenticate";
import { LdapFailure } from "@/lib/adapters/ldap/failure";
import { findLdapPerson, listLdapPeople } from "@/lib/adapters/ldap/people";
import { listLdapGroups, testLdapConnection } from "@/lib/adapters/ldap/survey";
import { defaultGroupFilter, defaultUserFilter, type LdapConfig } from "@/lib/adapters/ldap/types";
import { openSuite } from "../count-refusals";
import { hostileNames, hostilePasswords } from "./ldap/hostile-names";

const installation = findInstallation();
const missing = "missing" in installation ? installation.missing : undefined;
const named = (name: string) => (missing === undefined ? name : `${name} (${missing})`);
const suite = openSuite("ldap");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-ldap-"));
let lab: DirectoryLab;

describe.skipIf(missing !== undefined)(named("against a real directory"), () => {
  beforeAll(async () => {
    lab = await startDirectoryLab({ stateFolder: folder });
  });
  afterAll(async () => {
    await lab.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  test("a right password signs in and a wrong one does not", async () => {
    const olivia = await authenticateByLdap(config(), { username: "olivia", password: passwordOf("olivia") });
    expect(olivia).toMatchObject({
      username: "olivia",
      email: "olivia@directory.test",
      displayName: "Olivia Müller-Ångström",
      externalId: lab.people.find(({ username }) => username === "olivia")?.id,
    });
    expect(olivia?.groups?.toSorted()).toEqual(["engineering", "shop-developers"]);
    expect(Object.keys(olivia?.attributes ?? {})).not.toContain("userPassword");
    expect(await authenticateByLdap(config(), { username: "olivia", password: "wrong" })).toBeNull();
    expect(await authenticateByLdap(config(), { username: "nobody", password: "wrong" })).toBeNull();
  });

  test("everybody signs in over StartTLS too, whatever their DN is made of", async () => {
    for (const { username, password } of lab.people) {
      const person = await authenticateByLdap(config({ ...startTls() }), { username, password });
      expect(person?.username).toBe(username);
    }
  });

  test("groups inside groups count, and circles end", async () => {
    const groupsOf = async (username: string, nested: boolean) =>
      (
        await authenticateByLdap(withGroups({ nested }), { username, password: passwordOf(username) })
      )?.groups?.toSorted();
    expect(await groupsOf("sam", true)).toEqual(["on-call", "platform-admins"]);
    expect(await groupsOf("sam", false)).toEqual(["on-call"]);
    expect(await groupsOf("tina", true)).toEqual(["engineering", "team-a"]);
    expect(await groupsOf("joerg", true)).toEqual(["circle-one", "circle-two"]);
    expect(await groupsOf("quinn", true)).toEqual([]);
  });

  test("groups by attribute follow circles too, and an absent attribute says nothing", async () => {
    const groupsOf = async (username: string, nested = true) =>
      (
        await authenticateByLdap(withGroups({ mode: "attribute", nested }), {
          username,
          password: passwordOf(username),
        })
      )?.groups;
    expect((await groupsOf("sam"))?.toSorted()).toEqual(["on-call", "platform-admins"]);
    expect(await groupsOf("sam", false)).toEqual(["on-call"]);
    expect((await groupsOf("joerg"))?.toSorted()).toEqual(["circle-one", "circle-two"]);
    expect(await groupsOf("quinn")).toBeNull();
  });

  test("groups outside the base do not count", async () => {
    const elsewhere = withGroups({ mode: "attribute", baseDn: "ou=others,dc=directory,dc=test" });
    const olivia = await authenticateByLdap(elsewhere, {
      username: "olivia",
      password: passwordOf("olivia"),
    });
    expect(olivia?.groups).toEqual([]);
  });

  test("a disabled person is turned away", async () => {
    await lab.control.changePerson("rita", { enabled: false });
    const rita = { username: "rita", password: passwordOf("rita") };
    expect(await authenticateByLdap(config(), rita)).toBeNull();
    await lab.control.changePerson("rita", { enabled: true });
    expect(await authenticateByLdap(config(), rita)).toMatchObject({ username: "rita" });
  });

  test("people are listed, found again by their id, and missed when gone", async () => {
    const people = await listLdapPeople(config(), { limit: 100 });
    expect(people.map(({ username }) => username).toSorted()).toEqual(
      lab.people.map(({ username }) => username).toSorted(),
    );
    expect(await listLdapPeople(config(), { limit: 3 })).toHaveLength(3);
    const joerg = people.find(({ username }) => username === "joerg");
    expect(joerg?.displayName).toBe(`Jörg "Jo" Schäfer, (Ops) \\ *`);
    expect(await findLdapPerson(config(), { externalId: joerg?.externalId ?? "" })).toEqual(joerg);
    expect(await findLdapPerson(config(), { externalId: crypto.randomUUID() })).toBeNull();
    expect(await findLdapPerson(config(), { externalId: "*" })).toBeNull();
  });

  test("the connection is tried and the groups are listed", async () => {
    const counted = await testLdapConnection(config());
    expect(counted.people).toBe(lab.people.length);
    const groups = await listLdapGroups(config());
    expect(counted.groups).toBe(groups.length);
    expect(groups.map(({ key }) => key)).toContain("platform-admins");
    const byAttribute = await listLdapGroups(withGroups({ mode: "attribute" }));
    expect(byAttribute.map(({ key }) => key)).toContain("engineering");
  });

  test.each(hostileNames)("the name %j signs nobody in, whatever password comes along", async (name) => {
    for (const password of [passwordOf("olivia"), "wrong"]) {
      const person = await authenticateByLdap(config(), { username: name, password });
      if (person === null)
        suite.refused(`name ${name} with ${password === "wrong" ? "any" : "a real"} password`);
      else suite.accepted(`name ${name} as ${person.username}`);
      expect(person).toBeNull();
    }
  });

  test.each(hostilePasswords)("the password %j opens nothing", async (password) => {
    const person = await authenticateByLdap(config(), { username: "olivia", password });
    if (person === null) suite.refused(`password ${JSON.stringify(password.slice(0, 20))}`);
    else suite.accepted(`password ${JSON.stringify(password.slice(0, 20))}`);
    expect(person).toBeNull();
  });

  test("a filter that finds two people lets neither in", async () => {
    const loose = config({ userFilter: "(|(uid={username})(objectClass=inetOrgPerson))" });
    await expectFailure(
      authenticateByLdap(loose, { username: "olivia", password: passwordOf("olivia") }),
      "filter",
    );
  });

  test.each([
    ["a wrong password of the account that searches", { bindPassword: "wrong" }, "credentials"],
    ["no password of the account that searches", { bindPassword: "" }, "credentials"],
    ["a base that is not there", { baseDn: "ou=nowhere,dc=directory,dc=test" }, "base"],
    ["a filter that is none", { userFilter: "(uid={username}" }, "filter"],
    ["an authority that signed something else", { caCertificate: null }, "certificate"],
    ["a port where nobody listens", { url: "ldaps://127.0.0.1:1" }, "unreachable"],
    ["an address of a metadata service", { url: "ldaps://169.254.169.254" }, "address"],
    ["an address without encryption", { url: "ldap://127.0.0.1:389", startTls: false }, "address"],
  ] as const)("%s is a failure with its reason", async (name, change, reason) => {
    const outcome = authenticateByLdap(config(change), {
      username: "olivia",
      password: passwordOf("olivia"),
    });
    await expectFailure(outcome, reason);
    suite.refused(name);
  });

  test("the suite counts", () => suite.print(150));
});

async function expectFailure(work: Promise<unknown>, reason: LdapFailure["reason"]): Promise<void> {
  const outcome = await work.catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(LdapFailure);
  expect(outcome).toMatchObject({ reason });
}

function passwordOf(name: string): string {
  return lab.people.find(({ username }) => username === name)?.password ?? "";
}

function startTls(): Partial<LdapConfig> {
  return { url: lab.ldap?.startTlsUrl ?? "", startTls: true };
}

function withGroups(change: Partial<LdapConfig["groups"]>): LdapConfig {
  const usual = config();
  return { ...usual, groups: { ...usual.groups, ...change } };
}

function config(change: Partial<LdapConfig> = {}): LdapConfig {
  if (!lab.ldap) throw new Error("there is no LDAP server");
  const { url, baseDn, bindDn, bindPassword } = lab.ldap;
  return {
    ...{ url, startTls: false, caCertificate: lab.caCertificate, bindDn, bindPassword },
    baseDn: `ou=people,${baseDn}`,
    userFilter: defaultUserFilter,
    attributes: { id: "entryUUID", username: "uid", email: "mail", displayName: "displayName" },
    groups: {
      mode: "search",
      baseDn: `ou=groups,${baseDn}`,
      filter: defaultGroupFilter,
      keyAttribute: "cn",
      attribute: "memberOf",
      nested: true,
    },
    timeoutSeconds: 5,
    ...change,
  };
}
