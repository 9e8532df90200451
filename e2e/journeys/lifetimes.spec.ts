import type { Page } from "@playwright/test";
import { z } from "zod";
import { expect, test } from "@/e2e/fixtures";
import type { Stack } from "@/e2e/stack";
import { nearEndOfLife } from "./move-time";
import { readRows } from "./read-rows";
import { takeMachine } from "./take-machine";

// One story told in parts: each goes on where the one before ended, in the same open tabs.
test.describe.configure({ mode: "serial" });

const day = 86_400_000;
const life = z.tuple([z.object({ expires_at: z.date(), extensions: z.number() })]);
let vm: { id: string; name: string };

test.afterAll(async ({ people, stack }) => {
  const { page } = await people.administrator();
  await page.request.put("/api/v1/admin/environments/test/lifetime", {
    headers: { origin: stack.url },
    data: { default_days: null, longest_days: null, grace_days: 7 },
  });
});

test("an environment gives its machines an end, and whoever has one is told before it", async ({
  people,
  stack,
}) => {
  const { page } = await people.administrator();
  await page.goto("/admin/environments");
  const row = page.getByRole("row").filter({ hasText: "Test" }).first();
  await row.getByRole("button", { name: "Lifetime" }).click();
  const dialog = page.getByRole("dialog", { name: "How long machines in Test live" });
  await dialog.getByLabel("Days a machine gets").fill("30");
  await dialog.getByLabel("Days at most").fill("45");
  await dialog.getByRole("button", { name: "Lifetime" }).click();
  await expect(row).toContainText("30 days");

  vm = await takeMachine(stack);
  expect(await daysLeft(stack)).toBeCloseTo(30, 0);
  await nearEndOfLife(stack, vm.id);
  const dana = await people.signIn("dana");
  await dana.goto("/inbox");
  await expect(dana.getByText(`${vm.name} expires in 1 day`)).toBeVisible({ timeout: 50_000 });
});

test("one click extends it within the limits", async ({ people, stack }) => {
  const dana = await people.signIn("dana");
  await dana.goto(`/vms/${vm.id}`);
  await expect(dana.getByText("3 more times by a click")).toBeVisible();
  await dana.getByRole("button", { name: "Extend by 30 days" }).click();
  await expect(dana.getByText("2 more times by a click")).toBeVisible();
  expect(await daysLeft(stack)).toBeCloseTo(30.8, 0);
});

test("beyond the limits somebody decides", async ({ people, stack }) => {
  const [dana, alex] = [await people.signIn("dana"), await people.signIn("alex")];
  await dana.getByRole("button", { name: "Ask for longer" }).click();
  const dialog = dana.getByRole("dialog", { name: "Ask for a longer life" });
  await dialog.getByLabel("By how many days").fill("90");
  await dialog.getByLabel("Why").fill(`The audit of ${vm.name} takes the quarter`);
  await dialog.getByRole("button", { name: "Send the request" }).click();
  await dana.waitForURL(/\/requests\/[^/]+$/);
  await expect(dana.getByText(/Waiting for approval by/)).toBeVisible();

  await approve(alex, `The audit of ${vm.name}`);
  await expect.poll(() => daysLeft(stack)).toBeGreaterThan(100);
  await expect(dana.getByText(`Keep ${vm.name} longer: done`).first()).toBeVisible();
  await dana.getByRole("link", { name: "Open the VM" }).click();
  await expect(dana.getByText("2 more times by a click")).toBeVisible();
  expect((await readLife(stack)).extensions).toBe(1);
});

async function approve(page: Page, reason: string): Promise<void> {
  await page.goto("/approvals");
  await page.getByRole("row").filter({ hasText: reason }).getByRole("link").first().click();
  await page.waitForURL(/\/approvals\/[^/]+$/);
  await expect(page.getByText(`Approving keeps ${vm.name} for as long as is asked.`)).toBeVisible();
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await expect(page.getByText("Approved by Alex Novak").first()).toBeVisible();
}

async function readLife(stack: Stack) {
  return life.parse(
    await readRows(stack, "SELECT expires_at, extensions FROM vm_lifetimes WHERE vm_id = $1", [vm.id]),
  )[0];
}

async function daysLeft(stack: Stack): Promise<number> {
  return ((await readLife(stack)).expires_at.getTime() - Date.now()) / day;
}
