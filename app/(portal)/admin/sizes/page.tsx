import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { nextPageHref } from "@/app/_http/next-page";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { SizeTable, type SizeSort } from "@/components/sizes/size-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listOwnPermissions } from "@/lib/access/queries";
import { listSizes } from "@/lib/catalog/sizes/queries";
import { sizeFilter, sizeHardware, sizeStates, type SizeFilter } from "@/lib/catalog/sizes/schema";
import { catalogScopes } from "@/lib/vocabulary/environments";
import { platformAdmin } from "@/lib/vocabulary/permissions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sizes.list");
  return { title: t("title") };
}

interface PageProps {
  searchParams: Promise<SearchParameters>;
}

export default async function SizesPage({ searchParams }: PageProps) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderList(ctx, search));
}

async function renderList(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("sizes");
  const filter = readSearch(sizeFilter, search);
  const [{ items, nextCursor }, own] = await Promise.all([listSizes(ctx, filter), listOwnPermissions(ctx)]);
  const mayWrite = own.includes("instance_size:write") || own.includes(platformAdmin);
  const isFiltered = Boolean(filter.q ?? filter.catalogScope ?? filter.state ?? filter.hardware);
  const isEmpty = items.length === 0 && !isFiltered && filter.cursor === undefined;
  const actions = mayWrite && (
    <>
      <LinkButton href="/admin/sizes/import">{t("list.import")}</LinkButton>
      <LinkButton href="/admin/sizes/new" variant="primary">
        {t("list.new")}
      </LinkButton>
    </>
  );
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader title={t("list.title")} description={t("list.description")} actions={!isEmpty && actions} />
      {!isEmpty && <SizeFilters />}
      {items.length > 0 ? (
        <SizeTable sizes={items} sortOf={(column) => sortLink(column, filter, search)} />
      ) : (
        <Card flush>
          <EmptyState
            icon="cpu"
            title={t(isFiltered ? "list.noMatch" : "list.empty")}
            action={isFiltered ? undefined : actions}
          >
            {t(isFiltered ? "list.noMatchDetail" : "list.emptyDetail")}
          </EmptyState>
        </Card>
      )}
      <Pagination
        nextHref={nextPageHref("/admin/sizes", search, nextCursor)}
        summary={items.length > 0 && t("list.count", { count: items.length })}
      />
    </div>
  );
}

async function SizeFilters() {
  const t = await getTranslations("sizes");
  return (
    <FilterBar
      search={{ name: "q", label: t("list.search") }}
      keep={["sortBy", "sortOrder"]}
      filters={[
        {
          name: "catalogScope",
          label: t("column.scope"),
          options: catalogScopes.map((scope) => ({ value: scope, label: t(`scope.${scope}`) })),
        },
        {
          name: "state",
          label: t("column.state"),
          options: sizeStates.map((state) => ({ value: state, label: t(`filter.${state}`) })),
        },
        {
          name: "hardware",
          label: t("column.extras"),
          options: sizeHardware.map((kind) => ({ value: kind, label: t(`hardware.${kind}`) })),
        },
      ]}
    />
  );
}

/** Another click turns the order around; a page of the old order means nothing in the new one. */
function sortLink(column: SizeSort, { sortBy, sortOrder }: SizeFilter, search: SearchParameters) {
  const isSorted = sortBy === column;
  const next = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === "string" && name !== "cursor") next.set(name, value);
  }
  next.set("sortBy", column);
  next.set("sortOrder", isSorted && sortOrder === "asc" ? "desc" : "asc");
  const direction = sortOrder === "asc" ? ("ascending" as const) : ("descending" as const);
  return { href: `/admin/sizes?${next.toString()}`, direction: isSorted ? direction : ("none" as const) };
}
