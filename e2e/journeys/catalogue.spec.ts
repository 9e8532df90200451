import type { Locator, Page } from "@playwright/test";
import { expect, test, uniqueName } from "@/e2e/fixtures";
import { openClient } from "./api-client";
import { deleteMachine } from "./delete-machine";
import { reachCluster } from "./reach-cluster";
import { registerCluster } from "./register-cluster";
import { removeCluster } from "./remove-cluster";
import { createPlace } from "./take-machine";

// One story told in parts: each goes on where the one before ended, in the same open tabs.
test.describe.configure({ mode: "serial" });

const cluster = { name: uniqueName("deep"), displayName: `Deep hall ${uniqueName("of")}` };
const size = { name: uniqueName("hopper"), displayName: `Hopper ${uniqueName("of")}` };
const template = { name: uniqueName("tide"), displayName: `Tide ${uniqueName("of")}` };
const system = uniqueName("lake");
const vmName = `shop-test-${system}-web-01`;
const otherHardware = "Has 0 × nvidia.com/H100; 1 needed.";
const firstGreeting = "#cloud-config\nwrite_files:\n  - path: /etc/motd\n    content: First tide\n";
const secondGreeting = `${firstGreeting}  - path: /etc/issue\n    content: Second tide\n`;
let versionOne = "";
let versionTwo = "";
let vmId = "";

test.beforeAll(async ({ people, stack }) => {
  const { page } = await people.administrator();
  await registerCluster(page, stack, { ...cluster, environment: "test" });
  const dana = await openClient(stack, "dana");
  await createPlace(dana, system);
  await dana.close();
});

test.afterAll(async ({ people, stack }) => {
  if (vmId !== "") await deleteMachine(stack, vmId, await people.signIn("alex"));
  const { page } = await people.administrator();
  await removeCluster(page, stack, cluster.name);
});

test("a GPU size is published after each cluster said whether it can take it", async ({ people }) => {
  const { page } = await people.administrator();
  await page.goto("/admin/sizes");
  await page.getByRole("link", { name: "New size" }).first().click();
  await page.getByLabel("Title").fill(size.displayName);
  await page.getByLabel("Name", { exact: true }).fill(size.name);
  await page.getByLabel("Offered in").selectOption({ label: "Everywhere" });
  // Behind the sizes that other journeys find chosen.
  await page.getByLabel("Order", { exact: true }).fill("900");
  await page.getByLabel("CPU", { exact: true }).fill("16");
  await page.getByLabel("Memory", { exact: true }).fill("64");
  await page.getByRole("button", { name: "Add a GPU" }).click();
  await page.getByLabel("GPU device 1", { exact: true }).fill("nvidia.com/H100");
  await expect(page.getByText(`1 cluster has it: ${cluster.displayName}`)).toBeVisible();

  const manifest = page.getByLabel("Machine as it would be sent");
  await expect(manifest).toContainText("gpus:");
  await expect(manifest).toContainText("deviceName: nvidia.com/H100");
  const verdicts = page.getByRole("listitem");
  await expect(verdicts.filter({ hasText: cluster.displayName })).toContainText("Can take it");
  await expect(verdicts.filter({ hasText: /^Lab/ })).toContainText(otherHardware);

  await page.getByLabel("Cluster", { exact: true }).selectOption({ label: cluster.displayName });
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page.getByText(/^Accepted\. KubeVirt v?1\.5\.2 would make this machine\.$/)).toBeVisible();
  await page.getByRole("button", { name: "Create size" }).click();
  await page.waitForURL(/\/admin\/sizes\/(?!new)[^/]+$/);
  await page.goto(`/admin/sizes?q=${size.name}`);
  await expect(page.getByRole("row").filter({ hasText: size.name })).toContainText("Offered");
});

test("a template's first version is written, saved and activated", async ({ people }) => {
  const { page } = await people.administrator();
  await page.goto("/admin/templates");
  await page.getByRole("link", { name: "New template" }).first().click();
  await page.getByLabel("Display name").fill(template.displayName);
  await page.getByLabel("Name", { exact: true }).fill(template.name);
  await page.getByLabel("Offered in").selectOption({ label: "Everywhere" });
  await page.getByRole("textbox", { name: "Image in a registry" }).fill("quay.io/containerdisks/debian:13");
  await writeCode(page, firstGreeting);
  await expect(page.getByText("The draft can be saved.")).toBeVisible();
  await page.getByRole("button", { name: "Create draft" }).click();
  await page.waitForURL(/\/admin\/templates\/(?!new)[^/]+\/edit$/);
  versionOne = new URL(page.url()).pathname.replace(/\/edit$/, "");
  await activate(page, versionOne);
  await expect(versionEntry(page, 1)).toContainText("Active");
});

