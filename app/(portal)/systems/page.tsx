import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { pageLinks } from "@/components/requests/page-links";
import { CreateSystemDialog } from "@/components/systems/create-system-dialog";
import { SystemTable } from "@/components/systems/system-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listOwnPermissions } from "@/lib/access/queries";
import { listSystems } from "@/lib/systems/queries";
import { systemFilter } from "@/lib/systems/schema";
import { platformAdmin } from "@/lib/vocabulary/permissions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("systems");
  return { title: t("list.title") };
}

export default async function SystemsPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderList(ctx, search));
}

async function renderList(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("systems");
  const filter = readSearch(systemFilter, search);
  const [page, permissions] = await Promise.all([listSystems(ctx, filter), listOwnPermissions(ctx)]);
  const mayCreate = permissions.includes("system:write") || permissions.includes(platformAdmin);
  const create = mayCreate && <CreateSystemDialog />;
  return (
    <>
      <PageHeader title={t("list.title")} description={t("list.description")} actions={create} />
      <FilterBar search={{ name: "q", label: t("list.search") }} />
      {page.items.length > 0 ? (
        <SystemTable systems={page.items} />
      ) : (
        <Card flush>
          {filter.q ? (
            <EmptyState icon="search" title={t("list.noMatch")}>
              {t("list.noMatchExplanation")}
            </EmptyState>
          ) : (
            <EmptyState icon="folder" title={t("list.empty")} action={create}>
              {t("list.emptyExplanation")}
            </EmptyState>
          )}
        </Card>
      )}
      <Pagination {...pageLinks("/systems", search, page.nextCursor)} />
    </>
  );
}
