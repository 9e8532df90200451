import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { HolderSection } from "@/components/access/holder-section";
import { RoleAside } from "@/components/access/role-aside";
import { RoleHeader } from "@/components/access/role-header";
import { RoleReach } from "@/components/access/role-reach";
import { pageLinks } from "@/components/requests/page-links";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import { listBindings, listOwnPermissions } from "@/lib/access/queries";
import { readRole } from "@/lib/access/roles/queries";
import { bindingFilter } from "@/lib/access/schema";
import { platformAdmin } from "@/lib/vocabulary/permissions";
import { readPermissionGroups } from "../read-permission-groups";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access.roles");
  return { title: t("name") };
}

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParameters>;
}

export default async function RolePage({ params, searchParams }: PageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = await searchParams;
  return showPage(ctx, () => renderRole(ctx, id, search));
}

async function renderRole(ctx: PersonContext, roleId: string, search: SearchParameters) {
  const t = await getTranslations("access.role");
  const [role, groups, holders, own] = await Promise.all([
    readRole(ctx, roleId),
    readPermissionGroups(ctx),
    listBindings(ctx, { ...readSearch(bindingFilter, search), roleId }),
    listOwnPermissions(ctx),
  ]);
  const manages = own.includes("rbac:manage") || own.includes(platformAdmin);
  return (
    <>
      <RoleHeader role={role} manages={manages} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(17rem,1fr)]">
        <Section title={t("reach")} description={t("reachDescription")}>
          <RoleReach permissions={role.permissions} groups={groups} />
        </Section>
        <RoleAside role={role} manages={manages} />
      </div>
      <HolderSection
        bindings={holders.items}
        seesAccounts={own.includes("user:manage") || own.includes(platformAdmin)}
      />
      <Pagination {...pageLinks(`/admin/roles/${roleId}`, search, holders.nextCursor)} />
    </>
  );
}
