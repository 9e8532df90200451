import { expect, test } from "vitest";
import { parseStrictJson } from "./strict-json";

test.each([
  '{"a":1,"a":2}',
  '{"a":1,"\\u0061":2}',
  '{"a":{"b":1,"b":2}}',
  '[{"a":1 , "b":2, "a" : 3}]',
  '{"a":1,}',
  "{'a':1}",
  "",
  `${"[".repeat(40)}${"]".repeat(40)}`,
])("%s is refused", (text) => {
  expect(() => parseStrictJson(text)).toThrow(SyntaxError);
});

test.each([
  '{"a":{"a":1},"b":{"a":2}}',
  '[{"a":1},{"a":2}]',
  '{"a":"a","b":"\\"a\\":1","c":["a","a"]}',
  '"a"',
  '{"a":"{\\"a\\":1,","b":"[[["}',
])("%s is read", (text) => {
  expect(parseStrictJson(text)).toEqual(JSON.parse(text));
});

test("a long name of spaces is read in no time", () => {
  const text = JSON.stringify({ [" ".repeat(200_000)]: 1, b: " ".repeat(50_000) });
  const startedAt = process.cpuUsage();
  parseStrictJson(text);
  expect(process.cpuUsage(startedAt).user / 1_000).toBeLessThan(500);
});
