import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseOpening, requireStartAt, spansOf, type FreezeFacts, type WindowFacts } from "./rules";

const nightly: WindowFacts = {
  name: "Nightly",
  weekdays: [2],
  startsAt: "22:00",
  durationMinutes: 120,
  timeZone: "Europe/Berlin",
  operations: [],
};
const at = (text: string) => new Date(text);
const open = (
  calendar: { windows?: WindowFacts[]; freezes?: FreezeFacts[] },
  now: string,
  startAt: string | null = null,
) =>
  chooseOpening(
    { windows: calendar.windows ?? [], freezes: calendar.freezes ?? [] },
    { operation: "CREATE_VM", startAt: startAt === null ? null : at(startAt), now: at(now) },
  );

describe("when approved work begins", () => {
  test("an environment without windows is always open", () => {
    expect(open({}, "2026-11-23T10:00:00Z")).toEqual({ at: at("2026-11-23T10:00:00Z"), reason: null });
  });

  test("it waits for the next window, by the window's own zone", () => {
    expect(open({ windows: [nightly] }, "2026-11-23T10:00:00Z")).toEqual({
      at: at("2026-11-24T21:00:00Z"),
      reason: { kind: "window", name: "Nightly" },
    });
  });

  test("inside a window it begins at once, at its end it waits a week", () => {
    expect(open({ windows: [nightly] }, "2026-11-24T22:59:59Z")?.reason).toBeNull();
    expect(open({ windows: [nightly] }, "2026-11-24T23:00:00Z")?.at).toEqual(at("2026-12-01T21:00:00Z"));
  });

  test("a window of another operation holds nothing", () => {
    const deletions = { ...nightly, operations: ["DELETE_VM"] };
    expect(open({ windows: [deletions] }, "2026-11-23T10:00:00Z")?.reason).toBeNull();
  });

  test("a freeze closes an open environment until it ends", () => {
    const freeze = {
      reason: "Year end",
      startsAt: at("2026-12-20T00:00:00Z"),
      endsAt: at("2027-01-04T06:00:00Z"),
      operations: [],
    };
    expect(open({ freezes: [freeze] }, "2026-12-24T10:00:00Z")).toEqual({
      at: at("2027-01-04T06:00:00Z"),
      reason: { kind: "freeze", name: "Year end" },
    });
    expect(open({ freezes: [freeze] }, "2027-01-04T06:00:00Z")?.reason).toBeNull();
  });

  test("after a freeze it waits for the window that follows", () => {
    const freeze = {
      reason: "Year end",
      startsAt: at("2026-12-20T00:00:00Z"),
      endsAt: at("2026-12-29T21:30:00Z"),
      operations: [],
    };
    expect(open({ windows: [nightly], freezes: [freeze] }, "2026-12-22T10:00:00Z")).toEqual({
      // The freeze ends inside a window, so that is when it begins.
      at: at("2026-12-29T21:30:00Z"),
      reason: { kind: "freeze", name: "Year end" },
    });
  });

  test("a wished hour lies before any window or freeze is asked", () => {
    expect(open({}, "2026-11-23T10:00:00Z", "2026-11-25T08:00:00Z")).toEqual({
      at: at("2026-11-25T08:00:00Z"),
      reason: { kind: "scheduled", name: null },
    });
    expect(open({ windows: [nightly] }, "2026-11-23T10:00:00Z", "2026-11-25T08:00:00Z")?.at).toEqual(
      at("2026-12-01T21:00:00Z"),
    );
  });

  test("freezes that leave no moment are no opening", () => {
    const always = { reason: "Moved", startsAt: at("2026-01-01T00:00:00Z"), operations: [] };
    expect(
      open({ freezes: [{ ...always, endsAt: at("2036-01-01T00:00:00Z") }] }, "2026-11-23T10:00:00Z"),
    ).toBeNull();
  });
});

