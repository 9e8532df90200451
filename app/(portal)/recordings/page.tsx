import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { RecordingFilters } from "@/components/recordings/recording-filters";
import { RecordingTable } from "@/components/recordings/recording-table";
import { pageLinks } from "@/components/requests/page-links";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listEnvironments } from "@/lib/access/queries";
import { listRecordings } from "@/lib/console/recordings/queries";
import { recordingFilter } from "@/lib/console/recordings/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("recordings");
  return { title: t("title") };
}

export default async function RecordingsPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderRecordings(ctx, search));
}

async function renderRecordings(ctx: PersonContext, search: SearchParameters) {
  const filter = readSearch(recordingFilter, search);
  const [t, page, environments] = await Promise.all([
    getTranslations("recordings"),
    listRecordings(ctx, filter),
    listEnvironments(),
  ]);
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <RecordingFilters environments={environments} filter={filter} />
      {page.items.length > 0 ? (
        <RecordingTable recordings={page.items} />
      ) : (
        <Card flush>
          <EmptyState icon="monitor" title={t("empty")}>
            {t("emptyText")}
          </EmptyState>
        </Card>
      )}
      <Pagination {...pageLinks("/recordings", search, page.nextCursor)} />
    </>
  );
}
