import type { Page } from "@playwright/test";
import type { AddedPerson } from "@/e2e/add-person";
import { enrollApp } from "@/e2e/enroll-app";
import { expectHome, fillSignIn, type People } from "@/e2e/fixtures";

/** Somebody of one journey alone, in a browser of their own. */
export async function enterAs(people: People, { username, password }: AddedPerson): Promise<Page> {
  const page = await people.visit();
  await page.goto("/login");
  await fillSignIn(page, username, password);
  await expectHome(page);
  return page;
}

/** The same with an authenticator app, whose code has just been typed. */
export async function enterWithApp(people: People, person: AddedPerson): Promise<Page> {
  const page = await enterAs(people, person);
  await page.goto("/profile/security");
  await page.getByRole("button", { name: "Add a second factor" }).click();
  await enrollApp(page, person.password);
  return page;
}
