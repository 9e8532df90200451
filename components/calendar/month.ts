const dayMs = 86_400_000;

/** A month and the whole weeks around it, from Monday on; days are told in UTC, times in the reader's zone. */
export interface Month {
  name: string;
  previous: string;
  next: string;
  first: Date;
  after: Date;
  firstShown: Date;
  afterShown: Date;
  days: Date[];
}

/** Without a name, the month it is now. */
export function monthOf(name: string | undefined, now: Date): Month {
  const [year, month] = (name ?? now.toISOString().slice(0, 7)).split("-").map(Number);
  const first = new Date(Date.UTC(year ?? 2000, (month ?? 1) - 1, 1));
  const after = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1));
  const lead = (first.getUTCDay() + 6) % 7;
  const firstShown = new Date(first.getTime() - lead * dayMs);
  const weeks = Math.ceil((lead + (after.getTime() - first.getTime()) / dayMs) / 7);
  const days = Array.from(
    { length: weeks * 7 },
    (_, ahead) => new Date(firstShown.getTime() + ahead * dayMs),
  );
  return {
    ...{ name: nameOf(first), previous: nameOf(new Date(first.getTime() - dayMs)), next: nameOf(after) },
    ...{ first, after, firstShown, days },
    afterShown: new Date(firstShown.getTime() + days.length * dayMs),
  };
}

function nameOf(date: Date): string {
  return date.toISOString().slice(0, 7);
}

/** What of these touches a day. */
export function onDay<Entry extends { from: Date; to: Date | null }>(
  entries: readonly Entry[],
  day: Date,
): Entry[] {
  const after = new Date(day.getTime() + dayMs);
  return entries.filter(({ from, to }) => from < after && (to === null ? from >= day : to > day));
}
