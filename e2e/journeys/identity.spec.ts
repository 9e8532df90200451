import { request, type Page } from "@playwright/test";
import { expect, expectHome, fillSignIn, signOut, test, uniqueName } from "@/e2e/fixtures";
import { enrollApp, type EnrolledApp } from "@/e2e/enroll-app";
import { ageSecondFactor } from "./move-time";
import { takeMachine } from "./take-machine";

// One story told in parts: each goes on where the one before ended, in the same open tabs.
test.describe.configure({ mode: "serial" });

const role = { name: uniqueName("watch"), displayName: `Night watch ${uniqueName("of")}` };
const noor = { username: uniqueName("noor"), displayName: "Noor Haddad" };
const firstPassword = "Seven grey herons by the weir";
const ownPassword = "Eleven copper kettles in the attic";
const laterPassword = "Four quiet barges under the bridge";
let noorsPage: Page;
let noorsApp: EnrolledApp;

test("giving a role waits for a fresh second factor, and then goes on by itself", async ({
  people,
  stack,
}) => {
  const ada = await people.administrator();
  const { page } = ada;
  await page.goto("/admin/roles/new");
  await page.getByLabel("Name", { exact: true }).fill(role.displayName);
  await page.getByLabel("Name for programs").fill(role.name);
  await page.getByRole("checkbox", { name: /^See systems and who belongs to them/ }).check();
  await page.getByRole("switch", { name: /^Holders sign in with a second factor/ }).check();
  await page.getByRole("button", { name: "Create role" }).click();
  await expect(page.getByRole("heading", { level: 1, name: role.displayName })).toBeVisible();

  await ageSecondFactor(stack, ada.username);
  await page.goto("/admin/users");
  await page.getByRole("button", { name: "Add user" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a user" });
  await dialog.getByLabel("Name", { exact: true }).fill(noor.displayName);
  await dialog.getByLabel("User name").fill(noor.username);
  await dialog.getByRole("radio", { name: /^With an initial password/ }).check();
  await dialog.getByLabel("Initial password", { exact: true }).fill(firstPassword);
  await dialog.getByLabel("Role").selectOption({ label: role.displayName });
  await dialog.getByRole("checkbox", { name: "Test" }).check();
  await dialog.getByRole("button", { name: "Add user" }).click();

  const asked = page.getByRole("dialog", { name: "Granting roles needs your second factor." });
  await asked.getByLabel("Code from your authenticator app").fill(await ada.app.freshCode());
  await asked.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText(`${noor.username} is added.`)).toBeVisible();
  await page.goto(`/admin/users?q=${noor.username}`);
  await expect(page.getByRole("row").filter({ hasText: noor.username })).toContainText(role.displayName);
});

test("a first sign-in leads through an own password and a second factor before anything opens", async ({
  people,
}) => {
  noorsPage = await people.visit();
  await noorsPage.goto("/login");
  await fillSignIn(noorsPage, noor.username, firstPassword);
  await expect(noorsPage.getByRole("heading", { name: "Choose your own password" })).toBeVisible();
  await noorsPage.getByLabel("Current password", { exact: true }).fill(firstPassword);
  await noorsPage.getByLabel("New password", { exact: true }).fill(ownPassword);
  await noorsPage.getByRole("button", { name: "Change password" }).click();

  await expect(noorsPage.getByRole("heading", { name: "Add a second factor" })).toBeVisible();
  await expect(noorsPage.getByText(`Your role ${role.displayName} asks for one.`)).toBeVisible();
  await noorsPage.goto("/systems");
  await expect(noorsPage).toHaveURL(/\/mfa/);
  noorsApp = await enrollApp(noorsPage, ownPassword);
  await expect(noorsPage.getByRole("heading", { name: "Systems" })).toBeVisible();
});

test("a code that was used once is refused, and the next one is accepted", async () => {
  await signOut(noorsPage);
  await noorsPage.goto("/login");
  await fillSignIn(noorsPage, noor.username, ownPassword);
  const code = noorsPage.getByLabel("Code from your authenticator app");
  await code.fill(noorsApp.app.usedCode());
  await noorsPage.getByRole("button", { name: "Continue" }).click();
  await expect(noorsPage.getByText("This code is not right, or it was used already.")).toBeVisible();

  await code.fill(await noorsApp.app.freshCode());
  await noorsPage.getByRole("button", { name: "Continue" }).click();
  await expectHome(noorsPage);
});

test("whose phone is gone signs in with a recovery code, once", async ({ people }) => {
  const [recoveryCode = ""] = noorsApp.recoveryCodes;
  const page = await people.visit();
  for (const isFirst of [true, false]) {
    await page.goto("/login");
    await fillSignIn(page, noor.username, ownPassword);
    await page.getByRole("button", { name: "Use a recovery code" }).click();
    await page.getByLabel("Recovery code").fill(recoveryCode);
    await page.getByRole("button", { name: "Continue" }).click();
    if (isFirst) {
      await expectHome(page);
      await signOut(page);
    }
  }
  await expect(page.getByText("This code is not right, or it was used already.")).toBeVisible();
});

test("a passkey of the person's own device takes the place of the code", async () => {
  const device = await noorsPage.context().newCDPSession(noorsPage);
  await device.send("WebAuthn.enable");
  await device.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  await noorsPage.goto("/profile/security");
  await noorsPage.getByRole("button", { name: "Add a second factor" }).click();
  await noorsPage.getByRole("radio", { name: /^Passkey/ }).check();
  await noorsPage.getByRole("button", { name: "Make the passkey" }).click();
  const factors = noorsPage.getByRole("table", { name: "Your second factors" });
  await expect(factors.getByRole("row").filter({ hasText: "Passkey" })).toBeVisible();

  await signOut(noorsPage);
  await noorsPage.goto("/login");
  await fillSignIn(noorsPage, noor.username, ownPassword);
  await noorsPage.getByRole("button", { name: "Use a passkey" }).click();
  await expectHome(noorsPage);
});

test("a reset ends the person's sessions, and its link sets one new password", async ({ people }) => {
  const { page } = await people.administrator();
  await page.goto(`/admin/users?q=${noor.username}`);
  await page.getByRole("link", { name: noor.displayName }).click();
  await page.getByRole("button", { name: "Reset password" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Reset password" }).click();
  const shown = page.getByRole("alertdialog", { name: "One-time link" });
  const [link = ""] = /http\S+\/set-password#\S+/.exec(await shown.innerText()) ?? [];
  await expect(noorsPage).toHaveURL(/\/login/);

  const visitor = await people.visit();
  await visitor.goto(link);
  await visitor.getByLabel("New password", { exact: true }).fill(laterPassword);
  await visitor.getByRole("button", { name: "Set password" }).click();
  await expect(visitor.getByText("Your password is set")).toBeVisible();
  await visitor.getByRole("link", { name: "Go to sign-in" }).click();
  await fillSignIn(visitor, noor.username, laterPassword);
  await expect(visitor.getByRole("heading", { name: "Second factor" })).toBeVisible();

  const late = await people.visit();
  await late.goto(link);
  await expect(late.getByText("This link does not work")).toBeVisible();
});

test("an administrator looks as somebody else, changes nothing, and every page says so", async ({
  people,
}) => {
  const { page, displayName } = await people.administrator();
  await page.goto("/admin/users?q=vera");
  await page.getByRole("link", { name: "Vera Lind" }).click();
  await page.getByRole("button", { name: "View as" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "View as Vera Lind" }).click();
  const banner = page.getByRole("region", { name: "Viewing as somebody else" });
  await expect(banner).toContainText("You see the portal as Vera Lind");
  await page.goto("/systems");
  await expect(banner).toBeVisible();
  await expect(page.getByRole("link", { name: "Users" })).toBeHidden();

  await page.goto("/profile/tokens");
  await page.getByRole("button", { name: "New token" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("not mine to make");
  await page.getByRole("dialog").getByRole("button", { name: "Create token" }).click();
  await expect(page.getByText("Nothing can be changed until you stop.")).toBeVisible();
  await page.goto("/profile");
  await banner.getByRole("button", { name: "Stop" }).click();
  await expect(banner).toBeHidden();
  await expect(page.getByRole("button", { name: `Account of ${displayName}` })).toBeVisible();
});

test("a token is shown once, opens what its owner may, and opens nothing once it is revoked", async ({
  people,
  stack,
}) => {
  const dana = await people.signIn("dana");
  const name = uniqueName("backup");
  await dana.goto("/profile/tokens");
  await dana.getByRole("button", { name: "New token" }).click();
  await dana.getByRole("dialog").getByLabel("Name").fill(name);
  await dana.getByRole("dialog").getByRole("button", { name: "Create token" }).click();
  const shown = dana.getByRole("alertdialog", { name: "Copy it now" });
  const [token = ""] = /shp_[\w-]{43}/.exec(await shown.innerText()) ?? [];
  await shown.getByRole("button", { name: "I have kept it" }).click();

  const headers = { authorization: `Bearer ${token}` };
  const program = await request.newContext({ baseURL: stack.url, extraHTTPHeaders: headers });
  const answer = await program.get("/api/v1/systems?q=shop");
  expect(answer.status()).toBe(200);
  expect(await answer.text()).toContain('"shop"');
  await dana.reload();
  await expect(dana.getByText(token)).toHaveCount(0);
  const row = dana.getByRole("row").filter({ hasText: name });
  await row.getByRole("button", { name: "Revoke" }).click();
  await dana.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(dana.getByText("The token is revoked.")).toBeVisible();
  await expect(row).toBeHidden();
  expect((await program.get("/api/v1/systems")).status()).toBe(401);
  await program.dispose();
});

const elsewhere = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

test("a session that is ended from elsewhere takes its open console along within five seconds", async ({
  people,
  stack,
}) => {
  const { id, name } = await takeMachine(stack);
  const away = await people.visit({ userAgent: elsewhere });
  const untilTheTestEnds = { timeout: 0 };
  const consoleClosed = away
    .waitForEvent("websocket", untilTheTestEnds)
    .then((socket) => socket.waitForEvent("close", untilTheTestEnds));
  await away.goto(`/vms/${id}/console`);
  await fillSignIn(away, "dana", stack.accounts.find(({ username }) => username === "dana")?.password ?? "");
  await expect(away.getByRole("application", { name: `Screen of ${name}` })).toBeVisible();
  await expect(away.getByRole("toolbar", { name: "Console controls" })).toContainText("Connected");

  const dana = await people.signIn("dana");
  await dana.goto("/profile/sessions");
  const row = dana.getByRole("row").filter({ hasText: "Firefox · Windows" });
  await row.getByRole("button", { name: "Sign out" }).click();
  await dana.getByRole("alertdialog").getByRole("button", { name: "Sign out" }).click();
  await expect(dana.getByText("The session has ended.")).toBeVisible();
  const revokedAt = Date.now();
  await Promise.all([consoleClosed, away.waitForURL(/\/login/)]);
  expect(Date.now() - revokedAt).toBeLessThan(5_000);
  await expect(away.getByText("Your session has ended.")).toBeVisible();
});
