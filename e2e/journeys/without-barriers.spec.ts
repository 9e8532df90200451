import type { Page } from "@playwright/test";
import axe from "axe-core";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { expect, passwordOf, test } from "@/e2e/fixtures";
import type { Stack } from "@/e2e/stack";
import { readRows } from "./read-rows";
import { takeMachine } from "./take-machine";

const root = path.resolve(import.meta.dirname, "../..");
const pages = path.join(root, "app");

/** What an address with a gap is filled with: the newest row of this table. */
const filledBy: Record<string, string> = {
  "/admin/adoptions/": "pending_adoptions",
  "/admin/clusters/": "clusters",
  "/admin/desks/": "external_approval_systems",
  "/admin/identity/": "auth_providers",
  "/admin/namespaces/": "namespaces",
  "/admin/notices/channels/": "notice_channels",
  "/admin/policies/replays/": "policy_replays",
  "/admin/policies/": "approval_policies",
  "/admin/roles/": "roles",
  "/admin/service-accounts/": "users",
  "/admin/sizes/": "instance_sizes",
  "/admin/templates/": "templates",
  "/admin/users/": "users",
  "/admin/workflows/": "approval_workflows",
  "/approvals/": "approval_tickets",
  "/batches/": "batch_approval_tickets",
  "/emergencies/": "emergencies",
  "/recordings/": "console_recordings",
  "/requests/": "approval_tickets",
  "/services/": "services",
  "/systems/": "systems",
  "/console/": "vms",
  "/vms/": "vms",
};

/** Every page there is, by the folders: a new one is looked at without being listed. */
function listPages(folder = pages, address = ""): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile()) return entry.name === "page.tsx" ? [address === "" ? "/" : address] : [];
    if (entry.name === "api" || entry.name.startsWith("_")) return [];
    const part = entry.name.startsWith("(") ? "" : `/${entry.name}`;
    return listPages(path.join(folder, entry.name), address + part);
  });
}

/** The address with its gaps filled. */
async function fill(stack: Stack, address: string): Promise<string> {
  const gap = address.indexOf("[");
  if (gap < 0) return address;
  if (address.includes("/texts/"))
    return address.replace("[name]", "APPROVAL_PENDING").replace("[locale]", "en");
  const table = filledBy[address.slice(0, gap)];
  if (table === undefined) throw new Error(`${address}: say in filledBy which table has its rows`);
  const [row] = z
    .array(z.object({ id: z.string() }))
    .parse(await readRows(stack, `SELECT id FROM ${table} ORDER BY id DESC LIMIT 1`, []));
  if (row === undefined) throw new Error(`${address}: ${table} has no row to look at`);
  return fill(stack, address.replace(/\[[^\]]+\]/, row.id));
}

/** Rows of every kind, through the use cases and factories, in a process of their own. */
async function furnishEveryPage(stack: Stack): Promise<void> {
  await promisify(execFile)(process.execPath, ["--import", "tsx", "e2e/scenarios/every-page.ts"], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", DATABASE_URL: stack.databaseUrl },
  });
}

interface Finding {
  page: string;
  rule: string;
  impact: string;
  where: string;
}

const standards: axe.RunOnly = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] };
/** All that differs between light and dark. */
const colours: axe.RunOnly = { type: "rule", values: ["color-contrast"] };

/** Evaluated in the page itself, past its content policy; a mail's preview runs no scripts, so frames are left out. */
async function examine(page: Page, address: string, runOnly: axe.RunOnly): Promise<Finding[]> {
  const violations = await page.evaluate(async (only) => {
    // The picture of a machine is not ours to judge.
    const where = { exclude: [["canvas"]] };
    const result = await axe.run(where, { runOnly: only, iframes: false });
    return result.violations.map(({ id, impact, nodes }) => ({
      ...{ id, impact },
      where: nodes.map(({ html }) => html.slice(0, 160)),
    }));
  }, runOnly);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, impact, where }) => ({
      page: address,
      rule: id,
      impact: String(impact),
      where: where.slice(0, 3).join(" | "),
    }));
}

const backgroundOf = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test("no page holds a serious finding of axe, in light and in dark", async ({ people, stack }) => {
  test.setTimeout(400_000);
  const { page } = await people.administrator();
  await furnishEveryPage(stack);
  // The newest machine is one that runs.
  await takeMachine(stack);
  const findings: Finding[] = [];
  let examined = 0;
  for (const address of listPages()) {
    const filled = await fill(stack, address);
    const [first, other] = examined % 2 === 0 ? (["light", "dark"] as const) : (["dark", "light"] as const);
    await page.emulateMedia({ colorScheme: first, reducedMotion: "reduce" });
    await page.goto(filled);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await page.evaluate(axe.source);
    findings.push(...(await examine(page, `${address} in ${first}`, standards)));
    const background = await backgroundOf(page);
    await page.emulateMedia({ colorScheme: other, reducedMotion: "reduce" });
    await expect.poll(() => backgroundOf(page), `${address} in ${other}`).not.toBe(background);
    findings.push(...(await examine(page, `${address} in ${other}`, colours)));
    examined += 1;
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  console.log(`axe: ${examined} pages in light and in dark, ${findings.length} serious findings`);
  expect(findings).toEqual([]);
  expect(examined).toBeGreaterThan(100);
});

test("from signing in to a machine's console with the keyboard alone", async ({ people, stack }) => {
  const machine = await takeMachine(stack);
  const page = await people.visit();
  await page.goto("/login");
  await page.keyboard.type("dana");
  await page.keyboard.press("Tab");
  await page.keyboard.type(passwordOf(stack, "dana"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /^Good to see you/ })).toBeVisible();

  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Search and commands" })).toBeFocused();
  await page.keyboard.type(machine.name);
  const option = page.getByRole("option", { name: new RegExp(`^${machine.name}`) });
  await expect(option).toBeVisible();
  for (
    let presses = 0;
    presses < 10 && (await option.getAttribute("aria-selected")) !== "true";
    presses += 1
  ) {
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/vms\/[^/]+$/);
  await expect(page.getByRole("heading", { level: 1, name: machine.name })).toBeVisible();

  await focusByTab(page, "Console");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/console$/);
  await expect(page.getByText("Connected", { exact: true }).first()).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press("Shift+Escape");
  await expect(page.getByRole("toolbar", { name: /console/i })).toBeFocused();
});

/** Every stop on the way has to show where it is. */
async function focusByTab(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      const { outlineStyle, boxShadow } = getComputedStyle(element);
      return {
        text: (element.getAttribute("aria-label") ?? element.textContent).trim(),
        isShown: outlineStyle !== "none" || boxShadow !== "none",
      };
    });
    if (focused === null) continue;
    expect(focused.isShown, `the focus on “${focused.text}” is not to be seen`).toBe(true);
    if (focused.text === name) return;
  }
  throw new Error(`no ${name} within sixty presses of Tab`);
}
