import fs from "node:fs";
import { expect, test } from "vitest";
import { renderReadme } from "./render-docs";

test("lib/README.md shows the state machines and permissions as they are; npm run docs writes them", async () => {
  const text = fs.readFileSync("lib/README.md", "utf8");
  expect(await renderReadme(text)).toBe(text);
});
