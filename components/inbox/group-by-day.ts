interface Dated {
  createdAt: Date;
}

export interface Day<Entry> {
  /** As 2026-11-23. */
  day: string;
  /** How many days before the reader's today. */
  distance: number;
  entries: Entry[];
}

const dayMs = 86_400_000;

/** Keeps the order; a day is one of the reader's calendar. */
export function groupByDay<Entry extends Dated>(
  entries: readonly Entry[],
  { timeZone, now }: { timeZone: string; now: Date },
): Day<Entry>[] {
  // Swedish writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone });
  const today = Date.parse(format.format(now));
  const days = Map.groupBy(entries, ({ createdAt }) => format.format(createdAt));
  return [...days].map(([day, ofDay]) => ({
    day,
    distance: Math.round((today - Date.parse(day)) / dayMs),
    entries: ofDay,
  }));
}
