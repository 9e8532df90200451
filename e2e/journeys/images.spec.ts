import { createHash, randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test, uniqueName } from "@/e2e/fixtures";
import { reachCluster } from "./reach-cluster";

// One story told in parts: each goes on where the one before ended, in the same open tabs.
test.describe.configure({ mode: "serial" });

const name = uniqueName("rescue");
const file = { name: `${name}.iso`, mimeType: "application/x-iso9660-image", buffer: makeImage(6) };
/** Slow enough for a person to stop an upload of a few megabytes in its middle. */
const slowBytesPerSecond = 400_000;

const rowOf = (page: Page) =>
  page.getByRole("table", { name: "Disk images" }).getByRole("row").filter({ hasText: file.name });

test("an upload is paused, outlives a reload and goes on with the same file", async ({ people, stack }) => {
  const { page } = await people.administrator();
  await page.goto("/admin/images");
  await page.getByRole("button", { name: "Upload an image" }).click();
  const dialog = page.getByRole("dialog", { name: "Upload an image" });
  await dialog.getByLabel("Image file").setInputFiles(file);
  await expect(dialog.getByLabel("Name")).toHaveValue(name);
  await expect(dialog.getByLabel("Format")).toHaveValue("iso");
  await dialog.getByLabel("Cluster").selectOption({ label: "Lab" });

  const network = await page.context().newCDPSession(page);
  await limitUpload(network, slowBytesPerSecond);
  await dialog.getByRole("button", { name: "Upload", exact: true }).click();
  await expect(dialog).toBeHidden();
  const row = rowOf(page);
  await expect(row).toContainText(/[1-9][\d.]* MB of/, { timeout: 30_000 });
  await row.getByRole("button", { name: "Pause" }).click();
  await expect(row).toContainText("Paused. It goes on from here.");

  await limitUpload(network, -1);
  await page.reload();
  await expect(row).toContainText(`Waiting for the file: choose ${file.name} again to resume.`);
  await expect(row).toContainText(/[1-9][\d.]* MB of/);
  await row.getByLabel("Choose the file").setInputFiles({ ...file, buffer: makeImage(6) });
  await expect(page.getByText("That is another file")).toBeVisible();
  await row.getByLabel("Choose the file").setInputFiles(file);
  await expect(row).toContainText("Ready", { timeout: 60_000 });

  const received = await reachCluster(stack.lab.kubeconfig).control.uploads();
  expect(received).toContainEqual(
    expect.objectContaining({
      sha256: createHash("sha256").update(file.buffer).digest("hex"),
      outcome: "succeeded",
    }),
  );
});

test("a template starts machines from it, and it cannot be removed meanwhile", async ({ people }) => {
  const { page } = await people.administrator();
  await page.goto("/admin/templates");
  await page.getByRole("link", { name: "New template" }).first().click();
  await page.getByLabel("Display name").fill(`Rescue ${name}`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Offered in").selectOption({ label: "Everywhere" });
  await page.getByRole("radio", { name: /^Clone of a volume/ }).check();
  await page.getByRole("radio", { name: new RegExp(`^${name}`) }).check();
  await page.getByRole("button", { name: "Create draft" }).click();
  await page.waitForURL(/\/admin\/templates\/(?!new)[^/]+/);

  await page.goto("/admin/images");
  const row = rowOf(page);
  await expect(row.getByRole("link", { name: `${name} v1` })).toBeVisible();
  await expect(row.getByRole("button", { name: "Remove" })).toHaveAttribute("aria-disabled", "true");
});

test("a machine that is asked for with it runs", async ({ people }) => {
  const { page } = await people.administrator();
  const dana = await people.signIn("dana");
  await rowOf(page)
    .getByRole("link", { name: `${name} v1` })
    .click();
  await page.getByRole("button", { name: "Activate" }).click();
  const sure = page.getByRole("alertdialog");
  await sure.getByRole("button", { name: "Activate" }).click();
  await expect(sure).toBeHidden();

  await dana.goto("/vms/new");
  await dana.getByLabel("Service").selectOption({ label: "shop / web" });
  await dana.getByLabel("Namespace").selectOption("shop-test");
  await dana.getByRole("radio", { name: new RegExp(`Rescue ${name}`) }).check();
  const verdict = dana.getByRole("complementary").filter({ hasText: "What will happen" });
  await expect(verdict).toContainText("Fits on 1 of 1 cluster of Test");
  await expect(verdict).toContainText("The clusters' own checks accept it");
  await dana.getByLabel("Reason").fill(`To rescue ${name}`);
  await dana.getByRole("button", { name: "Submit the request" }).click();
  await dana.waitForURL(/\/requests\/[^/]+$/);
  const alex = await people.signIn("alex");
  await alex.goto("/approvals");
  await alex
    .getByRole("row")
    .filter({ hasText: `To rescue ${name}` })
    .getByRole("link")
    .click();
  await alex.getByRole("button", { name: "Approve on Lab" }).click();
  await expect(dana.getByRole("status").filter({ hasText: "is running" })).toBeVisible({ timeout: 60_000 });
});

/** An ISO 9660 image as far as its first descriptor, which is what tells it from other files. */
function makeImage(megabytes: number): Buffer {
  const image = randomBytes(megabytes * 1024 * 1024);
  image.fill(0, 0, 34 * 1024);
  image.write("\u0001CD001\u0001", 32_768, "latin1");
  image.write("\u00ffCD001\u0001", 34_816, "latin1");
  return image;
}

type Network = Awaited<ReturnType<ReturnType<Page["context"]>["newCDPSession"]>>;

async function limitUpload(network: Network, bytesPerSecond: number): Promise<void> {
  await network.send("Network.enable");
  await network.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytesPerSecond,
  });
}
