import type { Locator, Page } from "@playwright/test";
import { expect, test, type Administrator } from "@/e2e/fixtures";
import { endConsoleSoon } from "./move-time";
import { findOnScreen } from "./read-screen";
import { ruleConsoleAsks } from "./rule-console";
import { takeMachine } from "./take-machine";

// One story told in parts: each goes on where the one before ended, in the same open tabs.
test.describe.configure({ mode: "serial" });

let machine: { id: string; name: string };
let ada: Administrator;

test.beforeAll(async ({ people, stack }) => {
  [machine, ada] = await Promise.all([takeMachine(stack), people.administrator()]);
  await people.signIn("dana");
});

/** By its label alone: beside an open dialog it has no role. */
const screenOf = (page: Page): Locator => page.getByLabel(/^Screen of/);
const controlsOf = (page: Page): Locator => page.getByRole("toolbar", { name: "Console controls" });

async function type(page: Page, text: string): Promise<void> {
  await screenOf(page).focus();
  await page.keyboard.type(text, { delay: 20 });
}

test("a line typed into the console stands on the machine's picture", async ({ people }) => {
  const dana = await people.signIn("dana");
  await dana.goto(`/vms/${machine.id}/console`);
  await expect(controlsOf(dana)).toContainText("Connected");
  await type(dana, "harbour");
  await expect.poll(() => findOnScreen(screenOf(dana), "login: harbour")).toBe(true);
});

test("what a text holds that has no key is told before anything is sent", async ({ people }) => {
  const dana = await people.signIn("dana");
  const before = await findOnScreen(screenOf(dana), "lights");
  await controlsOf(dana).getByRole("button", { name: "More" }).click();
  await dana.getByRole("menuitem", { name: "Paste text as keystrokes" }).click();
  const dialog = dana.getByRole("dialog", { name: "Paste text as keystrokes" });
  await dialog.getByLabel("Text", { exact: true }).fill("-lights漢");
  await dialog.getByLabel("Layout inside the machine").selectOption({ label: "English (US)" });
  await expect(dialog.getByText("1 character has no key in this layout")).toBeVisible();
  expect(before || (await findOnScreen(screenOf(dana), "lights"))).toBe(false);
  await dialog.getByRole("button", { name: "Type it without that character" }).click();
  await expect(dialog).toBeHidden();
  await expect
    .poll(() => findOnScreen(screenOf(dana), "login: harbour-lights"), { timeout: 30_000 })
    .toBe(true);
});

test("a second person is told who is connected, and watches what the first one types", async ({ people }) => {
  const dana = await people.signIn("dana");
  await ada.page.goto(`/vms/${machine.id}/console`);
  await expect(ada.page.getByText("In use by Dana Reyes")).toBeVisible();
  await ada.page.getByRole("button", { name: "Watch" }).first().click();
  await expect(ada.page.getByText("You are watching Dana Reyes")).toBeVisible();
  await expect(dana.getByText(`${ada.displayName} is watching`)).toBeVisible();

  await type(dana, "-at-night");
  await expect.poll(() => findOnScreen(screenOf(ada.page), "harbour-lights-at-night")).toBe(true);
  // Whoever watches reaches nothing.
  await screenOf(ada.page).focus();
  await ada.page.keyboard.type("zzz");
  await type(dana, "!");
  await expect.poll(() => findOnScreen(screenOf(ada.page), "harbour-lights-at-night!")).toBe(true);
});

