import { expect, type Page } from "@playwright/test";
import { openApp, type AuthenticatorApp } from "./authenticator-app";

export interface EnrolledApp {
  app: AuthenticatorApp;
  recoveryCodes: string[];
}

/** From the choice of a second factor to the kept recovery codes, as somebody does who types the key into an app. */
export async function enrollApp(page: Page, password: string): Promise<EnrolledApp> {
  await page.getByRole("radio", { name: /Authenticator app/ }).check();
  await page.getByLabel("Your password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  const key = await page
    .getByRole("code")
    .filter({ hasText: /^[A-Z2-7 ]{32,}$/ })
    .innerText();
  const app = openApp(key.replaceAll(" ", ""));
  await page.getByLabel("Code from the app").fill(await app.freshCode());
  await page.getByRole("button", { name: "Confirm" }).click();
  const codes = page.getByRole("listitem").filter({ hasText: /^([0-9a-z]{4}-){3}[0-9a-z]{4}$/ });
  await expect(codes).toHaveCount(10);
  const recoveryCodes = await codes.allInnerTexts();
  await page.getByRole("button", { name: "I have kept them" }).click();
  return { app, recoveryCodes };
}
