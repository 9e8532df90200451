import fs from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test, uniqueName } from "@/e2e/fixtures";
import { removeCluster } from "./remove-cluster";
import { takeMachine } from "./take-machine";

// One story told in parts: each goes on where the one before ended, in the same open tabs.
test.describe.configure({ mode: "serial" });

const name = uniqueName("hall");
const displayName = `Hall two ${name}`;
const namespace = uniqueName("just");
let clusterAddress = "";

const hostile = `apiVersion: v1
kind: Config
clusters:
  - name: evil
    cluster: { server: "https://10.0.0.1:6443", certificate-authority-data: "QUFB" }
users:
  - name: evil
    user: { exec: { apiVersion: client.authentication.k8s.io/v1, command: /bin/sh } }
contexts:
  - name: evil
    context: { cluster: evil, user: evil }
current-context: evil
`;

test.afterAll(async ({ people, stack }) => {
  const { page } = await people.administrator();
  await removeCluster(page, stack, name);
});

test("a kubeconfig that would run a program is refused at its field", async ({ people }) => {
  const { page } = await people.administrator();
  await page.goto("/admin/clusters");
  await page.getByRole("link", { name: "Register a cluster" }).click();
  await takeKubeconfig(page, hostile);
  await expect(page.getByText("It would run a program to get its credential.").first()).toBeVisible();
  await expect(page.getByText("users[0].user.exec")).toBeVisible();
  await expect(page.getByRole("button", { name: "Test the connection" })).toBeHidden();

  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Display name").fill(displayName);
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page.getByLabel("Kubeconfig", { exact: true })).toHaveAttribute("aria-invalid", "true");
});

test("a second cluster is shown before it is registered, and becomes healthy", async ({ people, stack }) => {
  const { page } = await people.administrator();
  await takeKubeconfig(page, fs.readFileSync(stack.lab.second.kubeconfig, "utf8"));
  await expect(page.getByText("This is what it leads to")).toBeVisible();
  const facts = page.getByRole("definition");
  await expect(facts.filter({ hasText: stack.lab.second.url })).toBeVisible();
  await expect(facts.filter({ hasText: "Bearer token" })).toBeVisible();

  await page.getByRole("button", { name: "Test the connection" }).click();
  await expect(page.getByText(/^It answers in \d+ ms and can be used$/)).toBeVisible();
  await expect(facts.filter({ hasText: "2 of 2 ready, 191 cores, 2,044 GiB" })).toBeVisible();
  await expect(facts.filter({ hasText: "nvidia.com/H100" })).toContainText("8");

  await page.getByRole("radio", { name: /^Test/ }).check();
  await page.getByRole("radio", { name: /^By rules/ }).check();
  await page.getByRole("switch", { name: /^Less memory requested than promised/ }).uncheck();
  // Of clusters that fit equally well the journeys' machines stay on the first one.
  await page.getByLabel("Weight").fill("10");
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page.getByRole("heading", { level: 1, name: displayName })).toBeVisible();
  clusterAddress = new URL(page.url()).pathname;
  await expect(page.getByText("Healthy", { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Guarded", { exact: true })).toBeVisible();
});

test("its page shows its hardware, its room and that the account lacks nothing", async ({ people }) => {
  const { page } = await people.administrator();
  await expect(page.getByRole("img", { name: /free of 191.* cores$/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /free of 2,04\d.* GiB$/ })).toBeVisible();
  await expect(page.getByRole("img", { name: "0 in use · 8 free of 8" })).toBeVisible();

  await openPart(page, "Nodes");
  const nodes = page.getByRole("table", { name: "Nodes" });
  await expect(nodes.getByRole("row").filter({ hasText: /gpu-[12]/ })).toHaveCount(2);
  await openPart(page, "Capabilities");
  const facts = page.getByRole("definition");
  await expect(facts.filter({ hasText: "v1.5.2" })).toBeVisible();
  await expect(facts.filter({ hasText: "storage-net" })).toContainText("fabric");
  await expect(facts.filter({ hasText: "1Gi" })).toContainText("512 GiB");
  await openPart(page, "Permissions");
  await expect(page.getByText("The account may do everything that Shepherd does.")).toBeVisible();
});

test("a namespace is made in the cluster that needs it first", async ({ people, stack }) => {
  const { page } = await people.administrator();
  await page.goto("/admin/namespaces");
  await page.getByRole("button", { name: "Create a namespace" }).click();
  const dialog = page.getByRole("dialog", { name: "Create a namespace" });
  await dialog.getByLabel("Name", { exact: true }).fill(namespace);
  await dialog.getByLabel("Environment").selectOption({ label: "Test" });
  await dialog.getByRole("button", { name: "Create a namespace" }).click();
  await page.getByRole("link", { name: namespace, exact: true }).click();
  const places = page.getByRole("table", { name: "In the clusters" });
  const placeOf = (cluster: string) => places.getByRole("row").filter({ hasText: cluster });
  await expect(placeOf(displayName)).toBeVisible();
  await page.getByRole("button", { name: "Look again" }).click();
  await expect(placeOf(displayName)).toContainText("Not there yet");
  await expect(placeOf("Lab")).toContainText("Not there yet");

  await takeMachine(stack, namespace);
  await page.getByRole("button", { name: "Look again" }).click();
  await expect(placeOf("Lab")).toContainText(/There(?! )/);
  await expect(placeOf(displayName)).toContainText("Not there yet");
});

test("a cluster in maintenance takes no request, and the person who asks is told why", async ({ people }) => {
  const { page } = await people.administrator();
  const dana = await people.signIn("dana");
  await setMaintenance(page, "on");
  await expect(page.getByText("In maintenance: nothing is placed here.")).toBeVisible();

  await chooseWhere(dana);
  const verdict = dana.getByRole("complementary").filter({ hasText: "What will happen" });
  await expect(verdict).toContainText("Fits on 1 of 2 clusters of Test");
  await expect(verdict).toContainText("Under maintenance.");
  await expect(verdict).not.toContainText(name);

  await setMaintenance(page, "off");
  await expect(page.getByText("In maintenance: nothing is placed here.")).toBeHidden();
  await chooseWhere(dana);
  await expect(verdict).toContainText("Fits on 2 of 2 clusters of Test");
});

test("a cluster without machines is removed by its name", async ({ people }) => {
  const { page } = await people.administrator();
  await page.goto(clusterAddress);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  const sure = page.getByRole("alertdialog");
  await sure.getByLabel(/Type/).fill(name);
  await sure.getByRole("button", { name: "Remove" }).click();
  await page.waitForURL(/\/admin\/clusters$/);
  await expect(page.getByRole("row").filter({ hasText: "Lab" })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: name })).toBeHidden();
});

async function chooseWhere(page: Page): Promise<void> {
  await page.goto("/vms/new");
  await page.getByLabel("Service").selectOption({ label: "shop / web" });
  await page.getByLabel("Namespace").selectOption("shop-test");
}

async function takeKubeconfig(page: Page, text: string): Promise<void> {
  await page
    .getByLabel("Take it from a file")
    .setInputFiles({ name: "config", mimeType: "application/yaml", buffer: Buffer.from(text) });
}

async function openPart(page: Page, part: string): Promise<void> {
  await page
    .getByRole("navigation", { name: "Parts of this cluster" })
    .getByRole("link", { name: part })
    .click();
}

async function setMaintenance(page: Page, wanted: "on" | "off"): Promise<void> {
  await page.goto(clusterAddress);
  await page.getByRole("button", { name: "Edit" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit the cluster" });
  await dialog.getByRole("switch", { name: /^Maintenance/ }).setChecked(wanted === "on");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
}
