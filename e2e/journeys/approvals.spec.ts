import type { Locator, Page } from "@playwright/test";
import { expect, test, uniqueName } from "@/e2e/fixtures";
import { openClient } from "./api-client";
import { askAsDana, askForMachine, openPlace, type Place } from "./ask-for-machine";
import { readTicket } from "./read-rows";
import { createService } from "./take-machine";

// One story told in parts: each goes on where the one before ended, in the same open tabs.
test.describe.configure({ mode: "serial" });

const question = "How large does its data become?";
const answer = "Sixty gigabytes by the end of the quarter.";
const lessBecause = "Forty is what the pool has left; ask again when it is full.";
let place: Place;
let ticketId = "";

test.beforeAll(async ({ stack }) => {
  place = await openPlace(stack, "desk");
});

test("an approver asks for more, and the requester answers and changes the request", async ({
  people,
  stack,
}) => {
  const [dana, alex] = [await people.signIn("dana"), await people.signIn("alex")];
  ticketId = await askAsDana(stack, { serviceId: place.serviceId, reason: `To index ${place.system}` });
  await openFromQueue(alex, place.system);
  await alex.getByRole("button", { name: "Ask for more" }).click();
  const dialog = alex.getByRole("dialog", { name: "Ask Dana Reyes for more?" });
  await dialog.getByLabel("What do you want to know?").fill(question);
  await dialog.getByRole("button", { name: "Send the question" }).click();
  await expect(alex.getByText(/^It waits for their answer, and no time limit runs\./)).toBeVisible();

  await dana.goto(`/requests/${ticketId}`);
  const form = dana.getByRole("region", { name: "Answer the approver" });
  await expect(form).toContainText("Alex Novak wants to know more before deciding");
  await expect(form).toContainText(question);
  await form.getByLabel("Your answer").fill(answer);
  await form.getByText("Change what you ask for").click();
  await form.getByLabel("Disk, GB").fill("60");
  await form.getByRole("button", { name: "Send it back" }).click();
  await expect(form).toBeHidden();
  await expect(dana.getByText("Dana Reyes changed the request: revision 2")).toBeVisible();
  expect(await readTicket(stack, ticketId)).toMatchObject({ status: "PENDING", revision: 2 });
});

test("the approver sees what was changed, grants less and says why", async ({ people, stack }) => {
  const [dana, alex] = [await people.signIn("dana"), await people.signIn("alex")];
  await alex.goto("/approvals");
  await expect(rowOf(alex, place.system)).toContainText("Changed, revision 2");
  await openFromQueue(alex, place.system);
  await expect(alex.getByText(answer)).toBeVisible();
  await alex.getByText("Approve with changes").click();
  await alex.getByLabel("Disk, GB").fill("40");
  await expect(alex.getByText("60 GB").last()).toBeVisible();
  await expect(alex.getByText("40 GB").last()).toBeVisible();
  await alex.getByLabel("Why it is changed").fill(lessBecause);
  await alex.getByRole("button", { name: "Approve on Lab" }).click();
  await expect(alex.getByText("Approved by Alex Novak").first()).toBeVisible();

  await expect(dana.getByText("Asked for, and changed by the approver")).toBeVisible();
  await expect(dana.getByText(lessBecause).first()).toBeVisible();
  await expect(dana.getByText("Alex Novak changed it because:").first()).toBeVisible();
  expect(await readTicket(stack, ticketId)).toMatchObject({
    approver_name: "Alex Novak",
    modification_reason: lessBecause,
  });
});

test("a usual reason rejects with one click, and the requester reads all of it", async ({
  people,
  stack,
}) => {
  const [dana, alex] = [await people.signIn("dana"), await people.signIn("alex")];
  const reason = `Once more of ${place.system}`;
  const rejected = await askAsDana(stack, { serviceId: place.serviceId, reason });
  await alex.goto("/approvals");
  await rowOf(alex, reason).getByRole("button", { name: "Reject" }).click();
  const dialog = alex.getByRole("dialog");
  await dialog
    .getByRole("group", { name: "Usual reasons" })
    .getByRole("button", { name: "Too large" })
    .click();
  await expect(dialog.getByRole("textbox", { name: "Reason" })).toHaveValue(/please ask for a smaller size/);
  await dialog.getByRole("button", { name: "Reject the request" }).click();
  await expect(rowOf(alex, reason)).toBeHidden();

  await dana.goto(`/requests/${rejected}`);
  await expect(dana.getByText("Rejected by Alex Novak").first()).toBeVisible();
  await expect(dana.getByText(/please ask for a smaller size/).first()).toBeVisible();
  const { status, reject_reason: told } = await readTicket(stack, rejected);
  expect({ status, told }).toMatchObject({ status: "REJECTED", told: expect.stringContaining("Too large.") });
});

test("several are decided together, and each says what became of it", async ({ people, stack }) => {
  const alex = await people.signIn("alex");
  const batch = uniqueName("many");
  const dana = await openClient(stack, "dana");
  const tickets: string[] = [];
  for (const number of [1, 2, 3]) {
    const serviceId = await createService(dana, place.systemId, `${batch}-${number}`);
    tickets.push(await askForMachine(dana, { serviceId, reason: `Number ${number} of ${batch}` }));
  }
  await alex.goto("/approvals");
  for (const number of [1, 2, 3])
    await rowOf(alex, `Number ${number} of ${batch}`).getByRole("checkbox").check();
  const bar = alex.getByRole("region", { name: "Decide together" });
  await expect(bar).toContainText("3 requests chosen");
  await bar.getByRole("button", { name: "Approve 3" }).click();
  const dialog = alex.getByRole("dialog");
  await expect(dialog.getByRole("listitem")).toHaveCount(3);
  // Withdrawn while the approver looks at the list of three.
  await dana.send("POST", `/api/v1/tickets/${tickets[2] ?? ""}/cancel`, {});
  await dana.close();
  await dialog.getByRole("button", { name: "Approve 3" }).click();

  await expect(dialog.getByRole("status")).toHaveText("2 of 3 decided");
  await expect(dialog.getByRole("listitem").filter({ hasText: /^Decided:/ })).toHaveCount(2);
  await expect(dialog.getByRole("listitem").filter({ hasText: /^Not decided:/ })).toHaveCount(1);
  const states = await Promise.all(tickets.map(async (id) => (await readTicket(stack, id)).status));
  expect(states[2]).toBe("CANCELLED");
  expect(states.slice(0, 2)).not.toContain("PENDING");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(rowOf(alex, batch)).toHaveCount(0);
});

function rowOf(page: Page, text: string): Locator {
  return page.getByRole("row").filter({ hasText: text });
}

async function openFromQueue(page: Page, text: string): Promise<void> {
  await page.goto("/approvals");
  await rowOf(page, text).getByRole("link").first().click();
  await page.waitForURL(/\/approvals\/[^/]+$/);
}
