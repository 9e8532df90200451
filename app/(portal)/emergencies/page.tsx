import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { nextPageHref } from "@/app/_http/next-page";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { EmergencyTable } from "@/components/emergencies/emergency-table";
import { StartEmergency } from "@/components/emergencies/start-emergency";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listEmergencies, readEmergencyPlaces } from "@/lib/requests/emergencies/queries";
import { emergencyFilter } from "@/lib/requests/emergencies/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("emergencies");
  return { title: t("title") };
}

export default async function EmergenciesPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  const filter = readSearch(emergencyFilter, search);
  const [t, page, places] = await Promise.all([
    getTranslations("emergencies"),
    listEmergencies(ctx, filter),
    readEmergencyPlaces(ctx),
  ]);
  const isFiltered = filter.state !== undefined || filter.cursor !== undefined;
  const states = ["running", "unreviewed", "reviewed"] as const;
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={<StartEmergency {...places} />}
      />
      <FilterBar
        filters={[
          {
            name: "state",
            label: t("filter"),
            options: states.map((state) => ({ value: state, label: t(`state.${state}`) })),
          },
        ]}
      />
      {page.items.length > 0 ? (
        <EmergencyTable emergencies={page.items} now={ctx.now} />
      ) : (
        <EmptyState icon="inbox" title={t(isFiltered ? "noMatch" : "empty")}>
          {t(isFiltered ? "noMatchText" : "emptyText")}
        </EmptyState>
      )}
      <Pagination nextHref={nextPageHref("/emergencies", search, page.nextCursor)} />
    </>
  );
}
