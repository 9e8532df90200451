import { test as base, expect, type Browser, type BrowserContextOptions, type Page } from "@playwright/test";
import { addPerson } from "./add-person";
import type { AuthenticatorApp } from "./authenticator-app";
import { enrollApp } from "./enroll-app";
import { readStack, type Stack } from "./stack";

export type Username = "admin" | "dana" | "alex" | "vera";

/** What the administrator's first password is replaced by. */
export const adminPassword = "Ninety quiet lanterns at dusk";

/** A platform administrator with an authenticator app, beside the one that the platform begins with. */
export interface Administrator {
  username: string;
  displayName: string;
  page: Page;
  app: AuthenticatorApp;
}

/** The people of a journey, each in a browser of their own that stays open. */
export interface People {
  signIn(username: Username): Promise<Page>;
  /** A browser in which nobody is signed in. */
  visit(options?: BrowserContextOptions): Promise<Page>;
  administrator(): Promise<Administrator>;
}

interface WorkerFixtures {
  stack: Stack;
  people: People;
}

/** Journeys run one after another on one stack; the pages outlive a test, as an open tab outlives what happens in it. */
export const test = base.extend<object, WorkerFixtures>({
  stack: [({ browserName: _ }, use) => use(readStack()), { scope: "worker" }],
  people: [({ browser, stack }, use) => use(gatherPeople(browser, stack)), { scope: "worker" }],
});

export { expect };

export function passwordOf(stack: Stack, username: Username): string {
  if (username === "admin") return adminPassword;
  const password = stack.accounts.find((account) => account.username === username)?.password;
  if (!password) throw new Error(`The stack names no password for ${username}.`);
  return password;
}

export async function fillSignIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel("User name").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

export async function expectHome(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { name: /^Good to see you/ })).toBeVisible();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL(/\/login/);
}

/** Names end up in machine names, so they are short; no two journeys of one stack share one. */
export function uniqueName(noun: string): string {
  return `${noun}-${Date.now().toString(36).slice(-5)}`;
}

/** Who opens a portal; a journey with a stack of its own gathers them itself. */
export function gatherPeople(browser: Browser, stack: Stack): People {
  const pages = new Map<Username, Promise<Page>>();
  let administrator: Promise<Administrator> | undefined;
  // The directory lab's certificates are of an authority that no browser knows.
  const visit = async (options: BrowserContextOptions = {}) =>
    (await browser.newContext({ baseURL: stack.url, ignoreHTTPSErrors: true, ...options })).newPage();
  const signIn = (username: Username) => {
    const page = pages.get(username) ?? enter(visit, username, passwordOf(stack, username));
    pages.set(username, page);
    return page;
  };
  return {
    signIn,
    visit,
    administrator: () => (administrator ??= addAdministrator(visit, stack)),
  };
}

async function enter(visit: People["visit"], username: string, password: string): Promise<Page> {
  const page = await visit();
  await page.goto("/login");
  await fillSignIn(page, username, password);
  await expectHome(page);
  return page;
}

async function addAdministrator(visit: People["visit"], stack: Stack): Promise<Administrator> {
  const username = uniqueName("ada");
  const person = { username, displayName: "Ada Okafor", roleId: "role-platform-admin" };
  const { password, displayName } = await addPerson(stack, person);
  const page = await enter(visit, username, password);
  await page.goto("/profile/security");
  await page.getByRole("button", { name: "Add a second factor" }).click();
  const { app } = await enrollApp(page, password);
  return { username, displayName, page, app };
}