describe("days on which the clock changes", () => {
  const daily = { ...nightly, weekdays: [1, 2, 3, 4, 5, 6, 7], durationMinutes: 60 };
  const starts = (window: WindowFacts, from: string, to: string) =>
    spansOf(window, at(from), at(to)).map((span) => span.from.toISOString());

  test("22:00 stays 22:00 on both sides", () => {
    expect(starts(daily, "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z")).toEqual([
      "2026-10-24T20:00:00.000Z",
      "2026-10-25T21:00:00.000Z",
    ]);
  });

  test("a time that the clock skips is as much later, one that comes twice opens once, when it comes first", () => {
    const half = { ...daily, startsAt: "02:30" };
    expect(starts(half, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z")).toEqual([
      "2026-03-29T01:30:00.000Z",
    ]);
    expect(starts(half, "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z")).toEqual([
      "2026-10-25T00:30:00.000Z",
    ]);
    const lordHowe = { ...daily, startsAt: "01:45", timeZone: "Australia/Lord_Howe" };
    expect(starts(lordHowe, "2026-04-04T12:00:00Z", "2026-04-05T12:00:00Z")).toEqual([
      "2026-04-04T14:45:00.000Z",
    ]);
  });

  const zones = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Kolkata",
  ];
  const days = [
    "2026-03-08",
    "2026-03-29",
    "2026-04-05",
    "2026-09-06",
    "2026-10-04",
    "2026-10-25",
    "2026-11-01",
  ];
  const stepMs = 5 * 60_000;
  const anyWindow = fc.record({
    name: fc.constant("any"),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    startsAt: fc.integer({ min: 0, max: 287 }).map((step) => timeOf(step * 5)),
    durationMinutes: fc.integer({ min: 1, max: 120 }).map((steps) => steps * 5),
    timeZone: fc.constantFrom(...zones),
    operations: fc.constant([]),
  });
  /** In the days around a change of some clock. */
  const anyMoment = fc
    .tuple(fc.constantFrom(...days), fc.integer({ min: -3 * 288, max: 288 }))
    .map(([day, steps]) => new Date(at(`${day}T00:00:00Z`).getTime() + steps * stepMs));
  const anyFreeze = fc.tuple(anyMoment, fc.integer({ min: 1, max: 800 })).map(([startsAt, steps]) => ({
    ...{ reason: "freeze", startsAt, operations: [] },
    endsAt: new Date(startsAt.getTime() + steps * stepMs),
  }));

  test("whatever the clock does, it begins in a window, in no freeze, and no earlier moment would have done", () => {
    fc.assert(
      fc.property(
        fc.array(anyWindow, { minLength: 1, maxLength: 2 }),
        fc.array(anyFreeze, { maxLength: 2 }),
        anyMoment,
        (windows, freezes, now) => {
          const opening = chooseOpening({ windows, freezes }, { operation: "START_VM", startAt: null, now });
          if (opening === null) throw new Error("a week always opens again");
          const spans = windows.flatMap((window) => seenOpen(window, now.getTime(), opening.at.getTime()));
          const isOpen = (ms: number) =>
            spans.some(([from, to]) => from <= ms && ms < to) && !isFrozen(freezes, new Date(ms));
          expect(isOpen(opening.at.getTime())).toBe(true);
          for (let ms = now.getTime(); ms < opening.at.getTime(); ms += stepMs)
            expect(isOpen(ms)).toBe(false);
        },
      ),
      { numRuns: 400 },
    );
  });

  /** Told by the local clock alone, read every five minutes: when it shows the start, or jumps over it. */
  function seenOpen(window: WindowFacts, fromMs: number, toMs: number): [number, number][] {
    const lengthMs = window.durationMinutes * 60_000;
    const wanted = minutesOf(window.startsAt);
    const spans: [number, number][] = [];
    for (let ms = fromMs - lengthMs - 7_200_000; ms <= toMs; ms += stepMs) {
      const now = shown(window.timeZone, ms);
      const before = shown(window.timeZone, ms - stepMs);
      if (!window.weekdays.includes(now.weekday)) continue;
      const expected = before.day === now.day ? before.minutes + 5 : 0;
      const isSkipped = expected <= wanted && wanted < now.minutes;
      if (isSkipped)
        spans.push([ms + (wanted - expected) * 60_000, ms + (wanted - expected) * 60_000 + lengthMs]);
      else if (now.minutes === wanted && !isSecond(window, ms)) spans.push([ms, ms + lengthMs]);
    }
    return spans;
  }

  function isSecond({ timeZone }: WindowFacts, ms: number): boolean {
    const now = shown(timeZone, ms);
    return [30, 60].some((gap) => {
      const earlier = shown(timeZone, ms - gap * 60_000);
      return earlier.day === now.day && earlier.minutes === now.minutes;
    });
  }

  const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  function timeOf(minutes: number): string {
    return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  }

  interface Shown {
    day: string;
    weekday: number;
    minutes: number;
  }
  const formats = new Map<string, Intl.DateTimeFormat>();
  const seen = new Map<string, Shown>();
  function shown(timeZone: string, ms: number): Shown {
    const key = `${timeZone} ${String(ms)}`;
    const known = seen.get(key) ?? readClock(timeZone, ms);
    seen.set(key, known);
    return known;
  }

  function readClock(timeZone: string, ms: number): Shown {
    const format =
      formats.get(timeZone) ??
      new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
    formats.set(timeZone, format);
    const [day = "", time = ""] = format.format(ms).split(" ");
    return { day, weekday: new Date(`${day}T12:00:00Z`).getUTCDay() || 7, minutes: minutesOf(time) };
  }
});

function isFrozen(freezes: readonly FreezeFacts[], moment: Date): boolean {
  return freezes.some(({ startsAt, endsAt }) => startsAt <= moment && moment < endsAt);
}

describe("a wished start", () => {
  const now = at("2026-11-23T10:00:00Z");
  test("lies ahead, at most ninety days", () => {
    expect(requireStartAt(undefined, now)).toBeNull();
    expect(requireStartAt("2026-11-24T22:00:00+01:00", now)).toEqual(at("2026-11-24T21:00:00Z"));
    for (const [wished, code] of [
      ["2026-11-23T09:00:00Z", "past"],
      ["2027-03-01T00:00:00Z", "too_far"],
    ] as const) {
      expect(() => requireStartAt(wished, now)).toThrow(
        expect.objectContaining({
          code: "VALIDATION_FAILED",
          fields: [expect.objectContaining({ field: "startAt", code })],
        }),
      );
    }
  });
});
