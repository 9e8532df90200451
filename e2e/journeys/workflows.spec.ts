import type { Locator, Page } from "@playwright/test";
import { addPerson, type AddedPerson } from "@/e2e/add-person";
import { expect, test, uniqueName } from "@/e2e/fixtures";
import type { Stack } from "@/e2e/stack";
import { openPlace, type Place } from "./ask-for-machine";
import { deleteMachine } from "./delete-machine";
import { enterAs, enterWithApp } from "./enter-as";
import { passStepLimit } from "./move-time";
import { readSteps, readTicket } from "./read-rows";
import { registerCluster } from "./register-cluster";
import { removeCluster } from "./remove-cluster";

// One story told in parts: each goes on where the one before ended, in the same open tabs.
test.describe.configure({ mode: "serial" });

const cluster = { name: uniqueName("keep"), displayName: `Keep ${uniqueName("of")}` };
const workflow = `Production of ${uniqueName("shop")}`;
let place: Place;
let lead: AddedPerson;
let deputy: AddedPerson;
let guard: AddedPerson;
let standIn: AddedPerson;
let keeper: AddedPerson;
let keepersPage: Page;
let ticketId = "";
let vmId = "";

test.beforeAll(async ({ people, stack }) => {
  const { page } = await people.administrator();
  await registerCluster(page, stack, { ...cluster, environment: "prod" });
  place = await openPlace(stack, "ware");
  lead = await addDecider(stack, "lea", "Lea Moreau");
  deputy = await addDecider(stack, "kofi", "Kofi Mensah");
  guard = await addDecider(stack, "sam", "Sam Ito");
  standIn = await addDecider(stack, "noor", "Noor Haddad");
  keeper = await addDecider(stack, "olga", "Olga Brandt", "role-approval-admin");
});

test.afterAll(async ({ people, stack }) => {
  if (vmId !== "") await deleteMachine(stack, vmId, keepersPage);
  const { page } = await people.administrator();
  await removeCluster(page, stack, cluster.name);
});

test("an administrator builds three steps, and sees them drawn and who would be asked", async ({
  people,
}) => {
  const { page } = await people.administrator();
  await page.goto("/admin/workflows");
  await page.getByRole("link", { name: "New workflow" }).first().click();
  await page.getByLabel("Name", { exact: true }).fill(workflow);
  await page.getByLabel("System", { exact: true }).first().selectOption({ label: place.system });
  await page
    .getByLabel("Environment", { exact: true })
    .first()
    .selectOption({ label: "Production environments" });
  await page.getByRole("checkbox", { name: "Create a virtual machine" }).first().check();

  const [first, second, third] = [stepCard(page, 0), stepCard(page, 1), stepCard(page, 2)];
  await first.getByLabel("Name of the step").fill("Team lead");
  await askPerson(first, lead);
  await first.getByLabel("Time limit in hours").fill("4");
  await first.getByLabel("When the time has passed").selectOption({ label: "Pass it on" });
  await askPerson(first.getByRole("group", { name: "Passed on to, time 1" }), deputy);
  await page.getByRole("button", { name: "Add a step" }).click();
  await second.getByLabel("Name of the step").fill("Security");
  await second.getByLabel("Who has to agree").selectOption({ label: "All of them" });
  await askPerson(second, guard);
  await page.getByRole("button", { name: "Add a step" }).click();
  await third.getByLabel("Name of the step").fill("Operations");

  const drawing = page.getByRole("img", { name: /^3 steps as a drawing/ });
  for (const name of ["Team lead", "Security", "Operations", "4 h, then pass on"])
    await expect(drawing).toContainText(name);
  const answer = page.locator("section").filter({ hasText: "Who would approve this?" }).last();
  await answer.getByLabel("System").selectOption({ label: place.system });
  await answer.getByLabel("Environment").selectOption({ label: "Production" });
  const askedOf = answer.getByRole("list").first();
  for (const { displayName } of [lead, guard, keeper]) await expect(askedOf).toContainText(displayName);
  await expect(askedOf).not.toContainText(deputy.displayName);
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.waitForURL(/\/admin\/workflows(\/(?!new)[^/]+)?$/);
  await page.goto("/admin/workflows");
  await expect(page.getByRole("row").filter({ hasText: workflow })).toContainText(place.system);
});

