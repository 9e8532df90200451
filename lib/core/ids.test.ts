import { expect, test } from "vitest";
import { canonicalJson, hashOf, newId } from "./ids";

test("ids are UUIDs of version 7, all different, and later ones sort later", async () => {
  const ids = Array.from({ length: 10_000 }, newId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  await expect.poll(() => newId() > (ids.at(-1) ?? "")).toBe(true);
});

test("an id's first twelve digits are its time", () => {
  const before = Date.now();
  const at = Number.parseInt(newId().replaceAll("-", "").slice(0, 12), 16);
  expect(at).toBeGreaterThanOrEqual(before);
  expect(at).toBeLessThanOrEqual(Date.now());
});

test("equal values have equal hashes whatever the order of their members, others have others", () => {
  expect(hashOf({ a: 1, b: { c: [1, 2], d: null } })).toBe(hashOf({ b: { d: null, c: [1, 2] }, a: 1 }));
  expect(hashOf({ a: [1, 2] })).not.toBe(hashOf({ a: [2, 1] }));
  expect(hashOf({ a: "1" })).not.toBe(hashOf({ a: 1 }));
  expect(canonicalJson({ b: 1, a: [{ d: 1, c: 2 }] })).toBe('{"a":[{"c":2,"d":1}],"b":1}');
});
