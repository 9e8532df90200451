import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { QuotaTable } from "@/components/quotas/quota-table";
import { pageLinks } from "@/components/requests/page-links";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listEnvironments } from "@/lib/access/queries";
import { listQuotas } from "@/lib/requests/quotas/queries";
import { quotaFilter } from "@/lib/requests/quotas/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("quotas");
  return { title: t("title") };
}

export default async function QuotasPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderQuotas(ctx, search));
}

async function renderQuotas(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("quotas");
  const [page, environments] = await Promise.all([
    listQuotas(ctx, readSearch(quotaFilter, search)),
    listEnvironments(),
  ]);
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <FilterBar
        search={{ name: "q", label: t("filter.search") }}
        filters={[
          {
            name: "environment",
            label: t("filter.environment"),
            options: environments.map(({ name, displayName }) => ({ value: name, label: displayName })),
          },
          {
            name: "limitedOnly",
            label: t("filter.limited"),
            options: [{ value: "true", label: t("filter.limitedOnly") }],
          },
        ]}
      />
      {page.items.length > 0 ? (
        <QuotaTable rooms={page.items} />
      ) : (
        <Card flush>
          <EmptyState icon="gauge" title={t("empty.title")}>
            {t("empty.text")}
          </EmptyState>
        </Card>
      )}
      <Pagination {...pageLinks("/admin/quotas", search, page.nextCursor)} />
    </>
  );
}
