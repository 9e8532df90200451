import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { Client, InvalidCredentialsError, ConfidentialityRequiredError } from "ldapts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isAlive } from "@/prisma/process-state";
import { findInstallation } from "./ldap/slapd-configuration";
import type { DirectoryLab } from "./server";
import { startDirectoryLab } from "./server";

const installation = findInstallation();
const missing = "missing" in installation ? installation.missing : undefined;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-directory-"));
const named = (name: string) => (missing === undefined ? name : `${name} (${missing})`);
const live = (name: string, work: () => Promise<void>) =>
  test.skipIf(missing !== undefined)(named(name), work);
let lab: DirectoryLab;

beforeAll(async () => {
  lab = await startDirectoryLab({ stateFolder: folder });
});
afterAll(async () => {
  await lab.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

function address() {
  if (!lab.ldap) throw new Error("there is no LDAP server");
  return lab.ldap;
}

function connect(url = address().url): Client {
  const tlsOptions = { ca: [lab.caCertificate] };
  return new Client({ url, timeout: 5_000, ...(url.startsWith("ldaps:") && { tlsOptions }) });
}

/** What the reader finds. */
async function search(filter: string, attributes: string[]) {
  const client = connect();
  const { bindDn, bindPassword, baseDn } = address();
  await client.bind(bindDn, bindPassword);
  const { searchEntries } = await client.search(baseDn, { filter, attributes });
  await client.unbind();
  return searchEntries;
}

const dnOf = async (username: string) => (await search(`(uid=${username})`, ["dn"]))[0]?.dn ?? "";

const passwordOf = (username: string) =>
  lab.people.find((person) => person.username === username)?.password ?? "";

test("the news says which servers run", () => {
  expect(lab.ldap === null).toBe(missing !== undefined);
  expect(lab.absent).toEqual(missing === undefined ? [] : [missing]);
});

live("the reader finds people with their names and a lasting id", async () => {
  const [joerg] = await search("(uid=joerg)", ["cn", "mail", "entryUUID", "userPassword"]);
  const person = lab.people.find(({ username }) => username === "joerg");
  expect(joerg).toMatchObject({ cn: person?.displayName, mail: person?.email, entryUUID: person?.id });
  expect(joerg?.["userPassword"]).toEqual([]);
});

live("everybody binds with their own password, whatever is in their DN, and no other", async () => {
  for (const { username, password } of lab.people) {
    const client = connect();
    await client.bind(await dnOf(username), password);
    await client.unbind();
  }
  await expect(connect().bind(await dnOf("olivia"), passwordOf("peter"))).rejects.toThrow(
    InvalidCredentialsError,
  );
});

live("groups are nested, some in a circle, and a direct member carries memberOf", async () => {
  const { baseDn } = address();
  const team = `cn=team-a,ou=groups,${baseDn}`;
  const [engineering] = await search("(cn=engineering)", ["member"]);
  expect(engineering?.["member"]).toEqual(expect.arrayContaining([team, await dnOf("olivia")]));
  const [tina] = await search("(uid=tina)", ["memberOf"]);
  expect(tina?.["memberOf"]).toBe(team);
  const circle = `cn=circle-one,ou=groups,${baseDn}`;
  const inner = await search(`(&(objectClass=groupOfNames)(member=${circle}))`, ["cn", "member"]);
  expect(inner).toMatchObject([{ cn: "circle-two" }]);
  expect(await search(`(member=cn=circle-two,ou=groups,${baseDn})`, ["cn"])).toMatchObject([
    { cn: "circle-one" },
  ]);
});

live("a password is taken over StartTLS and not before", async () => {
  const { startTlsUrl, bindDn, bindPassword } = address();
  await expect(connect(startTlsUrl).bind(bindDn, bindPassword)).rejects.toThrow(ConfidentialityRequiredError);
  const client = connect(startTlsUrl);
  await client.startTLS({ ca: [lab.caCertificate] });
  await client.bind(bindDn, bindPassword);
  await client.unbind();
});

live("a client that trusts another authority does not get in", async () => {
  const stranger = new Client({ url: address().url, timeout: 5_000 });
  await expect(stranger.bind(address().bindDn, address().bindPassword)).rejects.toThrow(/certificate/i);
});

live("a DN without a password binds as nobody, as in Active Directory, and reads nothing", async () => {
  const client = connect();
  await client.bind(await dnOf("olivia"), "");
  const { searchEntries } = await client.search(address().baseDn, { filter: "(uid=*)" }).catch(() => ({
    searchEntries: [],
  }));
  expect(searchEntries).toEqual([]);
  await client.unbind();
});

live("the control changes memberships, accounts and people in the running directory", async () => {
  const dn = await dnOf("rita");
  await lab.control.changePerson("rita", { groups: ["approvers", "visitors"] });
  const [rita] = await search("(uid=rita)", ["memberOf"]);
  expect([rita?.["memberOf"]].flat().sort()).toEqual(
    ["approvers", "visitors"].map((name) => `cn=${name},ou=groups,${address().baseDn}`),
  );
  await lab.control.changePerson("rita", { enabled: false, groups: [] });
  expect(await search("(uid=rita)", ["employeeType", "memberOf"])).toMatchObject([
    { employeeType: "disabled", memberOf: [] },
  ]);
  await expect(connect().bind(dn, passwordOf("rita"))).rejects.toThrow(InvalidCredentialsError);
  await lab.control.changePerson("newcomer", { displayName: "New (one)*", groups: ["contractors"] });
  expect(await search("(memberOf=cn=contractors,*)", ["cn"])).toEqual([]);
  expect(await search("(uid=newcomer)", ["cn"])).toMatchObject([{ cn: "New (one)*" }]);
  await lab.control.removePerson("newcomer");
  expect(await search("(uid=newcomer)", ["cn"])).toEqual([]);
  await lab.control.changePerson("rita", { enabled: true, groups: ["contractors"] });
});

live("slapd ends with the program that started it, however that ends", async () => {
  const state = fs.mkdtempSync(path.join(folder, "killed-"));
  const words = ["--import", "tsx", "e2e/lab/directory/start.ts", "--state", state];
  const program = spawn(process.execPath, words, {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: process.cwd(),
  });
  const [line] = (await once(createInterface({ input: program.stdout }), "line")) as [string];
  expect(JSON.parse(line)).toMatchObject({ ready: true, absent: [] });
  const pid = Number(fs.readFileSync(path.join(state, "slapd", "slapd.pid"), "utf8"));
  expect(isAlive(pid)).toBe(true);
  program.kill("SIGKILL");
  await expect.poll(() => isAlive(pid)).toBe(false);
});
