import { expect, test } from "vitest";
import { groupByDay } from "./group-by-day";

const at = (text: string) => ({ createdAt: new Date(text) });
const now = new Date("2026-11-23T01:00:00Z");

test("a day is one of the reader's calendar", () => {
  const entries = [at("2026-11-23T00:30:00Z"), at("2026-11-22T18:00:00Z"), at("2026-11-22T10:00:00Z")];
  const inUtc = groupByDay(entries, { timeZone: "UTC", now });
  expect(inUtc.map(({ day, distance, entries: { length } }) => [day, distance, length])).toEqual([
    ["2026-11-23", 0, 1],
    ["2026-11-22", 1, 2],
  ]);
  const inShanghai = groupByDay(entries, { timeZone: "Asia/Shanghai", now });
  expect(inShanghai.map(({ distance, entries: { length } }) => [distance, length])).toEqual([
    [0, 2],
    [1, 1],
  ]);
});
