import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { nextPageHref } from "@/app/_http/next-page";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { holdsPermission } from "@/components/requests/holds-permission";
import { TemplateTable } from "@/components/templates/template-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listOwnPermissions } from "@/lib/access/queries";
import { templateMachine } from "@/lib/catalog/templates/machine";
import { listTemplates } from "@/lib/catalog/templates/queries";
import { templateFilter } from "@/lib/catalog/templates/schema";
import { catalogScopes } from "@/lib/vocabulary/environments";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("templates.list");
  return { title: t("title") };
}

interface PageProps {
  searchParams: Promise<SearchParameters>;
}

export default async function TemplatesPage({ searchParams }: PageProps) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderCatalogue(ctx, search));
}

async function renderCatalogue(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("templates.list");
  const filter = readSearch(templateFilter, search);
  const [{ items, nextCursor }, own] = await Promise.all([
    listTemplates(ctx, filter),
    listOwnPermissions(ctx),
  ]);
  const mayWrite = holdsPermission(own, "template:write");
  const isFiltered = Boolean(filter.q ?? filter.scope ?? filter.status);
  const isEmpty = items.length === 0 && !isFiltered && filter.cursor === undefined;
  const actions = mayWrite && (
    <>
      <LinkButton href="/admin/images">{t("images")}</LinkButton>
      <LinkButton href="/admin/templates/new" variant="primary">
        {t("new")}
      </LinkButton>
    </>
  );
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader title={t("title")} description={t("description")} actions={!isEmpty && actions} />
      {!isEmpty && <CatalogueFilters />}
      {items.length > 0 ? (
        <TemplateTable rows={items} />
      ) : (
        <Card flush>
          <EmptyState
            icon="layers"
            title={t(isFiltered ? "noMatch" : "empty")}
            action={isFiltered ? undefined : actions}
          >
            {t(isFiltered ? "noMatchDetail" : "emptyDetail")}
          </EmptyState>
        </Card>
      )}
      <Pagination
        nextHref={nextPageHref("/admin/templates", search, nextCursor)}
        summary={items.length > 0 && t("count", { count: items.length })}
      />
    </div>
  );
}

async function CatalogueFilters() {
  const t = await getTranslations("templates");
  const catalog = await getTranslations("catalog");
  return (
    <FilterBar
      search={{ name: "q", label: t("list.search") }}
      filters={[
        {
          name: "status",
          label: t("column.status"),
          options: templateMachine.states.map((status) => ({
            value: status,
            label: catalog(`status.${status}`),
          })),
        },
        {
          name: "scope",
          label: t("column.scope"),
          options: catalogScopes.map((scope) => ({ value: scope, label: catalog(`scope.${scope}`) })),
        },
      ]}
    />
  );
}
