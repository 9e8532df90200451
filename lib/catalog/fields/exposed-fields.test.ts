import { expect, test } from "vitest";
import { forbiddenOverrides } from "@/lib/catalog/forbidden-fields";
import { db } from "@/lib/core/db";
import { fieldMasks, maskedSince } from "./exposed-fields";
import { bundledMinors, compareMinors } from "./minors/rules";
import { readFieldSchema } from "./read-field-schema";
import { findField } from "./rules";
import { fieldTiers, maskedEntities } from "./schema";

const masked = maskedEntities.flatMap((entity) => fieldTiers.flatMap((tier) => fieldMasks[entity][tier]));

test.each(bundledMinors)(
  "in %s every masked field exists, or belongs to a later minor by its guard",
  async (minor) => {
    const { root } = await readFieldSchema(db(), minor);
    const missing = masked.filter((path) => findField(root, path) === null);
    const later = Object.entries(maskedSince).flatMap(([path, since]) =>
      compareMinors(minor, since) < 0 ? [path] : [],
    );
    expect(missing.sort()).toEqual(later.sort());
  },
);

test("a field stands in one tier of one mask", () => {
  expect(masked.filter((path, index) => masked.indexOf(path) !== index)).toEqual([]);
  expect(masked.length).toBeGreaterThan(50);
});

test("no mask shows what may not be written", () => {
  expect(forbiddenOverrides(Object.fromEntries(masked.map((path) => [path, "1"])))).toEqual([]);
});
