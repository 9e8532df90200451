import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { ShadowTable } from "@/components/policies/shadow-table";
import { WatchingRules } from "@/components/policies/watching-rules";
import { pageLinks } from "@/components/requests/page-links";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import type { Page } from "@/lib/core/paging";
import { listPolicies, listShadowDecisions } from "@/lib/requests/policies/queries";
import { shadowFilter, type PolicyListRow, type ShadowRow } from "@/lib/requests/policies/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("policies.shadow");
  return { title: t("title") };
}

export default async function ShadowPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderShadow(ctx, search));
}

async function renderShadow(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("policies");
  const [policies, page] = await Promise.all([
    listPolicies(ctx, { state: "shadow" }),
    listShadowDecisions(ctx, readSearch(shadowFilter, search)),
  ]);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/admin/policies" }, { label: t("shadow.title") }]}
        title={t("shadow.title")}
        description={t("shadow.description")}
      />
      {policies.length > 0 ? (
        <>
          <WatchingRules policies={policies} />
          {await renderDifferences(policies, page)}
        </>
      ) : (
        <Card flush>
          <EmptyState icon="eye" title={t("shadow.none")}>
            {t("shadow.noneText")}
          </EmptyState>
        </Card>
      )}
      <Pagination {...pageLinks("/admin/policies/shadow", search, page.nextCursor)} />
    </>
  );
}

async function renderDifferences(policies: readonly PolicyListRow[], page: Page<ShadowRow>) {
  const t = await getTranslations("policies.shadow");
  return (
    <Section title={t("differences")}>
      <FilterBar
        filters={[
          {
            name: "policyId",
            label: t("filter"),
            options: policies.map(({ id, name }) => ({ value: id, label: name })),
          },
        ]}
      />
      {page.items.length > 0 ? (
        <ShadowTable rows={page.items} />
      ) : (
        <Card flush>
          <EmptyState icon="done" title={t("empty")}>
            {t("emptyText")}
          </EmptyState>
        </Card>
      )}
    </Section>
  );
}
