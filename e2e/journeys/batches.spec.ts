import type { Locator, Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { openPlace, type Place } from "./ask-for-machine";
import { reachCluster } from "./reach-cluster";
import { readRows } from "./read-rows";

// One story told in parts: each goes on where the one before ended, in the same open tabs.
test.describe.configure({ mode: "serial" });

let place: Place;
let unlucky = "";

test.beforeAll(async ({ stack }) => {
  place = await openPlace(stack, "fleet");
  unlucky = `shop-test-${place.system}-web-07`;
  const control = reachCluster(stack.lab.kubeconfig).control;
  await control.setFaults({
    method: "PATCH",
    path: `/virtualmachines/${unlucky}\\?(?!.*dryRun)`,
    status: 422,
  });
});

test.afterAll(({ stack }) => reachCluster(stack.lab.kubeconfig).control.clearFaults());

test("ten machines are asked for at once and approved together", async ({ people }) => {
  const [dana, alex] = [await people.signIn("dana"), await people.signIn("alex")];
  await dana.goto(`/vms/new?serviceId=${place.serviceId}&namespace=shop-test`);
  await dana.getByLabel("How many").fill("10");
  await dana.getByLabel("Reason").fill(`A fleet for ${place.system}`);
  await dana.getByRole("button", { name: "Submit the request" }).click();
  await dana.waitForURL(/\/batches\/[^/]+$/);
  await expect(dana.getByRole("heading", { level: 1, name: "10 new machines" })).toBeVisible();
  await expect(dana.getByText("Waiting for a decision").first()).toBeVisible();
  await expect(itemsOf(dana)).toHaveCount(10);
  await expect(dana.getByRole("button", { name: "Approve all" })).toBeHidden();

  await alex.goto(new URL(dana.url()).pathname);
  await alex.getByRole("button", { name: "Approve all" }).click();
  const sure = alex.getByRole("alertdialog", { name: "Approve everything that waits?" });
  await expect(sure).toContainText("10 requests are checked and approved one by one");
  await sure.getByRole("button", { name: "Approve all" }).click();
  await expect(sure).toBeHidden({ timeout: 60_000 });
});

test("one that the cluster refuses holds up none of the others", async ({ people }) => {
  const dana = await people.signIn("dana");
  await expect(dana.getByText("Done in part").first()).toBeVisible({ timeout: 80_000 });
  await expect(dana.getByText("9 done")).toBeVisible();
  await expect(dana.getByText("1 failed")).toBeVisible();
  const failed = itemsOf(dana).filter({ hasText: "Failed" });
  await expect(failed).toHaveCount(1);
  await expect(failed).toContainText(unlucky);
});

test("what failed is done again under its own name, and nothing is made twice", async ({ people, stack }) => {
  const dana = await people.signIn("dana");
  const lab = reachCluster(stack.lab.kubeconfig);
  await lab.control.clearFaults();
  await dana.getByRole("button", { name: "Do again what failed" }).click();
  const sure = dana.getByRole("alertdialog", { name: "Do again what failed?" });
  await sure.getByRole("button", { name: "Do again what failed" }).click();
  await expect(sure).toBeHidden();
  await expect(dana.getByText("Everything was done.")).toBeVisible({ timeout: 60_000 });
  await expect(dana.getByText("10 done")).toBeVisible();
  await expect(itemsOf(dana).filter({ hasText: unlucky })).toContainText("Done");

  const rows = await readRows(
    stack,
    `SELECT v.name, v.status FROM vms v JOIN services s ON s.id = v.service_id WHERE s.system_id = $1 ORDER BY 1`,
    [place.systemId],
  );
  const names = Array.from({ length: 10 }, (_, index) => String(index + 1).padStart(2, "0"));
  expect(rows).toEqual(
    names.map((number) => ({ name: `shop-test-${place.system}-web-${number}`, status: "RUNNING" })),
  );
  const made = (await lab.control.ledger()).filter(
    ({ name, status, dryRun }) => name === unlucky && status === 201 && !dryRun,
  );
  expect(made).toHaveLength(1);
});

function itemsOf(page: Page): Locator {
  return page
    .getByRole("table", { name: "Items" })
    .getByRole("row")
    .filter({ has: page.getByRole("link") });
}
