import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { showDenied } from "@/app/_http/show-page";
import { nextPageHref } from "@/app/_http/next-page";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { CreateNamespace } from "@/components/clusters/namespace-actions";
import { NamespaceTable } from "@/components/clusters/namespace-table";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listEnvironments, listOwnPermissions } from "@/lib/access/queries";
import { listNamespaces } from "@/lib/clusters/queries";
import { namespaceFilter } from "@/lib/clusters/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clusters");
  return { title: t("namespaces.title") };
}

interface PageProps {
  searchParams: Promise<SearchParameters>;
}

export default async function NamespacesPage({ searchParams }: PageProps) {
  const ctx = await requireContext();
  const permissions = await listOwnPermissions(ctx);
  const isAdministrator = permissions.includes("platform:admin");
  if (!isAdministrator && !permissions.includes("namespace:read")) {
    return showDenied(ctx, "namespace:read");
  }
  const search = await searchParams;
  const { cursor, ...filter } = readSearch(namespaceFilter, search);
  const [t, { items, nextCursor }, environments] = await Promise.all([
    getTranslations("clusters"),
    listNamespaces(ctx, cursor === undefined ? filter : { ...filter, cursor }),
    listEnvironments(),
  ]);
  const mayWrite = isAdministrator || permissions.includes("namespace:write");
  const filtered = Boolean(filter.q ?? filter.environment);
  const isEmpty = items.length === 0 && !filtered && cursor === undefined;
  const create = mayWrite && <CreateNamespace environments={environments} />;
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader
        title={t("namespaces.title")}
        description={t("namespaces.explanation")}
        actions={!isEmpty && create}
      />
      <FilterBar
        search={{ name: "q", label: t("namespaces.search") }}
        filters={[
          {
            name: "environment",
            label: t("fields.environment"),
            options: environments.map(({ name, displayName }) => ({ value: name, label: displayName })),
          },
        ]}
      />
      {items.length > 0 ? (
        <NamespaceTable namespaces={items} />
      ) : (
        <EmptyState
          icon="folder"
          title={t(filtered ? "list.noMatch" : "namespaces.empty")}
          action={filtered ? undefined : create}
        >
          {t(filtered ? "list.noMatchDetail" : "namespaces.emptyDetail")}
        </EmptyState>
      )}
      <Pagination nextHref={nextPageHref("/admin/namespaces", search, nextCursor)} />
    </div>
  );
}
