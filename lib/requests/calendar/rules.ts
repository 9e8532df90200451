import { TZDate } from "@date-fns/tz";
import { fieldRefused } from "@/lib/core/errors";
import type { AnyOperation } from "@/lib/vocabulary/operations";

/** When work may begin, in local time of a zone. */
export interface WindowFacts {
  name: string;
  /** 1 is Monday. */
  weekdays: readonly number[];
  /** Such as 22:00. */
  startsAt: string;
  durationMinutes: number;
  timeZone: string;
  /** Empty holds for all. */
  operations: readonly string[];
}

export interface FreezeFacts {
  reason: string;
  startsAt: Date;
  endsAt: Date;
  operations: readonly string[];
}

/** What keeps an approved request from starting now. */
export interface HoldReason {
  kind: "scheduled" | "window" | "freeze";
  /** Of the window it starts in, or what the freeze is for. */
  name: string | null;
}

export interface Opening {
  at: Date;
  /** Null where it may begin at once. */
  reason: HoldReason | null;
}

export interface Span {
  name: string;
  from: Date;
  to: Date;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** Windows come back every week, so whoever waits longer waits for freezes that follow each other. */
const horizonDays = 800;
export const startAheadDaysMax = 90;

/** What a person asks for may lie ahead, not behind, and not beyond what anybody remembers. */
export function requireStartAt(startAt: string | undefined, now: Date): Date | null {
  if (startAt === undefined) return null;
  const at = new Date(startAt);
  if (at.getTime() < now.getTime() - minuteMs) throw fieldRefused("startAt", "past");
  if (at.getTime() > now.getTime() + startAheadDaysMax * dayMs) {
    throw fieldRefused("startAt", "too_far", { maximum: startAheadDaysMax });
  }
  return at;
}

/** A freeze that is over holds nothing back. */
export function datesOfFreeze(
  { startsAt, endsAt }: { startsAt: string; endsAt: string },
  now: Date,
): { startsAt: Date; endsAt: Date } {
  const dates = { startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
  if (dates.endsAt <= dates.startsAt) throw fieldRefused("endsAt", "before_start");
  if (dates.endsAt <= now) throw fieldRefused("endsAt", "past");
  return dates;
}

/**
 * The first moment, from the wished one on, that lies in a window and in no freeze; null where freezes leave none. An
 * environment without windows for the operation is always open.
 */
export function chooseOpening(
  calendar: { windows: readonly WindowFacts[]; freezes: readonly FreezeFacts[] },
  asked: { operation: AnyOperation; startAt: Date | null; now: Date },
): Opening | null {
  const covers = ({ operations }: { operations: readonly string[] }) =>
    operations.length === 0 || operations.includes(asked.operation);
  const windows = calendar.windows.filter(covers);
  const freezes = calendar.freezes.filter(covers);
  const isScheduled = asked.startAt !== null && asked.startAt > asked.now;
  const opening: Opening = isScheduled
    ? { at: asked.startAt ?? asked.now, reason: { kind: "scheduled", name: null } }
    : { at: asked.now, reason: null };
  return settleOpening(windows, freezes, opening);
}

function settleOpening(
  windows: readonly WindowFacts[],
  freezes: readonly FreezeFacts[],
  first: Opening,
): Opening | null {
  const latest = first.at.getTime() + horizonDays * dayMs;
  let opening = first;
  while (opening.at.getTime() <= latest) {
    const later = laterThan(windows, freezes, opening.at);
    if (later === "never") return null;
    if (later === null) return opening;
    opening = later;
  }
  return null;
}

/** What moves the start on, and to where; null where nothing does. */
function laterThan(
  windows: readonly WindowFacts[],
  freezes: readonly FreezeFacts[],
  at: Date,
): Opening | null | "never" {
  const freeze = freezes.find(({ startsAt, endsAt }) => startsAt <= at && at < endsAt);
  if (freeze !== undefined) {
    return { at: freeze.endsAt, reason: { kind: "freeze", name: freeze.reason } };
  }
  if (windows.length === 0) return null;
  const spans = windows.flatMap((window) => spansOf(window, at, new Date(at.getTime() + 15 * dayMs)));
  if (spans.some(({ from, to }) => from <= at && at < to)) return null;
  const next = spans
    .filter(({ from }) => from > at)
    .toSorted((a, b) => a.from.getTime() - b.from.getTime())[0];
  // A window's name says more than the freeze or the wish that led to it.
  return next === undefined ? "never" : { at: next.from, reason: { kind: "window", name: next.name } };
}

/** Every time a window is open between two moments, in order; one that began before and is still open is among them. */
export function spansOf(window: WindowFacts, from: Date, to: Date): Span[] {
  const lengthMs = window.durationMinutes * minuteMs;
  const firstDay = new TZDate(from.getTime() - lengthMs - dayMs, window.timeZone);
  const days = Math.ceil((to.getTime() - firstDay.getTime()) / dayMs) + 1;
  const [hours = 0, minutes = 0] = window.startsAt.split(":").map(Number);
  const spans: Span[] = [];
  for (let ahead = 0; ahead <= days; ahead += 1) {
    const day = [firstDay.getFullYear(), firstDay.getMonth(), firstDay.getDate() + ahead] as const;
    const noon = new TZDate(...day, 12, 0, 0, window.timeZone);
    if (!window.weekdays.includes(noon.getDay() === 0 ? 7 : noon.getDay())) continue;
    const start = firstOf(new TZDate(...day, hours, minutes, 0, window.timeZone));
    if (start + lengthMs <= from.getTime() || start >= to.getTime()) continue;
    spans.push({ name: window.name, from: new Date(start), to: new Date(start + lengthMs) });
  }
  return spans;
}

/** A local time that a clock change skips is as much later; one that comes twice counts when it comes first. */
function firstOf(start: TZDate): number {
  const twin = [60, 30]
    .map((minutes) => new TZDate(start.getTime() - minutes * minuteMs, start.timeZone))
    .find(
      (earlier) => earlier.getHours() === start.getHours() && earlier.getMinutes() === start.getMinutes(),
    );
  return (twin ?? start).getTime();
}
