import { expect, test } from "vitest";
import { bundledMinors, compareMinors, minorOf, nearestMinor, retrySecondsAfter } from "./rules";

test.each([
  ["v1.5.2", "1.5"],
  ["1.5", "1.5"],
  ["1.5.x", "1.5"],
  ["v1.10.0-rc.1", "1.10"],
  ["", null],
  ["latest", null],
  ["1.99999", null],
])("%s is minor %s", (version, minor) => {
  expect(minorOf(version)).toBe(minor);
});

test("minors are ordered as numbers, not as text", () => {
  expect(["1.10", "1.9", "1.2", "2.0"].sort(compareMinors)).toEqual(["1.2", "1.9", "1.10", "2.0"]);
});

test.each([
  ["1.6", "1.5"],
  ["1.9", "1.7"],
  ["0.59", "1.2"],
  ["2.0", "1.7"],
  ["unknown", "1.2"],
])("the fields of %s are borrowed from %s", (wanted, lent) => {
  expect(nearestMinor(wanted, bundledMinors)).toBe(lent);
});

test("three quick attempts, then one an hour", () => {
  expect([1, 2, 3, 4, 5].map(retrySecondsAfter)).toEqual([30, 60, 120, 3_600, 3_600]);
});
