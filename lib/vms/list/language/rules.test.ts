import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { vmMachine } from "@/lib/vms/machine";
import { exactly, parseSearch, printSearch, withTerms } from "./rules";
import { comparisons, durationKeys, durationUnits, numberKeys, textKeys, type SearchTerm } from "./schema";

const plain = (text: string) => ({ text, isPattern: false });
const pattern = (text: string) => ({ text, isPattern: true });

describe("the search language", () => {
  test("reads keys, comparisons, negation, lists, patterns, quotes and free text", () => {
    const text =
      'status:running,stopped system:shop cpu>4 name:redis* -env:prod ip:10.1. expires<7d "free text" db';
    expect(parseSearch(text)).toEqual({
      terms: [
        { type: "state", isNegated: false, values: ["RUNNING", "STOPPED"] },
        { type: "text", key: "system", isNegated: false, values: [plain("shop")] },
        { type: "number", key: "cpu", isNegated: false, comparison: ">", values: [4] },
        { type: "text", key: "name", isNegated: false, values: [pattern("redis*")] },
        { type: "text", key: "env", isNegated: true, values: [plain("prod")] },
        { type: "text", key: "ip", isNegated: false, values: [plain("10.1.")] },
        { type: "duration", key: "expires", isNegated: false, comparison: "<", amount: 7, unit: "d" },
        { type: "free", isNegated: false, value: plain("free text") },
        { type: "free", isNegated: false, value: plain("db") },
      ],
      problems: [],
    });
  });

  test.each([
    ["memory>=0.5", { type: "number", key: "memory", comparison: ">=", values: [0.5] }],
    ["ram=2,4", { type: "number", key: "memory", comparison: "=", values: [2, 4] }],
    ["Expires:never", { type: "never" }],
    ["protected:yes", { type: "switch", isOn: true }],
    ["since<=90m", { type: "duration", key: "since", comparison: "<=", amount: 90, unit: "m" }],
    ["environment:uat", { type: "text", key: "env", values: [plain("uat")] }],
    [
      'owner:"Dana \\"D\\" Kim",me',
      { type: "text", key: "owner", values: [plain('Dana "D" Kim'), plain("me")] },
    ],
    ["fe80::1", { type: "free", value: plain("fe80::1") }],
    ['"cpu>4"', { type: "free", value: plain("cpu>4") }],
    ["-", { type: "free", value: plain("-") }],
    ["-redis", { type: "free", isNegated: true, value: plain("redis") }],
  ])("%s", (text, term) => {
    expect(parseSearch(text)).toEqual({ terms: [{ isNegated: false, ...term }], problems: [] });
  });

  test.each([
    ["sytem:shop", { code: "unknown_key", at: 0, length: 6, text: "sytem:", suggestion: "system:" }],
    ["db -stauts:x", { code: "unknown_key", at: 4, length: 7, text: "stauts:", suggestion: "status:" }],
    ["zebra:x", { code: "unknown_key", at: 0, length: 6, text: "zebra:", suggestion: null }],
    ["constructor:x", { code: "unknown_key", at: 0, length: 12, text: "constructor:", suggestion: null }],
    ["status:runing", { code: "unknown_value", at: 7, length: 6, text: "runing", suggestion: "running" }],
    ["system:", { code: "missing_value", at: 0, length: 7, text: "system:", suggestion: null }],
    ["cpu>many", { code: "not_a_number", at: 4, length: 4, text: "many", suggestion: null }],
    ["cpu>1,2", { code: "not_a_number", at: 0, length: 7, text: "cpu>1,2", suggestion: null }],
    [
      "expires:7d",
      { code: "needs_comparison", at: 0, length: 10, text: "expires:7d", suggestion: "expires<7d" },
    ],
    ["age>7y", { code: "not_a_duration", at: 4, length: 2, text: "7y", suggestion: null }],
    ["system>shop", { code: "not_comparable", at: 0, length: 11, text: "system>shop", suggestion: null }],
    ['name:"redis', { code: "open_quote", at: 0, length: 11, text: 'name:"redis', suggestion: null }],
  ])("tells where %s is not understood, and what was meant", (text, problem) => {
    expect(parseSearch(text).problems).toEqual([problem]);
  });

  test("takes no more terms than twenty, and says where it stopped", () => {
    const { terms, problems } = parseSearch("a ".repeat(25));
    expect([terms.length, problems]).toEqual([
      20,
      [{ code: "too_much", at: 40, length: 1, text: "a", suggestion: null }],
    ]);
  });

  test("one part is put in the place of another", () => {
    expect(
      withTerms('system:old service:web "a b" cpu>2', ["system", "service"], [exactly("system", "new")]),
    ).toBe('"a b" cpu>2 system:new');
  });
});

const anyText = fc.string({ minLength: 1, maxLength: 20 }).map((text) => ({ text, isPattern: false }));
const aPattern = fc
  .stringMatching(/^[a-z0-9]{0,5}\*[a-z0-9.*]{0,5}$/)
  .map((text) => ({ text, isPattern: true }));
const aValue = fc.oneof(anyText, aPattern);
const isNegated = fc.boolean();
const amount = fc.nat(99_999).map((tenths) => tenths / 10);
const aTerm: fc.Arbitrary<SearchTerm> = fc.oneof(
  fc.record({ type: fc.constant("free" as const), isNegated, value: aValue }),
  fc.record({
    ...{ type: fc.constant("text" as const), isNegated, key: fc.constantFrom(...textKeys) },
    values: fc.array(aValue, { minLength: 1, maxLength: 20 }),
  }),
  fc.record({
    ...{ type: fc.constant("state" as const), isNegated },
    values: fc.array(fc.constantFrom(...vmMachine.states), { minLength: 1, maxLength: 5 }),
  }),
  fc.record({
    ...{ type: fc.constant("number" as const), isNegated, key: fc.constantFrom(...numberKeys) },
    ...{ comparison: fc.constantFrom(...comparisons), values: fc.tuple(amount) },
  }),
  fc.record({
    ...{ type: fc.constant("duration" as const), isNegated, key: fc.constantFrom(...durationKeys) },
    comparison: fc.constantFrom("<" as const, "<=" as const, ">" as const, ">=" as const),
    ...{ amount: fc.nat(9_999), unit: fc.constantFrom(...durationUnits) },
  }),
  fc.record({ type: fc.constant("never" as const), isNegated }),
  fc.record({ type: fc.constant("switch" as const), isNegated, isOn: fc.boolean() }),
);

test("whatever is printed reads back as it was", () => {
  fc.assert(
    fc.property(fc.array(aTerm, { maxLength: 20 }), (terms) => {
      expect(parseSearch(printSearch(terms))).toEqual({ terms, problems: [] });
    }),
    { numRuns: 2_000 },
  );
});

test("any text is read without an error, and what of it is understood prints and reads the same", () => {
  const words = fc.constantFrom(
    "status:",
    "cpu>",
    '"',
    "-",
    ",",
    "*",
    " ",
    "running",
    "4",
    "\\",
    "expires<7d",
    "x",
  );
  const typed = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.array(words, { maxLength: 25 }).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(typed, (text) => {
      const { terms, problems } = parseSearch(text);
      expect(parseSearch(printSearch(terms)).terms).toEqual(terms);
      for (const { at, length } of problems) expect(text.slice(at, at + length)).toHaveLength(length);
    }),
    { numRuns: 5_000 },
  );
});