test("its second version is compared and activated, and the first becomes deprecated by itself", async ({
  people,
}) => {
  const { page } = await people.administrator();
  const witness = await page.context().newPage();
  await witness.goto(versionOne);
  await expect(versionEntry(witness, 1)).toContainText("Active");

  await page.getByRole("button", { name: "New version" }).click();
  await page.waitForURL(/\/edit$/);
  versionTwo = new URL(page.url()).pathname.replace(/\/edit$/, "");
  await writeCode(page, secondGreeting);
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByRole("status").filter({ hasText: /^Saved/ })).toBeVisible();

  await page.goto(versionTwo);
  await page.getByRole("link", { name: "Compare versions" }).click();
  const lines = page.getByRole("group", { name: "Cloud-init" });
  await expect(lines).toContainText("added:");
  await expect(lines).toContainText("content: Second tide");
  await expect(lines).not.toContainText("removed:");

  await activate(page, versionTwo);
  await expect(versionEntry(page, 2)).toContainText("Active");
  await expect(versionEntry(page, 1)).toContainText("Deprecated");
  await expect(witness.getByText("This version is deprecated: nobody can ask for it")).toBeVisible();
  await witness.close();
});

test("whoever asks is told how many clusters fit and why others do not, and never their names", async ({
  people,
}) => {
  const dana = await people.signIn("dana");
  await dana.goto("/vms/new");
  await dana.getByLabel("Service").selectOption({ label: `${system} / web` });
  await dana.getByLabel("Namespace").selectOption("shop-test");
  await dana.getByRole("radio", { name: new RegExp(template.displayName) }).check();
  await expect(dana.getByRole("radio", { name: new RegExp(template.displayName) })).toHaveCount(1);
  await dana.getByRole("radio", { name: new RegExp(size.displayName) }).check();
  const verdict = dana.getByRole("complementary").filter({ hasText: "What will happen" });
  await expect(verdict).toContainText("Fits on 1 of 2 clusters of Test");
  await expect(verdict).toContainText(otherHardware);
  await expect(verdict).toContainText("The clusters' own checks accept it");
  await expect(dana.getByRole("main")).not.toContainText(cluster.displayName);

  await dana.getByLabel("Reason").fill(`To train on ${system}`);
  await dana.getByRole("button", { name: "Submit the request" }).click();
  await dana.waitForURL(/\/requests\/[^/]+$/);
});

test("the approver sees the clusters by name, and the machine runs on the one that fits", async ({
  people,
  stack,
}) => {
  const [dana, alex] = [await people.signIn("dana"), await people.signIn("alex")];
  await alex.goto("/approvals");
  await alex.getByRole("row").filter({ hasText: system }).getByRole("link").click();
  const place = (name: string): Locator =>
    alex.getByRole("listitem").filter({ has: alex.getByRole("radio", { name: new RegExp(`^${name}`) }) });
  await expect(place("Lab")).toContainText("Cannot take it");
  await expect(place("Lab")).toContainText(otherHardware);
  await expect(place("Lab").getByRole("radio")).toBeDisabled();
  await expect(place(cluster.displayName)).toContainText("Recommended");
  await expect(place(cluster.displayName)).toContainText("Its own checks accept exactly this machine.");
  await alex.getByRole("button", { name: `Approve on ${cluster.displayName}` }).click();

  const running = dana.getByRole("status").filter({ hasText: `${vmName} is running` });
  await expect(running).toBeVisible({ timeout: 60_000 });
  await dana.getByRole("link", { name: "Open the VM" }).click();
  await dana.waitForURL(/\/vms\/[^/]+$/);
  vmId = new URL(dana.url()).pathname.split("/").at(-1) ?? "";
  await expect(dana.getByText("It is up and running.")).toBeVisible();
  // Whoever may see clusters sees the node too.
  const { page } = await people.administrator();
  await page.goto(`/vms/${vmId}`);
  await expect(page.getByRole("definition").filter({ hasText: /^gpu-[12]$/ })).toBeVisible();

  const machine = await reachCluster(stack.lab.second.kubeconfig).machine("shop-test", vmName);
  const text = JSON.stringify(machine.spec);
  expect(text).toContain('"deviceName":"nvidia.com/H100"');
  expect(text).toContain("Second tide");
  expect(machine.metadata.labels["kubevirt-shepherd.io/system"]).toBe(system);
});

function versionEntry(page: Page, version: number): Locator {
  return page.getByRole("listitem").filter({ hasText: new RegExp(`^Version ${version}(?! is)`) });
}

async function activate(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole("button", { name: "Activate" }).click();
  const sure = page.getByRole("alertdialog");
  await sure.getByRole("button", { name: "Activate" }).click();
  await expect(sure).toBeHidden();
}

async function writeCode(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Cloud-config" }).click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(text);
}
