import { describe, expect, test } from "vitest";
import { endOf, givesMore, settleTerms } from "./rules";

const now = new Date("2026-03-01T12:00:00Z");
const inDays = (days: number) => endOf(now, days);

describe("a request gives more than somebody has", () => {
  test.for([
    [null, "viewer", 1, true],
    [{ role: "viewer", until: null }, "member", 1, true],
    [{ role: "member", until: null }, "admin", 1, true],
    [{ role: "member", until: inDays(5) }, "member", 7, true],
    [{ role: "member", until: inDays(7) }, "member", 7, false],
    [{ role: "member", until: inDays(8) }, "member", 7, false],
    [{ role: "member", until: null }, "member", 90, false],
    [{ role: "admin", until: null }, "member", 90, false],
    [{ role: "admin", until: inDays(1) }, "member", 90, false],
    [{ role: "owner", until: inDays(1) }, "admin", 90, false],
  ] as const)("%j, asking for %s for %d days: %s", ([held, role, days, expected]) => {
    expect(givesMore(held, { role, until: inDays(days) })).toBe(expected);
  });
});

describe("whoever decides", () => {
  const asked = { role: "member", days: 30 } as const;
  const refusal = (field: string, code: string) =>
    expect.objectContaining({ fields: [expect.objectContaining({ field, code })] });

  test("gives what was asked for, or less with a reason", () => {
    expect(settleTerms(asked, {})).toEqual(asked);
    const modificationReason = "a week will do";
    expect(settleTerms(asked, { days: 7, modificationReason })).toEqual({ role: "member", days: 7 });
    expect(settleTerms(asked, { role: "viewer", modificationReason })).toEqual({ role: "viewer", days: 30 });
  });

  test.for([{ days: 7 }, { role: "viewer" }, { days: 7, modificationReason: "" }] as const)(
    "%j takes a reason",
    (choices) => {
      expect(() => settleTerms(asked, choices)).toThrowError(refusal("modificationReason", "required"));
    },
  );

  test("never gives more", () => {
    const modificationReason = "why not";
    expect(() => settleTerms(asked, { role: "admin", modificationReason })).toThrowError(
      refusal("role", "above_asked"),
    );
    expect(() => settleTerms(asked, { days: 31, modificationReason })).toThrowError(
      refusal("days", "too_large"),
    );
  });
});
