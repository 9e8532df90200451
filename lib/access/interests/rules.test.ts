import fc from "fast-check";
import { expect, test } from "vitest";
import { interestsMax, isWanted, readInterest, readInterests, writeInterests } from "./rules";

test("an interest is a kind, one object, one System's, or what is new", () => {
  expect(readInterest("vm")).toEqual({ kind: "vm" });
  expect(readInterest("vm:a-1")).toEqual({ kind: "vm", id: "a-1" });
  expect(readInterest("vm+")).toEqual({ kind: "vm", isNew: true });
  expect(readInterest("vm+@s-1")).toEqual({ kind: "vm", isNew: true, systemId: "s-1" });
  expect(readInterest("ticket@s-1")).toEqual({ kind: "ticket", systemId: "s-1" });
});

test("nonsense, or too much, means everything: a page must not miss what it did not say well", () => {
  for (const text of ["constructor", "vm:", "vm:a b", "vm@", "VM", "vm:a@b", "vm,x y", "x".repeat(8_000)]) {
    expect(readInterests(text), text).toBeNull();
  }
  expect(readInterests(null)).toBeNull();
  const many = Array.from({ length: interestsMax + 1 }, (_, number) => `vm:${number}`);
  expect(writeInterests(many)).toBeNull();
  expect(readInterests(many.join(","))).toBeNull();
});

test("nothing wished for means nothing", () => {
  expect(readInterests("")).toEqual([]);
  expect(isWanted([], { kind: "vm", id: "a" })).toBe(false);
  expect(isWanted(null, { kind: "vm", id: "a" })).toBe(true);
});

test("only what is shown is wanted", () => {
  const interests = readInterests("ticket,vm:a,vm+@s1");
  const wanted = (facts: { id: string; systemId?: string; isNew?: boolean }) =>
    isWanted(interests, { kind: "vm", ...facts });
  expect(wanted({ id: "a" })).toBe(true);
  expect(wanted({ id: "b", systemId: "s1" })).toBe(false);
  expect(wanted({ id: "b", systemId: "s1", isNew: true })).toBe(true);
  expect(wanted({ id: "b", systemId: "s2", isNew: true })).toBe(false);
  expect(isWanted(interests, { kind: "ticket", id: "t" })).toBe(true);
  expect(isWanted(interests, { kind: "cluster", id: "c" })).toBe(false);
});

test("what is written reads back, whatever its order", () => {
  const word = fc.oneof(
    fc.uuid().map((id) => `vm:${id}`),
    fc.uuid().map((id) => `vm+@${id}`),
    fc.constantFrom("vm", "ticket", "batch", "vm+", "cluster"),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      const text = writeInterests(words);
      expect(text).toBe(writeInterests(words.toReversed()));
      expect(readInterests(text)).toHaveLength(new Set(words).size);
    }),
  );
});
