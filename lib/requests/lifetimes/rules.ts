import { TZDate } from "@date-fns/tz";
import type { ScheduleEntry } from "./schema";

const dayMs = 86_400_000;

/** Before an end people are told, each once; the numbers are days. */
export const noticeDays = [14, 7, 1] as const;

/** A run that could not begin within this time is missed, not made up for. */
export const lateSecondsMax = 900;

export interface LifetimeLimits {
  defaultDays: number | null;
  longestDays: number | null;
}

/** When a machine of this hour ends; null is never. A wish beyond the longest counts as the longest. */
export function endOfLife(now: Date, limits: LifetimeLimits, wishedDays: number | undefined): Date | null {
  const days = Math.min(wishedDays ?? limits.defaultDays ?? Infinity, limits.longestDays ?? Infinity);
  return days === Infinity ? null : addDays(now, days);
}

export function addDays(from: Date, days: number): Date {
  return new Date(from.getTime() + days * dayMs);
}

/** The shortest notice that is due and was not given yet; null where nothing is to be said. */
export function dueNotice(
  now: Date,
  life: { expiresAt: Date; noticedDays: number | null },
): (typeof noticeDays)[number] | null {
  const left = life.expiresAt.getTime() - now.getTime();
  if (left <= 0) return null;
  const due = noticeDays.filter((days) => left <= days * dayMs);
  const shortest = due.at(-1);
  return shortest === undefined || (life.noticedDays !== null && life.noticedDays <= shortest)
    ? null
    : shortest;
}

interface ExtensionFacts {
  now: Date;
  expiresAt: Date;
  extensions: number;
  longestDays: number | null;
  extensionsMax: number;
  extensionDaysMax: number;
}

/** By how many days one click extends a life at most now; null where somebody has to be asked. */
export function extendableDays(facts: ExtensionFacts): number | null {
  if (facts.extensions >= facts.extensionsMax) return null;
  const from = Math.max(facts.now.getTime(), facts.expiresAt.getTime());
  const latest = facts.longestDays === null ? Infinity : facts.now.getTime() + facts.longestDays * dayMs;
  const days = Math.min(facts.extensionDaysMax, Math.floor((latest - from) / dayMs));
  return days < 1 ? null : days;
}

/** A form's two hours as entries. */
export function entriesOf(form: {
  weekdays: number[];
  startTime?: string | undefined;
  stopTime?: string | undefined;
}): ScheduleEntry[] {
  const { weekdays, startTime, stopTime } = form;
  return [
    ...(startTime === undefined ? [] : [{ action: "start" as const, weekdays, time: startTime }]),
    ...(stopTime === undefined ? [] : [{ action: "stop" as const, weekdays, time: stopTime }]),
  ];
}

export interface Run {
  at: Date;
  action: ScheduleEntry["action"];
}

/**
 * The first run after this moment, by the clock on the wall of the zone. An hour that a change of clocks leaves out is
 * taken an hour later; one that comes twice is taken once.
 */
export function nextRun(entries: readonly ScheduleEntry[], timeZone: string, after: Date): Run | null {
  const runs = entries.flatMap((entry) => nextOf(entry, timeZone, after));
  // Where both fall on one minute, the stop is said first and the start wins the day.
  return (
    runs.toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.action === "stop" ? -1 : 1))[0] ?? null
  );
}

function nextOf(entry: ScheduleEntry, timeZone: string, after: Date): Run[] {
  const today = new TZDate(after.getTime(), timeZone);
  const [hours = 0, minutes = 0] = entry.time.split(":").map(Number);
  // Nine days, because a week's only day may lie behind already and a change of clocks may move an hour.
  for (let offset = -1; offset <= 8; offset += 1) {
    const at = new TZDate(
      today.getFullYear(),
      today.getMonth(),
      today.getDate() + offset,
      hours,
      minutes,
      timeZone,
    );
    const weekday = at.getDay() === 0 ? 7 : at.getDay();
    if (entry.weekdays.includes(weekday) && at.getTime() > after.getTime()) {
      return [{ at: new Date(at.getTime()), action: entry.action }];
    }
  }
  return [];
}
