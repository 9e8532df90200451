import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { CreateUser } from "@/components/accounts/create-user";
import { UserTable } from "@/components/accounts/user-table";
import { holdsPermission } from "@/components/requests/holds-permission";
import { pageLinks } from "@/components/requests/page-links";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar, type Filter } from "@/components/ui/filter-bar";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listEnvironments, listOwnPermissions } from "@/lib/access/queries";
import { listRoles } from "@/lib/access/roles/queries";
import type { RoleRow } from "@/lib/access/roles/schema";
import { listUsers } from "@/lib/identity/accounts/queries";
import { userFilter } from "@/lib/identity/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accounts");
  return { title: t("list.title") };
}

export default async function UsersPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderUsers(ctx, search));
}

async function renderUsers(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("accounts");
  const held = await listOwnPermissions(ctx);
  const [page, roles, environments] = await Promise.all([
    listUsers(ctx, readSearch(userFilter, search)),
    holdsPermission(held, "rbac:read") ? listRoles(ctx) : [],
    listEnvironments(),
  ]);
  const offer = { roles: roles.filter(({ enabled }) => enabled), environments, systems: [] };
  return (
    <>
      <PageHeader
        title={t("list.title")}
        description={t("list.description")}
        actions={
          <>
            <LinkButton href="/admin/service-accounts">{t("list.services")}</LinkButton>
            <CreateUser offer={holdsPermission(held, "rbac:manage") ? offer : null} />
          </>
        }
      />
      <FilterBar search={{ name: "q", label: t("list.search") }} filters={await userFilters(roles)} />
      {page.items.length > 0 ? (
        <UserTable users={page.items} />
      ) : (
        <Card flush>
          <EmptyState icon="users" title={t("list.noMatch")}>
            {t("list.noMatchText")}
          </EmptyState>
        </Card>
      )}
      <Pagination {...pageLinks("/admin/users", search, page.nextCursor)} />
    </>
  );
}

const shownTypes = ["local", "oidc", "saml", "ldap"];

async function userFilters(roles: readonly RoleRow[]): Promise<Filter[]> {
  const t = await getTranslations("accounts");
  const role = roles.map(({ id, displayName }) => ({ value: id, label: displayName }));
  return [
    {
      name: "authType",
      label: t("list.source"),
      options: shownTypes.map((type) => ({ value: type, label: t(`source.${type}`) })),
    },
    {
      name: "enabled",
      label: t("list.status"),
      options: [
        { value: "true", label: t("status.enabled") },
        { value: "false", label: t("status.disabled") },
      ],
    },
    ...(role.length > 0 ? [{ name: "roleId", label: t("list.role"), options: role }] : []),
  ];
}
