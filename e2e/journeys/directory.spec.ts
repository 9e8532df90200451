import type { Page } from "@playwright/test";
import { expect, expectHome, fillSignIn, signOut, test, type Administrator } from "@/e2e/fixtures";
import { directoryControl } from "@/e2e/lab/directory/control-client";
import type { Stack } from "@/e2e/stack";

test.describe.configure({ mode: "serial" });

const oidc = "Company login (OIDC)";
const saml = "Company login (SAML)";
const ldap = "Company directory (LDAP)";

const navigation = (page: Page, name: string | RegExp) =>
  page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name });

test("who signs in by OpenID Connect has the role of their group", async ({ people, stack }) => {
  const peter = await people.visit();
  await signInBy(peter, oidc, credentialsOf(stack, "peter"));
  await expectHome(peter);
  await expect(navigation(peter, /^Approvals/)).toBeVisible();
  await expect(navigation(peter, "Users")).toBeHidden();
  await peter.goto("/admin/users");
  await expect(peter.getByRole("heading", { name: "You may not see this" })).toBeVisible();
});

test("who signs out here is signed out at the company too", async ({ people, stack }) => {
  const page = await people.visit();
  await signInBy(page, oidc, credentialsOf(stack, "olivia"));
  await expectHome(page);
  await signOut(page);
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await signInBy(page, oidc, credentialsOf(stack, "quinn"));
  await expect(page.getByRole("button", { name: "Account of Quinn (Guest) Adler" })).toBeVisible();
});

test("a group that is withdrawn takes its role along at the next sign-in", async ({ people, stack }) => {
  const control = controlOf(stack);
  await control.changePerson("peter", { groups: [] });
  const peter = await people.visit();
  await signInBy(peter, oidc, credentialsOf(stack, "peter"));
  await expectHome(peter);
  await expect(navigation(peter, "Systems")).toBeVisible();
  await expect(navigation(peter, /^Approvals/)).toBeHidden();
  await control.changePerson("peter", { groups: ["approvers"] });

  await expectRecord(await people.administrator(), { action: "user.cohorts_change", about: "peter" });
});

test("who signs in by SAML gets also what a group inside a group gives", async ({ people, stack }) => {
  const sam = await people.visit();
  await signInBy(sam, saml, credentialsOf(stack, "sam"));
  await expectHome(sam);
  await navigation(sam, "Users").click();
  const row = sam.getByRole("row").filter({ hasText: "Sam Żółkiewski" });
  await expect(row).toContainText("Platform administrator");
});

test("a sign-in that says nothing about groups keeps the roles, and the audit log says so", async ({
  people,
  stack,
}) => {
  const control = controlOf(stack);
  await control.changePerson("sam", { groups: null });
  const sam = await people.visit();
  await signInBy(sam, saml, credentialsOf(stack, "sam"));
  await expectHome(sam);
  await expect(navigation(sam, "Users")).toBeVisible();
  await control.changePerson("sam", { groups: ["on-call"] });

  await expectRecord(await people.administrator(), { action: "user.cohorts_missing", about: "sam" });
});

test("who signs in with the directory's password has the role of their group", async ({ people, stack }) => {
  const absent = stack.directory?.absent ?? ["no directory was started"];
  test.skip(absent.length > 0, absent.join("; "));
  const { username, password } = credentialsOf(stack, "olivia");
  const olivia = await people.visit();
  await olivia.goto("/login");
  await olivia.getByLabel("Sign in with").selectOption({ label: ldap });
  await fillSignIn(olivia, username, "not the password");
  await expect(olivia.getByText("The user name or the password is wrong.")).toBeVisible();
  await fillSignIn(olivia, username, password);
  await expectHome(olivia);
  await olivia.goto("/systems");
  await expect(olivia.getByRole("button", { name: "Create a system" }).first()).toBeVisible();
  await olivia.goto("/admin/audit");
  await expect(olivia.getByText("audit:read")).toBeVisible();
});

test("who signs out at the company is signed out of the tab left open here", async ({ people, stack }) => {
  const olivia = await people.visit();
  const listening = olivia.waitForResponse(/\/api\/stream\?/);
  await signInBy(olivia, oidc, credentialsOf(stack, "olivia"));
  await expectHome(olivia);
  await listening;
  const news = await controlOf(stack).logOut("olivia");
  expect(news.map(({ problem }) => problem)).toEqual([null]);
  await expect(olivia).toHaveURL(/\/login/, { timeout: 5_000 });
  await expect(olivia.getByText("Your session has ended.")).toBeVisible();
});

interface Credentials {
  username: string;
  password: string;
}

function credentialsOf(stack: Stack, username: string): Credentials {
  const person = stack.directory?.people.find((each) => each.username === username);
  if (!person) throw new Error(`The directory knows no ${username}.`);
  return person;
}

function controlOf(stack: Stack) {
  if (!stack.directory) throw new Error("No directory was started.");
  return directoryControl(stack.directory.control.url);
}

/** By way of the company's own page. */
async function signInBy(page: Page, provider: string, { username, password }: Credentials): Promise<void> {
  await page.goto("/login");
  await page.getByRole("link", { name: `Continue with ${provider}` }).click();
  await expect(page.getByRole("heading", { name: /^Directory lab/ })).toBeVisible();
  await fillSignIn(page, username, password);
}

async function expectRecord(
  { page }: Administrator,
  { action, about }: { action: string; about: string },
): Promise<void> {
  await page.goto(`/admin/audit?action=${action}`);
  const log = page.getByRole("table", { name: "Audit log" });
  await expect(
    log.getByRole("row").filter({ hasText: action }).filter({ hasText: about }).first(),
  ).toBeVisible();
}
