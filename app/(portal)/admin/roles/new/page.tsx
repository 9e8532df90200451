import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { createRoleAction } from "@/app/actions/access";
import { RoleForm } from "@/components/access/role-form";
import { PageHeader } from "@/components/ui/page-header";
import { listOwnPermissions } from "@/lib/access/queries";
import { readRole } from "@/lib/access/roles/queries";
import { AppError } from "@/lib/core/errors";
import { platformAdmin } from "@/lib/vocabulary/permissions";
import { readPermissionGroups } from "../read-permission-groups";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access.form");
  return { title: t("newTitle") };
}

interface PageProps {
  searchParams: Promise<{ from?: string | string[] }>;
}

export default async function NewRolePage({ searchParams }: PageProps) {
  const ctx = await requireContext();
  const { from } = await searchParams;
  return showPage(ctx, () => renderNewRole(ctx, typeof from === "string" ? from : undefined));
}

const emptyRole = { displayName: "", description: "", permissions: [], requireMfa: false, enabled: true };

async function renderNewRole(ctx: PersonContext, from: string | undefined) {
  const t = await getTranslations("access");
  const [own, groups, original] = await Promise.all([
    listOwnPermissions(ctx),
    readPermissionGroups(ctx),
    from === undefined ? null : readRole(ctx, from),
  ]);
  if (!own.includes("rbac:manage") && !own.includes(platformAdmin))
    throw new AppError("PERMISSION_DENIED", { permission: "rbac:manage" });
  const grantable = new Set(
    groups.flatMap(({ permissions }) => permissions.flatMap((row) => (row.canGrant ? [row.permission] : []))),
  );
  const role = original && {
    ...original,
    displayName: "",
    permissions: original.permissions.filter((permission) => grantable.has(permission)),
  };
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("roles.title"), href: "/admin/roles" }, { label: t("form.newTitle") }]}
        title={original ? t("form.copyTitle", { name: original.displayName }) : t("form.newTitle")}
        description={t("form.newDescription")}
      />
      <RoleForm
        action={createRoleAction}
        groups={groups}
        role={role ?? emptyRole}
        cancelHref={original ? `/admin/roles/${original.id}` : "/admin/roles"}
      />
    </>
  );
}
