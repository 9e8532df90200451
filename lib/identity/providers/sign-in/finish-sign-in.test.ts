import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST as postCallback } from "@/app/api/v1/auth/providers/[id]/callback/route";
import { aBrowser, aMapping, aProvider, aVisitor, openDirectory } from "@/e2e/factories/provider";
import { anAdministrator } from "@/e2e/factories/person";
import type { DirectoryLab } from "@/e2e/lab/directory/server";
import { db } from "@/lib/core/db";
import { publicBaseUrl } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { checkSession } from "../../check-session";
import { sessionCookieName } from "../../rules";
import { enableProvider } from "../enable-provider";
import { createMapping } from "../mapping/create-mapping";
import { startSignIn } from "./start-sign-in";

let lab: DirectoryLab;
beforeAll(async () => {
  lab = await openDirectory();
});
afterAll(() => lab.stop());

async function personOf(cookies: Map<string, string>) {
  const now = new Date();
  const ctx = {
    actor: { kind: "anonymous" } as const,
    requestId: newId(),
    now,
    address: null,
    userAgent: null,
  };
  return checkSession(ctx, cookies.get(sessionCookieName) ?? "");
}

async function rolesOf(userId: string): Promise<string[]> {
  const bindings = await db().roleBinding.findMany({ where: { userId }, orderBy: { roleId: "asc" } });
  return bindings.map(({ roleId, source }) => `${roleId} ${source}`);
}

