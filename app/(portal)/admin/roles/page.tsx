import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { RoleTable } from "@/components/access/role-table";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { listOwnPermissions } from "@/lib/access/queries";
import { listRoles } from "@/lib/access/roles/queries";
import { platformAdmin } from "@/lib/vocabulary/permissions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access.roles");
  return { title: t("title") };
}

export default async function RolesPage() {
  const ctx = await requireContext();
  return showPage(ctx, () => renderRoles(ctx));
}

async function renderRoles(ctx: PersonContext) {
  const t = await getTranslations("access.roles");
  const [roles, permissions] = await Promise.all([listRoles(ctx), listOwnPermissions(ctx)]);
  const mayCreate = permissions.includes("rbac:manage") || permissions.includes(platformAdmin);
  const create = mayCreate && (
    <LinkButton href="/admin/roles/new" variant="primary">
      {t("create")}
    </LinkButton>
  );
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} actions={create} />
      <RoleTable roles={roles} />
    </>
  );
}
