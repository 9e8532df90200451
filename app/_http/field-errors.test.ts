import { expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "./field-errors";

const schema = z.strictObject({
  name: z.string(),
  tags: z.array(z.string()),
  free: z.record(z.string(), z.unknown()),
});

test.for([
  ["name", { name: "a\0b", tags: [], free: {} }],
  ["tags.1", { name: "a", tags: ["b", "\0"], free: {} }],
  ["free.deep.er", { name: "a", tags: [], free: { deep: { er: "\0" } } }],
] as const)("a NUL in %s is refused there, before a database has to", ([field, value]) => {
  const parse = () => parseInput(schema, { value, unknown: [] });

  expect(parse).toThrow(AppError);
  try {
    parse();
  } catch (error) {
    expect(error).toMatchObject({ code: "VALIDATION_FAILED", fields: [{ field, code: "invalid" }] });
  }
});
