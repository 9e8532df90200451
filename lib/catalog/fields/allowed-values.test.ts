import { expect, test } from "vitest";
import { db } from "@/lib/core/db";
import { allowedValues, pathsWithValues } from "./allowed-values";
import { bundledMinors } from "./minors/rules";
import { readFieldSchema } from "./read-field-schema";
import { findField } from "./rules";

test.each(bundledMinors)("in %s exactly the fields that exist have values of their own", async (minor) => {
  const { root } = await readFieldSchema(db(), minor);
  const wrong = pathsWithValues.filter((path) => {
    const field = findField(root, path);
    const values = allowedValues(path, minor) ?? [];
    return field === null
      ? values.length > 0
      : field.type !== "enum" || field.options?.join() !== values.join();
  });
  expect(wrong).toEqual([]);
  expect(pathsWithValues.length).toBeGreaterThan(50);
});

test("a field of no table is free", () => {
  expect(allowedValues("spec.template.spec.hostname", "1.5")).toBeNull();
  expect(allowedValues("__proto__", "1.5")).toBeNull();
});
