import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { updateRoleAction } from "@/app/actions/access";
import { RoleForm } from "@/components/access/role-form";
import { PageHeader } from "@/components/ui/page-header";
import { readRole } from "@/lib/access/roles/queries";
import { readPermissionGroups } from "../../read-permission-groups";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access.roles");
  return { title: t("name") };
}

export default async function EditRolePage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderEditor(ctx, id));
}

async function renderEditor(ctx: PersonContext, roleId: string) {
  const t = await getTranslations("access");
  const [role, groups] = await Promise.all([readRole(ctx, roleId), readPermissionGroups(ctx)]);
  const page = `/admin/roles/${role.id}`;
  if (!role.canChange) redirect(page);
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: t("roles.title"), href: "/admin/roles" },
          { label: role.displayName, href: page },
          { label: t("role.edit") },
        ]}
        title={t("form.editTitle", { name: role.displayName })}
      />
      <RoleForm
        action={updateRoleAction}
        groups={groups}
        role={role}
        roleId={role.id}
        holderCount={role.holderCount}
        cancelHref={page}
      />
    </>
  );
}
