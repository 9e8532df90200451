import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { nextPageHref } from "@/app/_http/next-page";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { AdoptionTable } from "@/components/adoption/adoption-table";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listClusters } from "@/lib/clusters/queries";
import { clusterFilter } from "@/lib/clusters/schema";
import { listAdoptions } from "@/lib/vms/adoption/queries";
import { adoptionFilter, adoptionStatuses } from "@/lib/vms/adoption/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("adoption");
  return { title: t("list.title") };
}

export default async function AdoptionsPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderAdoptions(ctx, search));
}

async function renderAdoptions(ctx: PersonContext, search: SearchParameters) {
  const filter = readSearch(adoptionFilter, search);
  const { items, nextCursor } = await listAdoptions(ctx, filter);
  const [t, clusters] = await Promise.all([
    getTranslations("adoption"),
    listClusters(ctx, clusterFilter.parse({ perPage: 100 })),
  ]);
  const filtered = Boolean(filter.q ?? filter.status ?? filter.clusterId ?? filter.cursor);
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader title={t("list.title")} description={t("list.explanation")} />
      <FilterBar
        search={{ name: "q", label: t("list.search") }}
        filters={[
          {
            name: "status",
            label: t("column.status"),
            options: adoptionStatuses.map((status) => ({ value: status, label: t(`status.${status}`) })),
          },
          {
            name: "clusterId",
            label: t("column.cluster"),
            options: clusters.items.map(({ id, displayName }) => ({ value: id, label: displayName })),
          },
        ]}
      />
      {items.length > 0 ? (
        <AdoptionTable adoptions={items} />
      ) : (
        <EmptyState icon="box" title={t(filtered ? "list.noMatch" : "list.empty")}>
          {t(filtered ? "list.noMatchDetail" : "list.emptyDetail")}
        </EmptyState>
      )}
      <Pagination nextHref={nextPageHref("/admin/adoptions", search, nextCursor)} />
    </div>
  );
}