test("asked for the console one may keep it, and it may be taken over for all to see", async ({ people }) => {
  const dana = await people.signIn("dana");
  const { page } = ada;
  await page.goto(`/vms/${machine.id}/console`);
  await page.getByRole("button", { name: "Ask for it" }).click();
  await expect(dana.getByText(`${ada.displayName} asks for the console`)).toBeVisible();
  await dana.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByText("Dana Reyes keeps it for now.")).toBeVisible();

  await page.getByRole("button", { name: "Take over" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cut off Dana Reyes" }).click();
  await expect(controlsOf(page)).toContainText("Connected");
  await expect(dana.getByText("Somebody took the console over")).toBeVisible();
  await expect(dana.getByText(`It was ${ada.displayName}.`)).toBeVisible();
  await type(page, "-ada");
  await expect.poll(() => findOnScreen(screenOf(page), "harbour-lights-at-night!-ada")).toBe(true);
  await controlsOf(page).getByRole("button", { name: "Disconnect" }).click();
});

test("the serial console takes a sign-in, and its text can be searched", async ({ people }) => {
  const dana = await people.signIn("dana");
  await dana.goto(`/vms/${machine.id}/console/serial`);
  await expect(controlsOf(dana)).toContainText("Connected");
  const terminal = dana.getByRole("group", { name: /^Serial console of/ });
  await terminal.click();
  await dana.keyboard.type("ubuntu\n", { delay: 20 });
  await dana.keyboard.type("secret\n", { delay: 20 });
  await dana.keyboard.type("uname -a\n", { delay: 20 });
  await expect(terminal).toContainText("ubuntu@");
  await expect(terminal).toContainText(/Linux/);
  await dana.getByRole("searchbox", { name: "Find in the terminal" }).fill("Linux");
  await dana.getByRole("button", { name: "Next match" }).click();
  await expect(dana.getByText(/^\d+ of \d+$/)).toBeVisible();
  await controlsOf(dana).getByRole("button", { name: "Disconnect" }).click();
});

test("where a rule asks, the console is granted for a time, and is cut off while somebody types", async ({
  people,
  stack,
}) => {
  const dana = await people.signIn("dana");
  const alex = await people.signIn("alex");
  const guarded = await takeMachine(stack);
  await ruleConsoleAsks(stack, guarded.id);
  await dana.goto(`/vms/${guarded.id}/console`);
  await dana.getByLabel("Why do you need the console?").fill("The shop does not answer");
  await dana.getByRole("button", { name: "Ask for access" }).click();
  await expect(dana.getByText("Waiting for an approval")).toBeVisible();
  await alex.goto("/approvals");
  await alex
    .getByRole("link", { name: new RegExp(guarded.name) })
    .first()
    .click();
  await alex.waitForURL(/\/approvals\/[^/]+$/);
  await alex.getByRole("button", { name: "Approve", exact: true }).click();

  await expect(controlsOf(dana)).toContainText("Connected", { timeout: 30_000 });
  await expect(dana.getByRole("timer")).toBeVisible();
  await endConsoleSoon(stack, guarded.id);
  const ended = dana.getByText("Your access has ended");
  await screenOf(dana).focus();
  for (let keys = 0; keys < 125 && !(await ended.isVisible()); keys += 1) {
    await dana.keyboard.type("x");
    await dana.waitForTimeout(200);
  }
  await expect(ended).toBeVisible();
});

test("administrators see who is connected and end it", async ({ people }) => {
  const dana = await people.signIn("dana");
  await dana.goto(`/vms/${machine.id}/console`);
  await expect(controlsOf(dana)).toContainText("Connected");
  const { page } = ada;
  await page.goto("/admin/consoles");
  const row = page.getByRole("row").filter({ hasText: machine.name });
  await expect(row).toContainText("Dana Reyes");
  await row.getByRole("button", { name: "End" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "End" }).click();
  await expect(dana.getByText("An administrator ended this console")).toBeVisible({ timeout: 5_000 });
  await expect(row).toBeHidden();
});

test("the machine's page shows its screen small, and the picture changes", async ({ people }) => {
  const dana = await people.signIn("dana");
  // A guest draws while somebody looks.
  await ada.page.goto(`/vms/${machine.id}/console`);
  await expect(controlsOf(ada.page)).toContainText("Connected");
  await dana.goto(`/vms/${machine.id}`);
  const picture = dana.getByRole("img", { name: new RegExp(`[Ss]creen of ${machine.name}`) });
  await expect(picture).toBeVisible({ timeout: 20_000 });
  const first = await picture.getAttribute("src");
  await expect.poll(() => picture.getAttribute("src"), { timeout: 30_000 }).not.toBe(first);
  await controlsOf(ada.page).getByRole("button", { name: "Disconnect" }).click();
});
