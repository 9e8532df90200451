import fs from "node:fs";
import { expect, test } from "vitest";
import { renderAccount, renderReadme } from "./render-docs";

test("lib/README.md shows the state machines and permissions as they are; npm run docs writes them", async () => {
  const text = fs.readFileSync("lib/README.md", "utf8");
  expect(await renderReadme(text)).toBe(text);
});

test("README.md shows the account a cluster gives the portal as it is; npm run docs writes it", () => {
  const text = fs.readFileSync("README.md", "utf8");
  expect(renderAccount(text)).toBe(text);
});
