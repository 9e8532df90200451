import { ICalCalendar, ICalEventTransparency } from "ical-generator";
import { calendarName, summaryOf, type CalendarLocale } from "./labels";
import type { CalendarEntry } from "./schema";

const momentMs = 15 * 60_000;

/** The calendar in the words of RFC 5545; times are in UTC, so that no reader needs our zones. */
export function renderCalendar(
  entries: readonly CalendarEntry[],
  { locale, now, portal }: { locale: CalendarLocale; now: Date; portal: URL },
): string {
  const calendar = new ICalCalendar({
    name: calendarName(locale),
    prodId: { company: "Shepherd", product: "Changes", language: locale.slice(0, 2).toUpperCase() },
    ttl: 15 * 60,
  });
  for (const entry of entries) {
    const path = entry.kind === "request" ? `/requests/${entry.id}` : "/calendar";
    calendar.createEvent({
      id: `${entry.kind}-${entry.id}@${portal.hostname}`,
      start: entry.from,
      end: entry.to ?? new Date(entry.from.getTime() + momentMs),
      stamp: now,
      summary: summaryOf(entry, locale),
      url: new URL(path, portal).href,
      // Nobody is busy because work may begin.
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return calendar.toString();
}
