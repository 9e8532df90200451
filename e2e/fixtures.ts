import { test as base, expect, type Browser, type Page } from "@playwright/test";
import { readStack, type Stack } from "./stack";

export type Username = "admin" | "dana" | "alex" | "vera";

/** What the administrator's first password is replaced by. */
export const adminPassword = "Ninety quiet lanterns at dusk";

/** The people of a journey, each in a browser of their own that stays open. */
export interface People {
  signIn(username: Username): Promise<Page>;
  /** A browser in which nobody is signed in. */
  visit(): Promise<Page>;
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

/** Names end up in machine names, so they are short; no two journeys of one stack share one. */
export function uniqueName(noun: string): string {
  return `${noun}-${Date.now().toString(36).slice(-5)}`;
}

function gatherPeople(browser: Browser, stack: Stack): People {
  const pages = new Map<Username, Promise<Page>>();
  const visit = async () => (await browser.newContext({ baseURL: stack.url })).newPage();
  const enter = async (username: Username) => {
    const page = await visit();
    await page.goto("/login");
    await fillSignIn(page, username, passwordOf(stack, username));
    await expect(page.getByRole("heading", { name: /^Good to see you/ })).toBeVisible();
    return page;
  };
  const signIn = (username: Username) => {
    const page = pages.get(username) ?? enter(username);
    pages.set(username, page);
    return page;
  };
  return { signIn, visit };
}
