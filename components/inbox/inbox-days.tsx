import { useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import type { NotificationRow } from "@/lib/notifications/schema";
import { groupByDay } from "./group-by-day";
import { InboxEntry } from "./inbox-entry";

type InboxDaysProps = { entries: readonly NotificationRow[]; timeZone: string; now: Date };

/** The entries under the days they came on, as the reader's calendar counts days. */
export function InboxDays({ entries, timeZone, now }: InboxDaysProps) {
  return (
    <div className="grid min-w-0 gap-5">
      {groupByDay(entries, { timeZone, now }).map(({ day, distance, entries: ofDay }) => (
        <section key={day} aria-labelledby={`day-${day}`} className="grid min-w-0 gap-2">
          <h2 id={`day-${day}`} className="text-xs font-medium text-ink-muted">
            <DayName day={day} distance={distance} />
          </h2>
          <Card flush>
            <ul className="divide-y">
              {ofDay.map((entry) => (
                <InboxEntry key={entry.id} entry={entry} />
              ))}
            </ul>
          </Card>
        </section>
      ))}
    </div>
  );
}

function DayName({ day, distance }: { day: string; distance: number }) {
  const t = useTranslations("inbox");
  const locale = useLocale();
  if (distance === 0) return t("today");
  if (distance === 1) return t("yesterday");
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" });
  return format.format(new Date(`${day}T00:00:00Z`));
}
