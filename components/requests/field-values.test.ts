import { expect, test } from "vitest";
import { fieldSlug, fieldValues } from "./field-values";

const field = (key: string, type: "integer" | "boolean" | "string") => ({
  key,
  type,
  layer: "quick" as const,
  default: null,
  constraint: null,
  options: [],
});
const fields = [field("disk_gb", "integer"), field("spec.a", "boolean"), field("spec.b", "string")];

test("what was set becomes values of its type, and what was not is left to the template", () => {
  expect(fieldValues(fields, { disk_gb: "30", "spec.a": "false", "spec.b": " " })).toEqual({
    disk_gb: 30,
    "spec.a": false,
  });
  expect(fieldValues(fields, {})).toBeUndefined();
});

test("what is no number goes to the server as it was typed", () => {
  expect(fieldValues(fields, { disk_gb: "many" })).toEqual({ disk_gb: "many" });
});

test("fields of another template are not sent", () => {
  expect(fieldValues(fields, { "spec.other": "x" })).toBeUndefined();
});

test("a key of the messages has no dots", () => {
  expect(fieldSlug("spec.template.spec.dnsPolicy")).toBe("spec_template_spec_dnsPolicy");
});
