import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { AgendaList } from "@/components/calendar/agenda-list";
import { FeedCard } from "@/components/calendar/feed-card";
import { MonthGrid } from "@/components/calendar/month-grid";
import { MonthLinks } from "@/components/calendar/month-links";
import { monthOf } from "@/components/calendar/month";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { listEnvironments } from "@/lib/access/queries";
import { listCalendar, readFeedState } from "@/lib/requests/calendar/queries";

const filter = z.strictObject({
  month: z
    .string()
    .regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
    .optional(),
  environment: z.string().max(60).optional(),
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("calendar");
  return { title: t("title") };
}

export default async function CalendarPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const asked = readSearch(filter, await searchParams);
  return showPage(ctx, () => renderCalendar(ctx, asked));
}

async function renderCalendar(ctx: PersonContext, { month: name, environment }: z.output<typeof filter>) {
  const t = await getTranslations("calendar");
  const month = monthOf(name, ctx.now);
  const [entries, environments, feed] = await Promise.all([
    listCalendar(ctx, { from: month.firstShown, to: month.afterShown, environment }),
    listEnvironments(),
    readFeedState(ctx),
  ]);
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <MonthLinks month={month} environment={environment} />
        <FilterBar
          keep={["month"]}
          filters={[
            {
              name: "environment",
              label: t("filter.environment"),
              options: environments.map((each) => ({ value: each.name, label: each.displayName })),
            },
          ]}
        />
      </div>
      <MonthGrid month={month} entries={entries} now={ctx.now} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,1fr)]">
        <Section title={t("agenda.title")}>
          <AgendaList entries={entries} from={month.first} to={month.after} />
        </Section>
        <FeedCard feed={feed} />
      </div>
    </>
  );
}
