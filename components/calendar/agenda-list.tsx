import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ExactTime } from "@/components/ui/exact-time";
import { TextLink } from "@/components/ui/text-link";
import type { CalendarEntry } from "@/lib/requests/calendar/schema";
import { EntryMark, useEntryTitle } from "./entry-mark";

type AgendaListProps = { entries: readonly CalendarEntry[]; from: Date; to: Date };

/** The same as the month shows, in the order in which it happens. */
export function AgendaList({ entries, from, to }: AgendaListProps) {
  const t = useTranslations("calendar.agenda");
  const shown = entries.filter((entry) => entry.from < to && (entry.to ?? entry.from) >= from);
  if (shown.length === 0) {
    return (
      <Card flush>
        <EmptyState icon="clock" title={t("empty")}>
          {t("emptyText")}
        </EmptyState>
      </Card>
    );
  }
  return (
    <ol className="divide-y rounded-lg border bg-surface">
      {shown.map((entry) => (
        <AgendaEntry key={`${entry.kind}/${entry.id}`} entry={entry} />
      ))}
    </ol>
  );
}

function AgendaEntry({ entry }: { entry: CalendarEntry }) {
  const t = useTranslations("calendar");
  const titleOf = useEntryTitle();
  const title = titleOf(entry);
  return (
    <li className="grid gap-x-4 gap-y-0.5 px-3 py-2 text-sm sm:grid-cols-[15rem_minmax(0,1fr)_auto]">
      <span className="text-ink-muted tabular-nums">
        <ExactTime at={entry.from} style="short" />
        {entry.to !== null && (
          <>
            {" – "}
            <ExactTime at={entry.to} style="short" />
          </>
        )}
      </span>
      <span className="flex min-w-0 items-center gap-2">
        <EntryMark entry={entry} />
        <span className="sr-only">{t(`kind.${entry.kind}`)}</span>
        {entry.kind === "request" ? (
          <TextLink href={`/requests/${entry.id}`} className="min-w-0 truncate">
            {title}
          </TextLink>
        ) : (
          <span className="min-w-0 truncate">{title}</span>
        )}
      </span>
      <span className="font-mono text-xs text-ink-muted sm:text-right">
        {entry.environment ?? t("everywhere")}
      </span>
    </li>
  );
}