test("the requester sees the steps, and the first is passed on when nobody decides in time", async ({
  people,
  stack,
}) => {
  const dana = await people.signIn("dana");
  await dana.goto(`/vms/new?serviceId=${place.serviceId}&namespace=shop-prod`);
  const outlook = dana.getByRole("complementary").filter({ hasText: "What will happen" });
  await expect(outlook).toContainText(lead.displayName);
  await dana.getByLabel("Reason").fill(`The warehouse of ${place.system} goes live`);
  await dana.getByRole("button", { name: "Submit the request" }).click();
  await dana.waitForURL(/\/requests\/[^/]+$/);
  ticketId = idIn(dana);
  const current = stepsOf(dana).filter({ hasText: "named by this step" });
  await expect(current.first()).toContainText(lead.displayName);

  await passStepLimit(stack, ticketId);
  const passedOn = stepsOf(dana).filter({ hasText: "Team lead" });
  await expect(passedOn).toContainText("Passed on once, as nobody decided in time", { timeout: 30_000 });
  await expect(passedOn).toContainText(deputy.displayName);
  const page = await enterWithApp(people, deputy);
  await expect(async () => {
    await page.goto("/inbox");
    await expect(page.getByText(new RegExp(place.system)).first()).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await approve(page, "Approve on");
  await expect(passedOn).toContainText(`${deputy.displayName} approved`);
  expect(await readSteps(stack, ticketId)).toMatchObject([
    { name: "Team lead", status: "APPROVED", escalation_level: 1 },
    { name: "Security", status: "ACTIVE" },
    { name: "Operations", status: "WAITING" },
  ]);
});

test("somebody out of office is stood in for, and both names are on record", async ({ people, stack }) => {
  const samsPage = await enterAs(people, guard);
  await samsPage.goto("/profile/delegation");
  await samsPage.getByRole("button", { name: "Name a stand-in" }).click();
  const dialog = samsPage.getByRole("dialog", { name: "Name a stand-in" });
  await dialog.getByLabel("User name").fill(standIn.username);
  await dialog.getByLabel("From").fill(localMoment(-1));
  await dialog.getByLabel("Until").fill(localMoment(48));
  await dialog.getByLabel("Reason").fill("At the sea");
  await dialog.getByRole("button", { name: "Name them" }).click();
  await expect(samsPage.getByRole("row").filter({ hasText: standIn.displayName })).toContainText("Running");

  const page = await enterWithApp(people, standIn);
  await page.goto(`/approvals/${ticketId}`);
  await expect(stepsOf(page).filter({ hasText: "Security" })).toContainText(
    `stands in for ${guard.displayName}`,
  );
  await approve(page, "Approve on");
  const dana = await people.signIn("dana");
  const said = `${standIn.displayName} approved in place of ${guard.displayName}`;
  await expect(stepsOf(dana).filter({ hasText: "Security" })).toContainText(said);
  expect((await readSteps(stack, ticketId))[1]).toMatchObject({
    status: "APPROVED",
    decisions: [{ by: standIn.displayName, instead_of: guard.displayName }],
  });
});

test("the last step starts it, and the whole of it can be read afterwards", async ({ people, stack }) => {
  const dana = await people.signIn("dana");
  keepersPage = await enterWithApp(people, keeper);
  await keepersPage.goto("/approvals");
  const row = keepersPage.getByRole("row").filter({ hasText: place.system });
  await expect(row).toContainText("Step: Operations");
  await approve(keepersPage, `Approve on ${cluster.displayName}`);
  await dana.getByRole("link", { name: "Open the VM" }).click({ timeout: 60_000 });
  await dana.waitForURL(/\/vms\/[^/]+$/);
  vmId = idIn(dana);
  await expect(dana.getByText("It is up and running.")).toBeVisible({ timeout: 60_000 });
  await dana.goto(`/requests/${ticketId}`);
  expect(await readTicket(stack, ticketId)).toMatchObject({ approver_name: keeper.displayName });
  const states = (await readSteps(stack, ticketId)).map(({ status }) => status);
  expect(states).toEqual(["APPROVED", "APPROVED", "APPROVED"]);

  await dana.getByText(/^Everything that happened \(\d+\)$/).click();
  for (const happening of ["Passed on, as nobody had decided in time", `${keeper.displayName} approved it`])
    await expect(dana.getByText(happening)).toBeVisible();
});

function addDecider(
  stack: Stack,
  name: string,
  displayName: string,
  roleId = "role-viewer",
): Promise<AddedPerson> {
  return addPerson(stack, { username: uniqueName(name), displayName, roleId });
}

function idIn(page: Page): string {
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

function stepCard(page: Page, index: number): Locator {
  return page.getByRole("region", { name: "Steps" }).locator("> section").nth(index);
}

async function askPerson(within: Locator, person: AddedPerson): Promise<void> {
  await within.getByLabel("Kind of approver").first().selectOption({ label: "A person" });
  const who = within.getByLabel("Who", { exact: true }).first();
  const option = who.locator("option").filter({ hasText: person.displayName });
  await who.selectOption((await option.last().getAttribute("value")) ?? "");
}

/** The approvers' steps on whatever page shows them. */
function stepsOf(page: Page): Locator {
  return page.getByRole("list", { name: "Decisions" }).getByRole("listitem");
}

/** Ends where the step no longer asks them. */
async function approve(page: Page, button: string): Promise<void> {
  await page.goto(`/approvals/${ticketId}`);
  await page.getByRole("button", { name: button }).click();
  await expect(page.getByRole("button", { name: "Ask for more" })).toBeHidden();
  await expect(page.getByRole("dialog")).toBeHidden();
}

/** As somebody types a moment so many hours from now. */
function localMoment(hours: number): string {
  const at = new Date(Date.now() + hours * 3_600_000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
