import { describe, expect, test } from "vitest";
import { monthOf, onDay } from "./month";

describe("a month as a calendar shows it", () => {
  test("it begins on the Monday before and ends on a Sunday", () => {
    const month = monthOf("2026-11", new Date("2026-01-01T00:00:00Z"));
    expect(month).toMatchObject({ name: "2026-11", previous: "2026-10", next: "2026-12" });
    expect(month.days[0]).toEqual(new Date("2026-10-26T00:00:00Z"));
    expect(month.days).toHaveLength(42);
    expect(month.afterShown).toEqual(new Date("2026-12-07T00:00:00Z"));
  });

  test("without a name it is the one of now, and the year turns", () => {
    const month = monthOf(undefined, new Date("2026-12-31T23:59:59Z"));
    expect(month).toMatchObject({ name: "2026-12", next: "2027-01" });
    expect(monthOf("2027-02", new Date()).days).toHaveLength(28);
  });
});

test("a day shows what begins on it and what goes on over it, not what ended at its beginning", () => {
  const day = new Date("2026-11-10T00:00:00Z");
  const entry = (from: string, to: string | null) => ({
    from: new Date(from),
    to: to === null ? null : new Date(to),
  });
  const over = entry("2026-11-09T00:00:00Z", "2026-11-12T00:00:00Z");
  const ended = entry("2026-11-09T00:00:00Z", "2026-11-10T00:00:00Z");
  const moment = entry("2026-11-10T22:00:00Z", null);
  const next = entry("2026-11-11T00:00:00Z", null);
  expect(onDay([over, ended, moment, next], day)).toEqual([over, moment]);
});
