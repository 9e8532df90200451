import type { Page } from "@playwright/test";
import { adminPassword, expect, fillSignIn, test, uniqueName } from "@/e2e/fixtures";
import { expectMovingPicture, readLastKey } from "./read-screen";

// One story told in parts: each goes on where the one before ended, in the same open tabs.
test.describe.configure({ mode: "serial" });

const system = uniqueName("jour");
const service = "web";
const vmName = `shop-test-${system}-${service}-01`;
let vmAddress = "";

const step = (page: Page, name: string) =>
  page.getByRole("list", { name: "Progress" }).getByRole("listitem").filter({ hasText: name });

test("an administrator replaces the first password and finds the cluster healthy", async ({ people }) => {
  const page = await people.visit();
  await page.goto("/admin/clusters");
  await expect(page).toHaveURL(/\/login/);
  await fillSignIn(page, "admin", "admin");
  await expect(page.getByRole("heading", { name: "Choose your own password" })).toBeVisible();
  await page.goto("/admin/clusters");
  await expect(page).toHaveURL(/\/change-password/);

  await page.getByLabel("Current password", { exact: true }).fill("admin");
  await page.getByLabel("New password", { exact: true }).fill("admin-admin-admin");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByLabel("New password", { exact: true })).toHaveAttribute("aria-invalid", "true");

  await page.getByLabel("Current password", { exact: true }).fill("admin");
  await page.getByLabel("New password", { exact: true }).fill(adminPassword);
  await page.getByRole("button", { name: "Change password" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/change-password"));

  await page.goto("/admin/clusters");
  const lab = page.getByRole("row").filter({ hasText: "lab" });
  await expect(lab).toContainText("Healthy");
});

test("a requester asks for a machine and sees beforehand who decides and where it fits", async ({
  people,
}) => {
  const page = await people.signIn("dana");
  await page.goto("/systems");
  await page.getByRole("button", { name: "Create a system" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill(system);
  await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { level: 1, name: system })).toBeVisible();

  await page.getByRole("button", { name: "Create a service" }).first().click();
  await page.getByRole("dialog").getByLabel("Name").fill(service);
  await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { level: 1, name: service })).toBeVisible();

  await chooseWhere(page);
  const verdict = page.getByRole("complementary").filter({ hasText: "What will happen" });
  await expect(verdict).toContainText("Alex Novak");
  await expect(verdict).toContainText("Fits on 1 of 1 cluster of Test");
  await expect(verdict).toContainText("The clusters' own checks accept it");
  await submitBecause(page, "A front end to try the new checkout on");
  await expect(page.getByRole("status").filter({ hasText: "Waiting for approval by" })).toContainText(
    "Alex Novak",
  );
});

test("an approver decides, and the requester's open page follows to the running machine", async ({
  people,
}) => {
  const dana = await people.signIn("dana");
  const alex = await people.signIn("alex");
  const loadedAt = await dana.evaluate(() => performance.timeOrigin);

  await alex
    .getByRole("link", { name: /^Approvals/ })
    .first()
    .click();
  const row = alex.getByRole("row").filter({ hasText: system });
  await expect(row).toContainText("A front end to try the new checkout on");
  await row.getByRole("link").click();
  const place = alex.getByRole("listitem").filter({ has: alex.getByRole("radio", { name: /Lab/ }) });
  await expect(place).toContainText("Recommended");
  await expect(place).toContainText("Its own checks accept exactly this machine.");
  await alex.getByRole("button", { name: "Approve on Lab" }).click();
  await expect(alex.getByText("Approved by Alex Novak").first()).toBeVisible();

  await expect(step(dana, "Approved")).toContainText("Alex Novak");
  await expect(step(dana, "Running")).toContainText("Done", { timeout: 60_000 });
  await expect(dana.getByRole("status").filter({ hasText: `${vmName} is running` })).toBeVisible();
  expect(await dana.evaluate(() => performance.timeOrigin)).toBe(loadedAt);
});

test("the machine's page shows where it runs", async ({ people }) => {
  const dana = await people.signIn("dana");
  await dana.getByRole("link", { name: "Open the VM" }).click();
  await dana.waitForURL(/\/vms\/[^/]+$/);
  vmAddress = new URL(dana.url()).pathname;
  await expect(dana.getByRole("heading", { level: 1 })).toContainText(vmName);
  await expect(dana.getByText("It is up and running.")).toBeVisible();
  const facts = dana.getByRole("definition");
  await expect(facts.filter({ hasText: /^\d+\.\d+\.\d+\.\d+$/ }).first()).toBeVisible();
  // Nodes are for those who may see clusters.
  await expect(facts.filter({ hasText: /^node-\w+$/ })).toHaveCount(0);
});