describe.each(["oidc", "saml"] as const)("%s", (authType) => {
  test("somebody new signs in with the roles of their groups, on record, and comes back as the same", async () => {
    const providerId = await aProvider(lab, authType);
    const admin = await anAdministrator();
    await createMapping(
      admin,
      aMapping(providerId, { key: "engineering", roleId: "role-development-engineer" }),
    );
    const landing = await aBrowser(lab).signIn(providerId, "olivia");
    expect(landing.location).toBe("/vms");
    const person = await personOf(landing.cookies);
    expect(person).toMatchObject({ displayName: "Olivia Müller-Ångström", pendingStep: null });
    expect([...landing.cookies.keys()]).toEqual([sessionCookieName]);
    const user = await db().user.findUniqueOrThrow({ where: { id: person?.id ?? "" } });
    expect(user).toMatchObject({ authType, authProviderId: providerId, passwordHash: null });
    expect(await rolesOf(user.id)).toEqual(["role-development-engineer external_cohort"]);
    const actions = await db().auditLog.findMany({
      where: { resourceId: user.id },
      orderBy: { id: "asc" },
    });
    expect(actions.map(({ action, actorName }) => `${action} ${actorName}`)).toEqual([
      "user.create directory",
      "user.cohorts_change directory",
      `user.login ${user.username}`,
    ]);

    const again = await personOf((await aBrowser(lab).signIn(providerId, "olivia")).cookies);
    expect(again?.id).toBe(user.id);
    expect(await db().user.count({ where: { authProviderId: providerId } })).toBe(1);
  });

  test("a withdrawn group loses its role at the next sign-in, and a missing claim keeps what there is", async () => {
    const providerId = await aProvider(lab, authType);
    const admin = await anAdministrator();
    await createMapping(admin, aMapping(providerId, { key: "contractors", roleId: "role-viewer" }));
    const first = await personOf((await aBrowser(lab).signIn(providerId, "rita")).cookies);
    const userId = first?.id ?? "";
    await db().roleBinding.create({
      data: { id: newId(), userId, roleId: "role-system-operator", source: "manual", createdBy: "test" },
    });
    const both = ["role-system-operator manual", "role-viewer external_cohort"];
    expect(await rolesOf(userId)).toEqual(both);

    await lab.control.changePerson("rita", { groups: null });
    const kept = await aBrowser(lab).signIn(providerId, "rita");
    expect(kept.location).toBe("/vms");
    expect(await rolesOf(userId)).toEqual(both);
    const profile = await db().userDirectoryProfile.findUniqueOrThrow({ where: { userId } });
    expect(profile.cohortsMissingAt).not.toBeNull();
    await aBrowser(lab).signIn(providerId, "rita");
    const alerts = await db().notification.findMany({
      where: { resourceId: providerId, recipientId: admin.actor.id },
    });
    expect(alerts.map(({ type, params }) => [type, params])).toMatchObject([
      ["SYSTEM_ALERT", { alert: "cohorts_missing" }],
    ]);
    expect(await db().auditLog.count({ where: { action: "user.cohorts_missing", resourceId: userId } })).toBe(
      2,
    );

    await lab.control.changePerson("rita", { groups: [] });
    await aBrowser(lab).signIn(providerId, "rita");
    expect(await rolesOf(userId)).toEqual(["role-system-operator manual"]);
    const record = await db().auditLog.findFirstOrThrow({
      where: { action: "user.cohorts_change", resourceId: userId },
      orderBy: { id: "desc" },
    });
    expect(record.details).toMatchObject({ gained: [], lost: [{ role: "role-viewer" }] });
    await lab.control.changePerson("rita", { groups: ["contractors"] });
  });

  test("of twenty arrivals with one answer exactly one opens a session", async () => {
    const providerId = await aProvider(lab, authType);
    const browser = aBrowser(lab);
    const address = await browser.goThrough(providerId, "peter");
    const landings = await Promise.all(
      Array.from({ length: 20 }, async () => (await browser.arrive(providerId, address)).location),
    );
    expect(landings.filter((location) => location === "/vms")).toHaveLength(1);
    expect(landings.filter((location) => location.startsWith("/login?error=SIGN_IN_REFUSED"))).toHaveLength(
      19,
    );
    expect(await db().userSession.count({ where: { provider: providerId } })).toBe(1);
    const late = await browser.arrive(providerId, address);
    expect(late.location).toBe("/login?error=SIGN_IN_REFUSED");
  });

  test("another browser, another provider and a flow that ran out get nothing, and the flow stays its owner's", async () => {
    const [providerId, other] = [await aProvider(lab, authType), await aProvider(lab, "oidc")];
    const browser = aBrowser(lab);
    const mine = await browser.goThrough(providerId, "peter");
    expect((await aBrowser(lab).arrive(providerId, mine)).location).toBe("/login?error=SIGN_IN_REFUSED");
    const elsewhere = mine.replace(providerId, other);
    expect((await aBrowser(lab, browser.cookies).arrive(other, elsewhere)).location).toBe(
      "/login?error=SIGN_IN_REFUSED",
    );
    expect((await browser.arrive(providerId, mine)).location).toBe("/vms");

    const slow = aBrowser(lab);
    const late = await slow.goThrough(providerId, "peter");
    await db().authFlowState.updateMany({
      where: { providerId },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect((await slow.arrive(providerId, late)).location).toBe("/login?error=SIGN_IN_REFUSED");
    expect(await db().userSession.count({ where: { provider: providerId } })).toBe(1);
  });

  test("whoever is disabled, and whoever comes through a provider that was switched off, stays outside", async () => {
    const providerId = await aProvider(lab, authType);
    const admin = await anAdministrator();
    const person = await personOf((await aBrowser(lab).signIn(providerId, "quinn")).cookies);
    await db().user.update({ where: { id: person?.id ?? "" }, data: { enabled: false } });
    const refused = await aBrowser(lab).signIn(providerId, "quinn");
    expect(refused.location).toBe("/login?error=SIGN_IN_REFUSED&return_to=%2Fvms");
    expect(refused.cookies.has(sessionCookieName)).toBe(false);
    const record = await db().auditLog.findFirstOrThrow({
      where: { action: "user.login_failed", parentId: providerId },
      orderBy: { id: "desc" },
    });
    expect(record).toMatchObject({ actorId: "anonymous", details: { reason: "user_disabled" } });
    expect(inspect(record)).not.toContain("quinn");

    await db().user.update({ where: { id: person?.id ?? "" }, data: { enabled: true } });
    const [through, signedIn] = [aBrowser(lab), aBrowser(lab)];
    const back = await through.goThrough(providerId, "quinn");
    await signedIn.signIn(providerId, "quinn");
    expect(await personOf(signedIn.cookies)).not.toBeNull();
    await enableProvider(admin, { providerId, enabled: false });
    expect(await personOf(signedIn.cookies)).toBeNull();
    expect((await through.arrive(providerId, back)).location).toContain("/login?error=SIGN_IN_REFUSED");
    expect((await aBrowser(lab).goThrough(providerId, "quinn").catch(String)).startsWith("https:")).toBe(
      false,
    );
  });

  test("a name or address that somebody has is never taken over: the newcomer gets another name", async () => {
    const providerId = await aProvider(lab, authType);
    const taken = newId();
    await db().user.deleteMany({ where: { username: { startsWith: "tina" } } });
    await lab.control.changePerson("tina", { email: "Tina@directory.test" });
    await db().user.create({
      data: { id: taken, username: "tina", displayName: "Another Tina", email: "tina@directory.test" },
    });
    const person = await personOf((await aBrowser(lab).signIn(providerId, "tina")).cookies);
    expect(person).toMatchObject({ username: "tina-2" });
    expect(person?.id).not.toBe(taken);
    const newcomer = await db().user.findUniqueOrThrow({ where: { id: person?.id ?? "" } });
    expect(newcomer.email).toBeNull();
    const record = await db().auditLog.findFirstOrThrow({
      where: { action: "user.create", resourceId: newcomer.id },
    });
    expect(record.details).toMatchObject({ nameTaken: true, emailTaken: true });
    await db().user.deleteMany({ where: { id: { in: [taken, newcomer.id] } } });
    await lab.control.changePerson("tina", { email: null });
  });
});

test("one person's first sign-ins from several browsers at once make one account", async () => {
  const providerId = await aProvider(lab, "oidc");
  const browsers = Array.from({ length: 5 }, () => aBrowser(lab));
  const ways = await Promise.all(browsers.map((browser) => browser.goThrough(providerId, "joerg")));
  const landings = await Promise.all(
    browsers.map((browser, at) => browser.arrive(providerId, ways[at] ?? "")),
  );
  expect(landings.map(({ location }) => location)).toEqual(Array.from({ length: 5 }, () => "/vms"));
  const users = await db().user.findMany({ where: { authProviderId: providerId } });
  expect(users.map(({ displayName }) => displayName)).toEqual([`Jörg "Jo" Schäfer, (Ops) \\ *`]);
  expect(await db().userSession.count({ where: { provider: providerId, revokedAt: null } })).toBe(5);
});

test("a place to return to outside the portal is not followed, and one address begins so many", async () => {
  const providerId = await aProvider(lab, "oidc");
  const browser = aBrowser(lab);
  const begun = await browser.begin(providerId, "https://evil.test/");
  expect(
    (await browser.arrive(providerId, await browser.goThrough(providerId, "peter", begun))).location,
  ).toBe("/");
  const ctx = { ...aVisitor(), address: "192.0.2.7" };
  await db().$executeRaw`DELETE FROM rate_limit_counters`;
  await startSignIn(ctx, { providerId });
  await db().$executeRaw`UPDATE rate_limit_counters SET value = 300 WHERE limit_type = 'flow_address'`;
  await expect(startSignIn(ctx, { providerId })).rejects.toMatchObject({ code: "RATE_LIMIT_EXCEEDED" });
  await startSignIn({ ...ctx, address: "192.0.2.8" }, { providerId });
});

test("a SAML response that was used is refused a second time, in its own flow and in another", async () => {
  const providerId = await aProvider(lab, "saml");
  const path = { params: Promise.resolve({ id: providerId }) };
  const [browser, other] = [aBrowser(lab), aBrowser(lab)];
  const begun = await browser.begin(providerId);
  const { action, hidden } = await browser.readPostedForm(begun, "peter");
  const post = async (form: Record<string, string>) =>
    (
      await postCallback(new Request(action, { method: "POST", body: new URLSearchParams(form) }), path)
    ).headers.get("location");
  const next = await post(hidden);
  expect(next).toContain(`/api/v1/auth/providers/${providerId}/callback?state=`);
  expect(await post(hidden)).toBe("/login?error=SIGN_IN_REFUSED");
  const elsewhere = new URL(await other.begin(providerId)).searchParams.get("RelayState") ?? "";
  expect(elsewhere).not.toBe("");
  expect(await post({ ...hidden, RelayState: elsewhere })).toBe("/login?error=SIGN_IN_REFUSED");
  expect(await post({ SAMLResponse: hidden["SAMLResponse"] ?? "" })).toBe("/login?error=SIGN_IN_REFUSED");
  const address = new URL(next ?? "", publicBaseUrl()).href;
  expect((await other.arrive(providerId, address)).location).toBe("/login?error=SIGN_IN_REFUSED");
  expect((await browser.arrive(providerId, address)).location).toBe("/vms");
  expect(await db().userSession.count({ where: { provider: providerId } })).toBe(1);
});
