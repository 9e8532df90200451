import type { Page } from "@playwright/test";
import { expect, fillSignIn, test } from "@/e2e/fixtures";
import { ageSecondFactor } from "./move-time";

test("a viewer may look but not act, and a closed page names the missing permission", async ({ people }) => {
  const vera = await people.signIn("vera");
  await vera.goto("/systems");
  await vera.getByRole("link", { name: "shop", exact: true }).click();
  await expect(vera.getByRole("heading", { level: 1, name: "shop" })).toBeVisible();
  await expect(vera.getByRole("button", { name: "Create a service" })).toBeHidden();
  await expect(vera.getByRole("button", { name: "Delete" })).toBeHidden();

  await vera.goto("/admin/audit");
  await expect(vera.getByRole("heading", { name: "You may not see this" })).toBeVisible();
  await expect(vera.getByText("audit:read")).toBeVisible();
  await vera.goto("/approvals");
  await expect(vera.getByText("builtin_approval:view")).toBeVisible();
});

test("a wrong password and an unknown name are told the same", async ({ people }) => {
  const page = await people.visit();
  const refusals: string[] = [];
  for (const username of ["dana", "nobody-of-that-name"]) {
    await page.goto("/login");
    await fillSignIn(page, username, "not the password");
    await expect(page.getByRole("alert").filter({ hasText: "wrong" })).toBeVisible();
    refusals.push(await page.getByRole("alert").filter({ hasText: "wrong" }).innerText());
  }
  expect(refusals[0]).toContain("The user name or the password is wrong.");
  expect(refusals[1]).toBe(refusals[0]);
});

const hostile = `apiVersion: v1
kind: Config
current-context: trap
clusters: [{ name: trap, cluster: { server: "https://10.0.0.1:6443", certificate-authority-data: "AAAA" } }]
contexts: [{ name: trap, context: { cluster: trap, user: trap } }]
users: [{ name: trap, user: { exec: { apiVersion: client.authentication.k8s.io/v1, command: /bin/sh } } }]
`;

const asked = (page: Page) =>
  page.getByRole("dialog", { name: "Changing cluster credentials needs your second factor." });

test("an administrator without a second factor is told to add one before a cluster is registered", async ({
  people,
}) => {
  const admin = await people.signIn("admin");
  await fillTrap(admin);
  await expect(asked(admin)).toContainText("You have no second factor yet.");
  await asked(admin).getByRole("link", { name: "Add a second factor" }).click();
  await expect(admin.getByText("You have no second factor", { exact: true })).toBeVisible();
});

test("a kubeconfig that would run a program is refused with the reason and nothing is saved", async ({
  people,
  stack,
}) => {
  const { page, app, username } = await people.administrator();
  await ageSecondFactor(stack, username);
  await fillTrap(page);
  await asked(page)
    .getByLabel("Code from your authenticator app")
    .fill(await app.freshCode());
  await asked(page).getByRole("button", { name: "Continue" }).click();
  const field = page.getByLabel("Kubeconfig", { exact: true });
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(/It would run a program to get its credential/);
  await expect(page).toHaveURL(/\/admin\/clusters\/new$/);
  await page.goto("/admin/clusters");
  await expect(page.getByRole("link", { name: "Lab" })).toBeVisible();
  await expect(page.getByText("Trap")).toBeHidden();
});

async function fillTrap(page: Page): Promise<void> {
  await page.goto("/admin/clusters/new");
  await page.getByLabel("Kubeconfig").fill(hostile);
  await expect(page.getByText("It would run a program to get its credential.").first()).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("trap");
  await page.getByLabel("Display name").fill("Trap");
  await page.getByRole("button", { name: "Register" }).click();
}
