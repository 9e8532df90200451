import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { DifferenceTable } from "@/components/policies/difference-table";
import { ReplayResult } from "@/components/policies/replay-result";
import { pageLinks } from "@/components/requests/page-links";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import { policyEffects } from "@/lib/requests/policies/rules";
import { listReplayDifferences, readReplay } from "@/lib/requests/replays/queries";
import { differenceFilter, type ReplayDifference } from "@/lib/requests/replays/schema";
import { operations } from "@/lib/vocabulary/operations";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("policies.replays");
  return { title: t("one") };
}

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParameters>;
}

export default async function ReplayPage({ params, searchParams }: PageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = await searchParams;
  return showPage(ctx, () => renderReplay(ctx, id, search));
}

async function renderReplay(ctx: PersonContext, replayId: string, search: SearchParameters) {
  const t = await getTranslations("policies");
  const [replay, page] = await Promise.all([
    readReplay(ctx, replayId),
    listReplayDifferences(ctx, { ...readSearch(differenceFilter, search), replayId }),
  ]);
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: t("title"), href: "/admin/policies" },
          { label: t("replays.title"), href: "/admin/policies/replays" },
          { label: t("replays.one") },
        ]}
        title={t("replays.one")}
      />
      <ReplayResult replay={replay} />
      {replay.differing > 0 && (await renderDifferences(page.items))}
      <Pagination {...pageLinks(`/admin/policies/replays/${replayId}`, search, page.nextCursor)} />
    </>
  );
}

async function renderDifferences(rows: readonly ReplayDifference[]) {
  const t = await getTranslations("policies");
  return (
    <Section title={t("replays.differences")}>
      <FilterBar
        filters={[
          {
            name: "thenEffect",
            label: t("replays.filterEffect"),
            options: policyEffects.map((value) => ({ value, label: t(`effect.${value}`) })),
          },
          {
            name: "operation",
            label: t("replays.filterOperation"),
            options: operations.map((value) => ({ value, label: t(`operation.${value}`) })),
          },
        ]}
      />
      {rows.length > 0 ? (
        <DifferenceTable rows={rows} />
      ) : (
        <Card flush>
          <EmptyState icon="search" title={t("replays.empty")} />
        </Card>
      )}
    </Section>
  );
}
