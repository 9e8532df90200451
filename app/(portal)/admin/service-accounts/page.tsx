import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { CreateServiceAccount } from "@/components/accounts/create-service-account";
import { ServiceTable } from "@/components/accounts/service-table";
import { holdsPermission } from "@/components/requests/holds-permission";
import { pageLinks } from "@/components/requests/page-links";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listEnvironments, listOwnPermissions } from "@/lib/access/queries";
import { listRoles } from "@/lib/access/roles/queries";
import { listServiceAccounts } from "@/lib/identity/accounts/queries";
import { serviceAccountFilter } from "@/lib/identity/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accounts");
  return { title: t("service.title") };
}

interface PageProps {
  searchParams: Promise<SearchParameters>;
}

export default async function ServiceAccountsPage({ searchParams }: PageProps) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderAccounts(ctx, search));
}

async function renderAccounts(ctx: PersonContext, search: SearchParameters) {
  const [t, held] = await Promise.all([getTranslations("accounts"), listOwnPermissions(ctx)]);
  const filter = readSearch(serviceAccountFilter, search);
  const mayGive = holdsPermission(held, "rbac:manage") && holdsPermission(held, "rbac:read");
  const [page, roles, environments] = await Promise.all([
    listServiceAccounts(ctx, filter),
    mayGive ? listRoles(ctx) : [],
    listEnvironments(),
  ]);
  const offer = { roles: roles.filter(({ enabled }) => enabled), environments, systems: [] };
  return (
    <>
      <PageHeader
        title={t("service.title")}
        description={t("service.description")}
        breadcrumbs={[{ label: t("list.title"), href: "/admin/users" }, { label: t("service.title") }]}
        actions={<CreateServiceAccount offer={mayGive ? offer : null} />}
      />
      <FilterBar search={{ name: "q", label: t("service.search") }} />
      {page.items.length > 0 ? (
        <ServiceTable accounts={page.items} />
      ) : (
        <Card flush>
          <EmptyState icon="terminal" title={t(filter.q ? "service.noMatch" : "service.none")}>
            {t(filter.q ? "list.noMatchText" : "service.noneText")}
          </EmptyState>
        </Card>
      )}
      <Pagination {...pageLinks("/admin/service-accounts", search, page.nextCursor)} />
    </>
  );
}
