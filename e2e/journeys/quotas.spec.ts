import { expect, test } from "@/e2e/fixtures";
import { askAsDana, openPlace, type Place } from "./ask-for-machine";
import { readRows } from "./read-rows";

// One story told in parts: each goes on where the one before ended, in the same open tabs.
test.describe.configure({ mode: "serial" });

let place: Place;

test.beforeAll(async ({ stack }) => {
  place = await openPlace(stack, "full");
  await askAsDana(stack, { serviceId: place.serviceId, reason: `The first of ${place.system}` });
});

test("an administrator limits what a system may hold", async ({ people }) => {
  const { page } = await people.administrator();
  await page.goto(`/admin/quotas?q=${place.system}&environment=test`);
  const row = page.getByRole("row").filter({ hasText: place.system });
  await row.getByRole("button", { name: "Limits", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: `Limits of ${place.system} in test` });
  await dialog.getByLabel("Machines").fill("1");
  await dialog.getByRole("button", { name: "Set limits" }).click();
  await expect(row).toContainText("1 of 1");
});

test("the form says that there is no room left, and leads to asking for more", async ({ people }) => {
  const dana = await people.signIn("dana");
  await dana.goto(`/vms/new?serviceId=${place.serviceId}&namespace=shop-test`);
  await expect(
    dana.getByRole("alert").filter({ hasText: "Machines: 1 held, 1 more, 1 allowed" }),
  ).toBeVisible();
  await dana.getByLabel("Reason").fill(`A second one of ${place.system}`);
  await dana.getByRole("radio", { name: /^Medium/ }).check();
  await dana.getByRole("button", { name: "Submit the request" }).click();
  await expect(dana.getByText(/quota/i).first()).toBeVisible();
  await expect(dana).toHaveURL(/\/vms\/new/);

  await dana.getByRole("button", { name: "Ask for more" }).click();
  const dialog = dana.getByRole("dialog", { name: `More room for ${place.system} in test` });
  await expect(dialog.getByLabel("Machines")).toHaveValue("2");
  await dialog.getByLabel("Reason").fill(`${place.system} grows`);
  await dialog.getByRole("button", { name: "Submit the request" }).click();
  await dana.waitForURL(/\/requests\/[^/]+$/);
  await expect(dana.getByText(/Waiting for approval by/)).toBeVisible();
});

test("an approver grants it, and the request for the machine passes", async ({ people, stack }) => {
  const [dana, alex] = [await people.signIn("dana"), await people.signIn("alex")];
  await alex.goto("/approvals");
  await alex
    .getByRole("row")
    .filter({ hasText: `${place.system} grows` })
    .getByRole("link")
    .first()
    .click();
  await alex.waitForURL(/\/approvals\/[^/]+$/);
  await alex.getByRole("button", { name: "Approve", exact: true }).click();
  await expect(alex.getByText("Approved by Alex Novak").first()).toBeVisible();
  const limits = () =>
    readRows(stack, "SELECT vms FROM quotas WHERE system_id = $1 AND environment = 'test'", [place.systemId]);
  await expect.poll(limits).toEqual([{ vms: 2 }]);

  await dana.goto(`/vms/new?serviceId=${place.serviceId}&namespace=shop-test`);
  await dana.getByRole("radio", { name: /^Medium/ }).check();
  await expect(dana.getByText("1 + 1 of 2")).toBeVisible();
  await dana.getByLabel("Reason").fill(`A second one of ${place.system}`);
  await dana.getByRole("button", { name: "Submit the request" }).click();
  await dana.waitForURL(/\/requests\/[^/]+$/);
  await expect(dana.getByText(/Waiting for approval by/)).toBeVisible();
  const held = await readRows(stack, "SELECT used_vms FROM quota_usages WHERE system_id = $1", [
    place.systemId,
  ]);
  expect(held).toEqual([{ used_vms: 2 }]);
});
