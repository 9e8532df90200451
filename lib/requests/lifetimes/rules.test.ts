import fc from "fast-check";
import { expect, test } from "vitest";
import { dueNotice, endOfLife, extendableDays, nextRun } from "./rules";

const now = new Date("2026-11-22T10:00:00Z");
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);

test("a machine ends by its wish, by its environment's default, at the longest, or never", () => {
  expect(endOfLife(now, { defaultDays: null, longestDays: null }, undefined)).toBeNull();
  expect(endOfLife(now, { defaultDays: 30, longestDays: null }, undefined)).toEqual(inDays(30));
  expect(endOfLife(now, { defaultDays: 30, longestDays: 90 }, 60)).toEqual(inDays(60));
  expect(endOfLife(now, { defaultDays: 30, longestDays: 90 }, 365)).toEqual(inDays(90));
  expect(endOfLife(now, { defaultDays: null, longestDays: 90 }, undefined)).toEqual(inDays(90));
});

test.for([
  [20, null, null],
  [14, null, 14],
  [8, 14, null],
  [7, 14, 7],
  [0.5, null, 1],
  [0.5, 1, null],
  [-1, null, null],
] as const)("with %d days left and %s told, the notice is %s", ([left, noticedDays, expected]) => {
  expect(dueNotice(now, { expiresAt: inDays(left), noticedDays })).toBe(expected);
});

test("one click gives what the limits leave, and nothing once they are used up", () => {
  const facts = { now, expiresAt: inDays(5), extensions: 0, extensionsMax: 3, extensionDaysMax: 30 };
  expect(extendableDays({ ...facts, longestDays: null })).toBe(30);
  expect(extendableDays({ ...facts, longestDays: 20 })).toBe(15);
  expect(extendableDays({ ...facts, longestDays: 5 })).toBeNull();
  expect(extendableDays({ ...facts, longestDays: null, extensions: 3 })).toBeNull();
  expect(extendableDays({ ...facts, expiresAt: inDays(-3), longestDays: 30 })).toBe(30);
});

const daily = (time: string, action: "start" | "stop" = "start") => ({
  action,
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  time,
});

test("a run is at its hour on the wall, before and after the clocks change", () => {
  const before = nextRun([daily("08:00")], "Europe/Berlin", new Date("2026-10-24T12:00:00Z"));
  expect(before?.at.toISOString()).toBe("2026-10-25T07:00:00.000Z");
  const spring = nextRun([daily("08:00")], "Europe/Berlin", new Date("2026-03-28T12:00:00Z"));
  expect(spring?.at.toISOString()).toBe("2026-03-29T06:00:00.000Z");
});

test("an hour that is left out comes an hour later; one that comes twice runs once", () => {
  const left = nextRun([daily("02:30")], "Europe/Berlin", new Date("2026-03-29T00:00:00Z"));
  expect(left?.at.toISOString()).toBe("2026-03-29T01:30:00.000Z");
  const twice = nextRun([daily("02:30")], "Europe/Berlin", new Date("2026-10-24T12:00:00Z"));
  const next = nextRun([daily("02:30")], "Europe/Berlin", twice?.at ?? now);
  expect((next?.at.getTime() ?? 0) - (twice?.at.getTime() ?? 0)).toBeGreaterThan(23 * 3_600_000);
});

test("of several entries the nearest runs, on its weekday", () => {
  const office = [
    { action: "start" as const, weekdays: [1, 2, 3, 4, 5], time: "08:00" },
    { action: "stop" as const, weekdays: [1, 2, 3, 4, 5], time: "19:00" },
  ];
  const friday = nextRun(office, "UTC", new Date("2026-11-20T12:00:00Z"));
  expect(friday).toEqual({ at: new Date("2026-11-20T19:00:00Z"), action: "stop" });
  expect(nextRun(office, "UTC", friday?.at ?? now)).toEqual({
    at: new Date("2026-11-23T08:00:00Z"),
    action: "start",
  });
  expect(nextRun([], "UTC", now)).toBeNull();
});

test("wherever and whenever it is asked, the next run lies ahead, within nine days, on its minute", () => {
  const zones = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Shanghai",
    "Australia/Lord_Howe",
    "Pacific/Apia",
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.date({ min: new Date("2025-01-01"), max: new Date("2028-01-01"), noInvalidDate: true }),
      fc.integer({ min: 0, max: 1439 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      (zone, after, minute, weekdays) => {
        const time = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
        const run = nextRun([{ action: "stop", weekdays, time }], zone, after);
        expect(run).not.toBeNull();
        const ahead = (run?.at.getTime() ?? 0) - after.getTime();
        expect(ahead).toBeGreaterThan(0);
        expect(ahead).toBeLessThanOrEqual(9 * 86_400_000);
      },
    ),
    { numRuns: 1_000 },
  );
});
