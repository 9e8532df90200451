import { beforeAll, describe, expect, test } from "vitest";
import { aHolder, anAccount, aSignedIn, refused, type Account } from "@/e2e/factories/account";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { createServiceAccount } from "../create-service-account";
import { issueServiceToken, issueToken } from "../issue-token";
import { resetPassword } from "../reset-password";
import { serviceAccountFilter, userDetail, userFilter, userRow } from "../schema";
import { issueTokenInput } from "../tokens/schema";
import { listServiceAccounts, listUsers, readUser } from "./queries";

let manager: Context & { actor: Person };
let accounts: Account[];

beforeAll(async () => {
  manager = await aHolder("user:manage");
  accounts = [];
  for (let at = 0; at < 3; at += 1) accounts.push(await anAccount());
});

const list = (filter: object) => listUsers(manager, userFilter.parse(filter));

describe("the list of users", () => {
  test("is paged by user name without gap or repetition", async () => {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ perPage: 2, cursor });
      expect(page.items.length).toBeLessThanOrEqual(2);
      names.push(...page.items.map((row) => userRow.parse(row).username));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(names).toEqual([...new Set(names)].toSorted());
    expect(names).toEqual(expect.arrayContaining(accounts.map(({ username }) => username)));
  });

  test("finds by part of a name, by state, source and role", async () => {
    const [one] = accounts;
    if (one === undefined) throw new Error("no account");
    const only = async (filter: object) => (await list(filter)).items.map(({ id }) => id);
    expect(await only({ q: one.username.toUpperCase().slice(3) })).toEqual([one.id]);
    expect(await only({ q: one.username, enabled: "false" })).toEqual([]);
    expect(await only({ q: one.username, authType: "oidc" })).toEqual([]);
    expect(await only({ q: one.username, roleId: "role-viewer" })).toEqual([]);
    await db().roleBinding.create({
      data: { id: newId(), userId: one.id, roleId: "role-viewer", createdBy: "test" },
      select: { id: true },
    });
    expect(await only({ q: one.username, roleId: "role-viewer" })).toEqual([one.id]);
    const [row] = (await list({ q: one.username })).items;
    expect(row?.roles).toMatchObject([{ id: "role-viewer" }]);
  });

  test("takes the permission, and so does a single user", async () => {
    const viewer = await aPerson("role-viewer");
    const attempts = [
      () => listUsers(viewer, userFilter.parse({})),
      () => listServiceAccounts(viewer, serviceAccountFilter.parse({})),
      () => readUser(viewer, viewer.actor.id),
    ];
    for (const attempt of attempts)
      expect(await refused(attempt())).toMatchObject({ code: "PERMISSION_DENIED" });
    expect(await refused(readUser(manager, newId()))).toMatchObject({ code: "RESOURCE_NOT_FOUND" });
  });
});

test("a user's page says what hangs on the account", async () => {
  const target = await aSignedIn("role-viewer");
  await issueToken(target, issueTokenInput.parse({ name: "ci" }));
  const detail = userDetail.parse(await readUser(manager, target.actor.id));
  expect(detail).toMatchObject({
    authType: "local",
    bindingCount: 1,
    systemCount: 0,
    sessionCount: 1,
    tokenCount: 1,
    factors: [],
    isSelf: false,
    isPlatformAdministrator: false,
    openLinkUntil: null,
  });
  const { expiresAt } = await resetPassword(manager, { userId: target.actor.id });
  expect(await readUser(manager, target.actor.id)).toMatchObject({
    openLinkUntil: expiresAt,
    sessionCount: 0,
  });
  expect(await readUser(manager, manager.actor.id)).toMatchObject({ isSelf: true });
  const administrator = await anAdministrator();
  expect(await readUser(manager, administrator.actor.id)).toMatchObject({ isPlatformAdministrator: true });
});

test("service accounts stand in a list of their own", async () => {
  const username = `bot-${newId().slice(-10)}`;
  const { id } = await createServiceAccount(manager, { username, displayName: "Deployer" });
  await issueServiceToken(manager, { ...issueTokenInput.parse({ name: "ci" }), userId: id });
  expect((await list({ q: username })).items).toEqual([]);
  expect((await list({ q: username, authType: "service" })).items).toMatchObject([{ id }]);
  const { items } = await listServiceAccounts(manager, serviceAccountFilter.parse({ q: "deployer" }));
  expect(items).toMatchObject([{ id, tokenCount: 1, lastUsedAt: null }]);
});
