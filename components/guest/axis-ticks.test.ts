import { expect, test } from "vitest";
import { quartersOf, roundBytes } from "./axis-ticks";

const mib = 1024 ** 2;

test("an axis of bytes ends at a round number above the highest value", () => {
  expect(roundBytes(1.1 * 1024 * mib)).toBe(2 * 1024 * mib);
  expect(roundBytes(5.3 * mib)).toBe(6 * mib);
  expect([roundBytes(900), roundBytes(0)]).toEqual([1024, 1]);
  expect(quartersOf(2)).toEqual([0, 0.5, 1, 1.5, 2]);
});

test("no value lies above the axis, whatever its size", () => {
  for (let power = 0; power < 50; power += 0.37) {
    expect(roundBytes(2 ** power)).toBeGreaterThanOrEqual(2 ** power);
  }
});
