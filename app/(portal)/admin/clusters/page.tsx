import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { nextPageHref } from "@/app/_http/next-page";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { ClusterTable } from "@/components/clusters/cluster-table";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listEnvironments, listOwnPermissions } from "@/lib/access/queries";
import { listHealthStrips } from "@/lib/clusters/health/queries";
import { clusterMachine } from "@/lib/clusters/machine";
import { listClusters } from "@/lib/clusters/queries";
import { clusterFilter } from "@/lib/clusters/schema";
import type { Context } from "@/lib/core/context";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clusters");
  return { title: t("list.title") };
}

interface PageProps {
  searchParams: Promise<SearchParameters>;
}

export default async function ClustersPage({ searchParams }: PageProps) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderList(ctx, search));
}

async function renderList(ctx: Context, search: SearchParameters) {
  const t = await getTranslations("clusters");
  const { cursor, ...filter } = readSearch(clusterFilter, search);
  const [{ items, nextCursor }, environments, permissions] = await Promise.all([
    listClusters(ctx, cursor === undefined ? filter : { ...filter, cursor }),
    listEnvironments(),
    listOwnPermissions(ctx),
  ]);
  const mayWrite = permissions.includes("cluster:write") || permissions.includes("platform:admin");
  const strips = await listHealthStrips(
    ctx,
    items.map(({ id }) => id),
  );
  const filtered = Boolean(filter.q ?? filter.environment ?? filter.status);
  const isEmpty = items.length === 0 && !filtered && cursor === undefined;
  const register = mayWrite && (
    <LinkButton href="/admin/clusters/new" variant="primary">
      {t("list.register")}
    </LinkButton>
  );
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader
        title={t("list.title")}
        description={t("list.description")}
        actions={!isEmpty && register}
      />
      <FilterBar
        search={{ name: "q", label: t("list.search") }}
        filters={[
          {
            name: "environment",
            label: t("fields.environment"),
            options: environments.map(({ name, displayName }) => ({ value: name, label: displayName })),
          },
          {
            name: "status",
            label: t("fields.status"),
            options: clusterMachine.states.map((status) => ({ value: status, label: t(`status.${status}`) })),
          },
        ]}
      />
      {items.length > 0 ? (
        <ClusterTable clusters={items} strips={strips} />
      ) : (
        <EmptyState
          icon="server"
          title={t(filtered ? "list.noMatch" : "list.empty")}
          action={filtered ? undefined : register}
        >
          {t(filtered ? "list.noMatchDetail" : "list.emptyDetail")}
        </EmptyState>
      )}
      <Pagination nextHref={nextPageHref("/admin/clusters", search, nextCursor)} />
    </div>
  );
}
