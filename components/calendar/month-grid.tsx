import { useFormatter, useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import type { CalendarEntry } from "@/lib/requests/calendar/schema";
import { entryLooks, useEntryTitle } from "./entry-mark";
import { onDay, type Month } from "./month";

const shownPerDay = 3;
const weekdays = ["1", "2", "3", "4", "5", "6", "7"] as const;

type MonthGridProps = { month: Month; entries: readonly CalendarEntry[]; now: Date };

/** Whole weeks; on phones the agenda below says the same. */
export function MonthGrid({ month, entries, now }: MonthGridProps) {
  const t = useTranslations("calendar");
  return (
    <div className="overflow-hidden rounded-lg border bg-surface max-sm:hidden">
      <div className="grid grid-cols-7 border-b text-xs font-medium text-ink-muted">
        {weekdays.map((weekday) => (
          <span key={weekday} className="px-2 py-1.5">
            {t(`weekday.${weekday}`)}
          </span>
        ))}
      </div>
      <ol className="grid grid-cols-7 gap-px bg-line">
        {month.days.map((day) => (
          <Day
            key={day.toISOString()}
            day={day}
            entries={onDay(entries, day)}
            isOutside={day < month.first || day >= month.after}
            isToday={day.toISOString().slice(0, 10) === now.toISOString().slice(0, 10)}
          />
        ))}
      </ol>
    </div>
  );
}

type DayProps = { day: Date; entries: CalendarEntry[]; isOutside: boolean; isToday: boolean };

function Day({ day, entries, isOutside, isToday }: DayProps) {
  const t = useTranslations("calendar");
  const { dateTime } = useFormatter();
  const rest = entries.length - shownPerDay;
  return (
    <li
      className={cn("grid min-h-24 min-w-0 content-start gap-1 bg-surface p-1.5", isOutside && "bg-sunken")}
    >
      <time
        dateTime={day.toISOString().slice(0, 10)}
        aria-current={isToday ? "date" : undefined}
        className={cn(
          "grid size-6 place-items-center rounded-full text-xs tabular-nums",
          isOutside ? "text-ink-faint" : "text-ink-muted",
          isToday && "bg-accent font-semibold text-accent-contrast",
        )}
      >
        {dateTime(day, { day: "numeric", timeZone: "UTC" })}
      </time>
      {entries.slice(0, shownPerDay).map((entry) => (
        <Entry key={`${entry.kind}/${entry.id}`} entry={entry} />
      ))}
      {rest > 0 && <span className="px-1 text-xs text-ink-faint">{t("more", { count: rest })}</span>}
    </li>
  );
}

function Entry({ entry }: { entry: CalendarEntry }) {
  const t = useTranslations("calendar");
  const titleOf = useEntryTitle();
  const title = titleOf(entry);
  const looks = cn("block truncate rounded-xs border px-1 text-xs", entryLooks[entry.kind]);
  const words = `${t(`kind.${entry.kind}`)}: ${title} (${entry.environment ?? t("everywhere")})`;
  if (entry.kind === "request") {
    return (
      <Link href={`/requests/${entry.id}`} title={words} className={cn(looks, "hover:underline")}>
        {title}
      </Link>
    );
  }
  return (
    <span title={words} className={looks}>
      {title}
    </span>
  );
}
