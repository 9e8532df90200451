import type { Locator, Page } from "@playwright/test";
import { expect, test, uniqueName } from "@/e2e/fixtures";
import { startDeskLab, type DeskLab } from "@/e2e/lab/approval-desk/server";
import type { Stack } from "@/e2e/stack";
import { askAsDana, openPlace, type Place } from "./ask-for-machine";
import { readTicket } from "./read-rows";

// One story told in parts: each goes on where the one before ended, in the same open tabs.
test.describe.configure({ mode: "serial" });

type Outside = "servicenow" | "jira";

/** A desk answers when it is asked again, which it is every ten seconds. */
const patience = { timeout: 45_000 };
const nameOf = { servicenow: uniqueName("snow"), jira: uniqueName("jira") };
let lab: DeskLab;
let place: Place;
let board: Page;

test.beforeAll(async ({ people, stack }) => {
  lab = await startDeskLab();
  place = await openPlace(stack, "outside");
  board = await people.visit();
  await board.goto(lab.controlUrl);
});

test.afterAll(async ({ people }) => {
  const { page } = await people.administrator();
  for (const name of Object.values(nameOf)) await removeDesk(page, name);
  await lab.stop();
});

test("ServiceNow is added, tried, switched on, and decides there", async ({ people, stack }) => {
  const { page } = await people.administrator();
  await addDesk(page, "servicenow");
  const ticketId = await ask(stack, "servicenow");
  const dana = await people.signIn("dana");
  await dana.goto(`/requests/${ticketId}`);
  await expect(dana.getByText(`Waits at ${nameOf.servicenow}`).first()).toBeVisible(patience);

  await decideAt(place.system, "Approve");
  await expect(dana.getByText(`via ${nameOf.servicenow}`).first()).toBeVisible(patience);
  await expect(dana.getByText("Decided outside", { exact: true })).toBeVisible();
  expect(await readTicket(stack, ticketId)).toMatchObject({
    external_state: "decided",
    approver_name: expect.stringContaining(nameOf.servicenow),
  });
  await switchDesk(page, "servicenow", "Switch off");
});

test("Jira refuses, and the requester reads who and where", async ({ people, stack }) => {
  const { page } = await people.administrator();
  await addDesk(page, "jira");
  const ticketId = await ask(stack, "jira");
  const dana = await people.signIn("dana");
  await dana.goto(`/requests/${ticketId}`);
  await expect(dana.getByText(`Waits at ${nameOf.jira}`).first()).toBeVisible(patience);
  const alex = await people.signIn("alex");
  await alex.goto("/approvals?view=outside");
  await expect(rowOf(alex, "jira")).toBeVisible();
  await alex.goto("/approvals");
  await expect(alex.getByRole("heading", { level: 1, name: "Approvals" })).toBeVisible();
  await expect(rowOf(alex, "jira")).toHaveCount(0);

  await decideAt(place.system, "Reject");
  await expect(dana.getByText(`via ${nameOf.jira}`).first()).toBeVisible(patience);
  await expect(dana.getByText("Rejected", { exact: true }).first()).toBeVisible();
  expect(await readTicket(stack, ticketId)).toMatchObject({ status: "REJECTED", external_state: "decided" });
});

test("a desk that is down leaves the decision to the approvers here", async ({ people, stack }) => {
  await board.reload();
  await board.getByRole("button", { name: "jira: go down" }).click();
  await expect(board.getByRole("button", { name: "jira: come back" })).toBeVisible();
  const ticketId = await ask(stack, "down");
  const [dana, alex] = [await people.signIn("dana"), await people.signIn("alex")];
  await dana.goto(`/requests/${ticketId}`);
  const fallen = `${nameOf.jira} could not be reached, so it is decided here`;
  await expect(dana.getByText(fallen)).toBeVisible(patience);

  await alex.goto("/approvals");
  await rowOf(alex, "down").getByRole("link").first().click();
  await alex.waitForURL(/\/approvals\/[^/]+$/);
  await expect(alex.getByText(fallen)).toBeVisible();
  await alex.getByRole("button", { name: "Approve on Lab" }).click();
  await expect(alex.getByText("Approved by Alex Novak").first()).toBeVisible();
  expect(await readTicket(stack, ticketId)).toMatchObject({
    approver_name: "Alex Novak",
    external_state: "fallback",
  });
});

function ask(stack: Stack, where: string): Promise<string> {
  return askAsDana(stack, { serviceId: place.serviceId, reason: reasonOf(where) });
}

function reasonOf(where: string): string {
  return `For ${place.system}, with ${where}`;
}

function rowOf(page: Page, where: string): Locator {
  return page.getByRole("row").filter({ hasText: reasonOf(where) });
}

/** Through the forms, from nothing to a desk that takes every request. */
async function addDesk(page: Page, type: Outside): Promise<void> {
  await page.goto("/admin/desks");
  await page.getByRole("link", { name: "Add a desk" }).first().click();
  await page.getByRole("link", { name: type === "jira" ? /^Jira/ : /^ServiceNow/ }).click();
  await page.getByLabel("Name", { exact: true }).fill(nameOf[type]);
  await page
    .getByLabel(type === "jira" ? "Address of the site" : "Address of the instance")
    .fill(lab[type].url);
  if (type === "jira") await page.getByLabel("Project").fill("SHEP");
  await page.getByLabel("Certificate authority").fill(lab.caPem);
  await page.getByLabel(/^User/).fill(lab[type].username);
  await page.getByLabel(/^Password or token/).fill(lab[type].password);
  await page.getByLabel("Further tries").fill("1");
  await page.getByLabel("Seconds before the second try").fill("1");
  await page.getByLabel("Seconds between questions").fill("10");
  await page.getByRole("button", { name: "Add desk" }).click();
  await expect(page.getByRole("heading", { level: 1, name: nameOf[type] })).toBeVisible();
  await page.getByRole("button", { name: "Try it now" }).click();
  await expect(page.getByText("The desk answers", { exact: true })).toBeVisible();
  await switchDesk(page, type, "Switch on");
}

async function switchDesk(page: Page, type: Outside, to: "Switch on" | "Switch off"): Promise<void> {
  await page.goto("/admin/desks");
  await page.getByRole("link", { name: nameOf[type] }).click();
  await expect(page.getByRole("heading", { level: 1, name: nameOf[type] })).toBeVisible();
  await page.getByRole("button", { name: to }).click();
  const sure = page.getByRole("alertdialog");
  await sure.getByRole("button", { name: to }).click();
  await expect(page.getByRole("button", { name: to })).toBeHidden();
}

/** On the page of the people who sit at the desks. */
async function decideAt(text: string, verdict: "Approve" | "Reject"): Promise<void> {
  const waiting = (): Locator =>
    board.getByRole("row").filter({ hasText: text }).filter({ hasText: "pending" });
  await expect(async () => {
    await board.reload();
    await expect(waiting()).toBeVisible({ timeout: 1_000 });
  }).toPass(patience);
  await waiting().getByRole("button", { name: verdict }).click();
  await expect(waiting()).toHaveCount(0);
}

async function removeDesk(page: Page, name: string): Promise<void> {
  await page.goto("/admin/desks");
  const link = page.getByRole("link", { name });
  if ((await link.count()) === 0) return;
  await link.click();
  await page.getByRole("button", { name: "Remove" }).click();
  const sure = page.getByRole("alertdialog");
  await sure.getByLabel(/Type/).fill(name);
  await sure.getByRole("button", { name: "Remove" }).click();
  await expect(sure).toBeHidden();
}
