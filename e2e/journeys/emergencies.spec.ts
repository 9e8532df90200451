import type { Page } from "@playwright/test";
import { z } from "zod";
import { addPerson } from "@/e2e/add-person";
import { expect, test, uniqueName } from "@/e2e/fixtures";
import { openPlace, type Place } from "./ask-for-machine";
import { enterWithApp } from "./enter-as";
import { readRows, readTicket } from "./read-rows";

// One story told in parts: each goes on where the one before ended, in the same open tabs.
test.describe.configure({ mode: "serial" });

const why = "The shop is down, and its only front end does not come back.";
const verdict = "The outage was real, and one machine was the least that helped.";
let place: Place;
let emilsPage: Page;
let address = "";

const emergencyIdOf = (path: string) => path.split("/").at(-1) ?? "";

test.beforeAll(async ({ people, stack }) => {
  place = await openPlace(stack, "alarm");
  const username = uniqueName("emil");
  const emil = await addPerson(stack, {
    username,
    displayName: "Emil Sato",
    roleId: "role-emergency-operator",
  });
  emilsPage = await enterWithApp(people, emil);
});

test("whoever breaks the glass acts at once, and everybody who decides there is told", async ({
  people,
  stack,
}) => {
  const [dana, alex] = [await people.signIn("dana"), await people.signIn("alex")];
  await emilsPage.goto("/emergencies");
  await emilsPage.getByRole("button", { name: "Break the glass" }).click();
  const dialog = emilsPage.getByRole("dialog", { name: "Act without approval" });
  await dialog.getByLabel("System").selectOption({ label: place.system });
  await dialog.getByLabel("Environment").selectOption({ label: "Test" });
  await dialog.getByLabel("What has happened").fill(why);
  await dialog.getByRole("button", { name: "Break the glass" }).click();
  const banner = emilsPage.getByRole("region", { name: "An emergency is running" });
  await expect(banner).toContainText(`You act without approval on ${place.system}`);
  for (const told of [dana, alex]) {
    await told.goto("/inbox");
    await expect(
      told.getByText(`Emil Sato has taken emergency access to ${place.system}: ${why}`).first(),
    ).toBeVisible();
  }

  await emilsPage.goto(`/vms/new?serviceId=${place.serviceId}&namespace=shop-test`);
  const outlook = emilsPage.getByRole("complementary").filter({ hasText: "What will happen" });
  await expect(outlook).toContainText("Nobody has to approve it: it starts at once");
  await emilsPage.getByLabel("Reason").fill("A front end in place of the one that is gone");
  await emilsPage.getByRole("button", { name: "Submit the request" }).click();
  await emilsPage.waitForURL(/\/requests\/[^/]+$/);
  const ticket = await readTicket(stack, emergencyIdOf(new URL(emilsPage.url()).pathname));
  expect(ticket).toMatchObject({ policy_effect: "run" });
  expect(ticket.emergency_id).not.toBeNull();
  address = `/emergencies/${ticket.emergency_id ?? ""}`;
});

test("its author ends it and cannot say that it was right", async ({ stack }) => {
  await emilsPage.goto(address);
  await expect(emilsPage.getByRole("table", { name: "What ran in its name" })).toContainText("Create");
  await emilsPage.getByRole("main").getByRole("button", { name: "End it now" }).last().click();
  const sure = emilsPage.getByRole("alertdialog");
  await sure.getByRole("button", { name: "End it now" }).click();
  await expect(emilsPage.getByText("You acted here, so somebody else reviews it.")).toBeVisible();
  await expect(emilsPage.getByRole("button", { name: "Close the review" })).toBeHidden();
  const refused = await emilsPage.request.post(`/api/v1${address}/review`, {
    headers: { origin: stack.url },
    data: { verdict: "justified", comment: verdict },
  });
  expect(refused.status()).toBe(403);
  const rows = await readRows(stack, "SELECT verdict FROM emergencies WHERE id = $1", [
    emergencyIdOf(address),
  ]);
  expect(rows).toEqual([{ verdict: null }]);
});

const reviewed = z.tuple([z.object({ verdict: z.string(), reviewer_name: z.string() })]);

test("somebody else who decides there closes the review", async ({ people, stack }) => {
  const alex = await people.signIn("alex");
  await alex.goto("/inbox");
  await alex
    .getByRole("link", { name: /The emergency access of Emil Sato is to be reviewed/ })
    .first()
    .click();
  await alex.waitForURL(new RegExp(`${address}$`));
  await alex.getByRole("radio", { name: "Justified", exact: true }).check();
  await alex.getByLabel("Your words").fill(verdict);
  await alex.getByRole("button", { name: "Close the review" }).click();
  await expect(alex.getByText("Justified · Alex Novak reviewed it")).toBeVisible();
  const rows = await readRows(stack, "SELECT verdict, reviewer_name FROM emergencies WHERE id = $1", [
    emergencyIdOf(address),
  ]);
  expect(reviewed.parse(rows)[0]).toEqual({ verdict: "justified", reviewer_name: "Alex Novak" });
  await emilsPage.reload();
  await expect(emilsPage.getByText(verdict)).toBeVisible();
});
