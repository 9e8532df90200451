import type { Page } from "@playwright/test";
import { addPerson, type AddedPerson } from "@/e2e/add-person";
import { expect, fillSignIn, test, uniqueName } from "@/e2e/fixtures";
import { endMembershipSoon } from "./move-time";

// One story told in parts: each goes on where the one before ended, in the same open tabs.
test.describe.configure({ mode: "serial" });

const system = uniqueName("team");
const unknown = "There is nothing here for you";
let address = "";
let mika: AddedPerson;
let mikasPage: Page;

const memberRow = (page: Page) =>
  page.getByRole("table", { name: "Members" }).getByRole("row").filter({ hasText: mika.username });

test("a system does not exist for whoever has no role on it", async ({ people, stack }) => {
  const username = uniqueName("mika");
  const person = { username, displayName: "Mika Laine", roleId: "role-development-engineer" };
  mika = await addPerson(stack, person);
  const dana = await people.signIn("dana");
  await dana.goto("/systems");
  await dana.getByRole("button", { name: "Create a system" }).click();
  await dana.getByRole("dialog").getByLabel("Name").fill(system);
  await dana.getByRole("dialog").getByRole("button", { name: "Create" }).click();
  await expect(dana.getByRole("heading", { level: 1, name: system })).toBeVisible();
  address = new URL(dana.url()).pathname;

  mikasPage = await people.visit();
  await mikasPage.goto(address);
  await fillSignIn(mikasPage, mika.username, mika.password);
  await expect(mikasPage.getByRole("heading", { name: unknown })).toBeVisible();
  await mikasPage.goto("/systems/0190a0a0-0000-7000-8000-000000000000");
  await expect(mikasPage.getByRole("heading", { name: unknown })).toBeVisible();
});

test("the owner invites a member, who then works there", async ({ people }) => {
  const dana = await people.signIn("dana");
  await dana
    .getByRole("navigation", { name: "Parts of this system" })
    .getByRole("link", { name: "Members" })
    .click();
  await dana.getByRole("button", { name: "Add a member" }).click();
  const dialog = dana.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Person or service account" }).fill(mika.username);
  await dialog.getByRole("option", { name: new RegExp(mika.displayName) }).click();
  await dialog.getByRole("radio", { name: /^Member/ }).check();
  await dialog.getByRole("button", { name: "Add a member" }).click();
  await expect(memberRow(dana)).toContainText("Member");

  await mikasPage.goto(address);
  await mikasPage.getByRole("button", { name: "Create a service" }).first().click();
  await mikasPage.getByRole("dialog").getByLabel("Name").fill("cache");
  await mikasPage.getByRole("dialog").getByRole("button", { name: "Create" }).click();
  await expect(mikasPage.getByRole("heading", { level: 1, name: "cache" })).toBeVisible();
  await mikasPage.goto("/vms/new");
  await mikasPage.getByLabel("Service").selectOption({ label: `${system} / cache` });
});

test("a member who is removed finds nothing there any more, also in the page left open", async ({
  people,
}) => {
  await mikasPage.goto(address);
  await expect(mikasPage.getByRole("heading", { level: 1, name: system })).toBeVisible();
  const dana = await people.signIn("dana");
  await memberRow(dana).getByRole("button", { name: "Remove" }).click();
  const sure = dana.getByRole("alertdialog", { name: `Remove ${mika.displayName}?` });
  await sure.getByRole("button", { name: "Remove" }).click();
  await expect(dana.getByText("Member removed")).toBeVisible();
  await expect(memberRow(dana)).toBeHidden();

  await expect(mikasPage.getByRole("heading", { name: unknown })).toBeVisible({ timeout: 20_000 });
});

test("whoever finds nothing asks for access to a listed system, and its owner gives less", async ({
  people,
}) => {
  const dana = await people.signIn("dana");
  await dana.getByRole("switch", { name: /People may find this system/ }).check();
  await expect(dana.getByText("Everybody who signs in sees its name and description.")).toBeVisible();

  await mikasPage.getByRole("link", { name: "Ask for access" }).click();
  await mikasPage.getByLabel("The beginning of its name").fill(system);
  await mikasPage.getByLabel("The beginning of its name").press("Enter");
  await mikasPage
    .getByRole("table", { name: "Systems you can ask for" })
    .getByRole("link", { name: system })
    .click();
  await expect(mikasPage.getByText("Dana Reyes can decide it")).toBeVisible();
  await mikasPage.getByRole("radio", { name: /^Member/ }).check();
  await mikasPage.getByLabel("For how long").selectOption("7");
  await mikasPage.getByLabel("Reason").fill("On call for it this week");
  await mikasPage.getByRole("button", { name: "Send the request" }).click();
  await mikasPage.waitForURL(/\/requests\/[^/]+$/);

  await dana.getByRole("link", { name: /^Approvals/ }).click();
  await dana
    .getByRole("row")
    .filter({ hasText: "On call for it this week" })
    .getByRole("link")
    .first()
    .click();
  await dana.getByRole("combobox", { name: "Role" }).selectOption("viewer");
  await dana.getByLabel("Why it is changed").fill("Looking is enough for being on call.");
  await dana.getByRole("button", { name: "Approve with less" }).click();
  await expect(dana.getByText("Approved by Dana Reyes").first()).toBeVisible();
});

test("access that was given until a time is gone after it", async ({ people, stack }) => {
  await expect(mikasPage.getByText("Looking is enough for being on call.").first()).toBeVisible();
  await mikasPage.getByRole("link", { name: "Open the system" }).click();
  await expect(mikasPage.getByRole("heading", { level: 1, name: system })).toBeVisible();
  await expect(mikasPage.getByRole("button", { name: "Create a service" })).toBeHidden();
  await mikasPage.goto(`${address}/access`);
  await expect(mikasPage.getByText("you are a viewer there")).toBeVisible();
  await mikasPage.getByRole("link", { name: "Request access" }).click();
  await expect(mikasPage.getByRole("heading", { name: `Request access to ${system}` })).toBeVisible();
  await mikasPage.goto(address);

  const systemId = address.split("/").at(-1) ?? "";
  await endMembershipSoon(stack, { username: mika.username, systemId });
  await mikasPage.reload();
  await expect(mikasPage.getByRole("heading", { level: 1, name: system })).toBeVisible();
  await expect(async () => {
    await mikasPage.reload();
    await expect(mikasPage.getByRole("heading", { name: unknown })).toBeVisible({ timeout: 1_000 });
  }).toPass();

  const dana = await people.signIn("dana");
  await dana.goto(`${address}/members`);
  await expect(memberRow(dana)).toBeHidden();
});
