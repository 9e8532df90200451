import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { activityOf, advance, clockText, idleMs, replaySpeeds } from "./replay-clock";

const around = { lastMs: 0, nextMs: 60_000, endMs: 120_000 };

describe("the clock of a replay", () => {
  test.each(replaySpeeds)("goes on at %s times the speed", (speed) => {
    expect(advance(1_000, 100, { speed, skipsIdle: false, ...around })).toBe(1_000 + 100 * speed);
  });

  test("waits two seconds where nothing happens, then goes to where something does", () => {
    const pace = { speed: 1, skipsIdle: true } as const;
    expect(advance(1_000, 500, { ...pace, ...around })).toBe(1_500);
    expect(advance(idleMs - 10, 20, { ...pace, ...around })).toBe(60_000);
    expect(advance(idleMs - 10, 20, { ...pace, skipsIdle: false, ...around })).toBe(idleMs + 10);
    // Short breaks are how people type.
    expect(advance(1_900, 50, { ...pace, ...around, nextMs: 2_000 })).toBe(1_950);
  });

  test("does not skip to an end that nothing marks", () => {
    expect(advance(5_000, 100, { speed: 1, skipsIdle: true, ...around, nextMs: null })).toBe(5_100);
  });

  test("never goes back, and never past the end", () => {
    fc.assert(
      fc.property(
        fc.record({
          atMs: fc.nat(200_000),
          elapsedMs: fc.integer({ min: -1_000, max: 1_000_000 }),
          speed: fc.constantFrom(...replaySpeeds),
          skipsIdle: fc.boolean(),
          lastMs: fc.nat(200_000),
          nextMs: fc.option(fc.nat(200_000)),
          endMs: fc.nat(200_000),
        }),
        ({ atMs, elapsedMs, ...rest }) => {
          const next = advance(atMs, elapsedMs, rest);
          expect(next).toBeGreaterThanOrEqual(atMs);
          expect(next).toBeLessThanOrEqual(Math.max(atMs, rest.endMs));
        },
      ),
    );
  });
});

test("times are written as on a player", () => {
  expect([0, 999, 61_000, 3_729_000, -5].map(clockText)).toEqual(["0:00", "0:00", "1:01", "1:02:09", "0:00"]);
});

describe("the picture of what happened when", () => {
  test("shows where the bytes are, the fullest part as one", () => {
    const shares = activityOf(
      [
        [0, 900, 100],
        [9_000, 9_999, 10_000],
      ],
      10_000,
      10,
    );
    expect(shares).toHaveLength(10);
    expect(shares[9]).toBe(1);
    expect(shares[0]).toBeGreaterThan(0);
    expect(shares.slice(1, 9)).toEqual(Array(8).fill(0));
  });

  test("of nothing is nothing", () => {
    expect(activityOf([], 0, 4)).toEqual([0, 0, 0, 0]);
  });
});