test("its console shows a moving picture and takes the keyboard", async ({ people }) => {
  const dana = await people.signIn("dana");
  await dana.getByRole("link", { name: "Console" }).first().click();
  const screen = dana.getByRole("application", { name: `Screen of ${vmName}` });
  const controls = dana.getByRole("toolbar", { name: "Console controls" });
  await expect(controls).toContainText("Connected");
  await expectMovingPicture(screen);

  await screen.focus();
  await dana.keyboard.press("k");
  await expect.poll(() => readLastKey(screen)).toBe("k");
  await controls.getByRole("button", { name: "Ctrl + Alt + Del" }).click();
  await expect.poll(() => readLastKey(screen)).toBe("Ctrl+Alt+Delete");

  await controls.getByRole("button", { name: "Disconnect" }).click();
  await expect(dana.getByText("The console was closed.")).toBeVisible();
});

test("it is stopped, and deleted once its name is typed and an approver agrees", async ({ people }) => {
  const dana = await people.signIn("dana");
  const alex = await people.signIn("alex");
  await dana.goto(vmAddress);
  await dana.getByRole("button", { name: "Stop" }).click();
  await dana.getByRole("alertdialog").getByRole("button", { name: "Stop" }).click();
  await expect(dana.getByText("It is stopped. Start it to work on it.")).toBeVisible({ timeout: 30_000 });

  await dana.getByRole("button", { name: "More" }).click();
  await dana.getByRole("menuitem", { name: "Delete" }).click();
  const sure = dana.getByRole("alertdialog");
  await expect(sure.getByRole("button", { name: "Delete" })).toBeDisabled();
  await sure.getByLabel(/Type/).fill(vmName);
  await sure.getByRole("button", { name: "Delete" }).click();
  await expect(sure).toBeHidden();

  await alex.goto("/approvals");
  await alex.getByRole("link", { name: `Delete ${vmName}` }).click();
  await alex.waitForURL(/\/approvals\/[^/]+$/);
  await alex.getByRole("button", { name: "Approve", exact: true }).click();
  await expect(alex.getByText("Approved by Alex Novak").first()).toBeVisible();
  await dana.goto("/vms");
  await expect(dana.getByRole("link", { name: vmName })).toBeHidden({ timeout: 30_000 });
});

test("both find it in their inbox, and the audit log lists who did what", async ({ people }) => {
  const [dana, alex, admin] = [
    await people.signIn("dana"),
    await people.signIn("alex"),
    await people.signIn("admin"),
  ];
  await dana.goto("/inbox");
  await expect(
    dana.getByText(`Alex Novak approved the creation for ${system} / ${service}`).first(),
  ).toBeVisible();
  await expect(dana.getByText(`${vmName}: the creation is done`)).toBeVisible();
  await alex.goto("/inbox");
  await expect(
    alex.getByText(`Dana Reyes asks for a virtual machine in ${system} / ${service}`),
  ).toBeVisible();

  await admin.goto("/admin/audit");
  const log = admin.getByRole("table", { name: "Audit log" });
  for (const [who, action] of [
    ["dana", "vm.request"],
    ["alex", "approval.approve"],
    ["dana", "vnc.access"],
    ["dana", "vm.stop_submitted"],
  ] as const) {
    await admin.getByRole("combobox", { name: "Action" }).selectOption(action);
    await expect(
      log.getByRole("row").filter({ hasText: action }).filter({ hasText: who }).first(),
    ).toBeVisible();
  }
});

test("a rejected request tells the requester why", async ({ people }) => {
  const dana = await people.signIn("dana");
  const alex = await people.signIn("alex");
  await chooseWhere(dana);
  await submitBecause(dana, "One more of the same");
  await expect(dana.getByText(/Waiting for approval by/)).toBeVisible();

  await alex.goto("/approvals");
  const row = alex.getByRole("row").filter({ hasText: "One more of the same" });
  await row.getByRole("button", { name: "Reject" }).click();
  const dialog = alex.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("The first one is enough.");
  await dialog.getByRole("button", { name: "Reject the request" }).click();
  await expect(row).toBeHidden();

  await expect(dana.getByText("Rejected by Alex Novak").first()).toBeVisible();
  await expect(dana.getByText("The first one is enough.").first()).toBeVisible();
  await expect(dana.getByRole("link", { name: "Ask again" })).toBeVisible();
});

async function chooseWhere(page: Page): Promise<void> {
  await page.goto("/vms/new");
  await page.getByLabel("Service").selectOption({ label: `${system} / ${service}` });
  await page.getByLabel("Namespace").selectOption("shop-test");
}

/** Ends on the request's own page. */
async function submitBecause(page: Page, reason: string): Promise<void> {
  await page.getByLabel("Reason").fill(reason);
  await page.getByRole("button", { name: "Submit the request" }).click();
  await page.waitForURL(/\/requests\/[^/]+$/);
}
