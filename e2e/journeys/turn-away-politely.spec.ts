import { expect, fillSignIn, test } from "@/e2e/fixtures";

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

test("a kubeconfig that would run a program is refused with the reason and nothing is saved", async ({
  people,
}) => {
  const admin = await people.signIn("admin");
  await admin.goto("/admin/clusters/new");
  await admin.getByLabel("Kubeconfig").fill(hostile);
  await expect(admin.getByText("It would run a program to get its credential.").first()).toBeVisible();
  await admin.getByLabel("Name", { exact: true }).fill("trap");
  await admin.getByLabel("Display name").fill("Trap");
  await admin.getByRole("button", { name: "Register" }).click();
  await expect(admin.getByText("KUBECONFIG_REFUSED")).toBeVisible();
  await expect(admin).toHaveURL(/\/admin\/clusters\/new$/);
  await admin.goto("/admin/clusters");
  await expect(admin.getByRole("link", { name: "Lab" })).toBeVisible();
  await expect(admin.getByText("Trap")).toBeHidden();
});
