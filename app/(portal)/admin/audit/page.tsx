import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { AuditTable } from "@/components/audit/audit-table";
import { pageLinks } from "@/components/requests/page-links";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listAudit } from "@/lib/audit/queries";
import { auditFilter } from "@/lib/audit/schema";
import { auditActions } from "@/lib/vocabulary/audit-actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderAudit(ctx, search));
}

async function renderAudit(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("audit");
  const page = await listAudit(ctx, readSearch(auditFilter, search));
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <FilterBar
        search={{ name: "actor", label: t("filter.actor") }}
        filters={[
          {
            name: "action",
            label: t("filter.action"),
            options: auditActions.map((action) => ({ value: action, label: action })),
          },
        ]}
      />
      {page.items.length > 0 ? (
        <AuditTable records={page.items} />
      ) : (
        <Card flush>
          <EmptyState icon="scroll" title={t("empty")}>
            {t("emptyExplanation")}
          </EmptyState>
        </Card>
      )}
      <Pagination {...pageLinks("/admin/audit", search, page.nextCursor)} />
    </>
  );
}
