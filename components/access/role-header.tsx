import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import type { RoleDetail } from "@/lib/access/roles/schema";
import { DeleteRole } from "./delete-role";
import { RoleBadges } from "./role-badges";
import { useRoleDescription, useRoleName } from "./role-words";

export function RoleHeader({ role, manages }: { role: RoleDetail; manages: boolean }) {
  const t = useTranslations("access");
  const nameOf = useRoleName();
  const descriptionOf = useRoleDescription();
  return (
    <PageHeader
      breadcrumbs={[{ label: t("roles.title"), href: "/admin/roles" }, { label: nameOf(role) }]}
      title={nameOf(role)}
      description={descriptionOf(role)}
      badges={<RoleBadges role={role} />}
      actions={
        manages && (
          <>
            <LinkButton href={`/admin/roles/new?from=${encodeURIComponent(role.id)}`}>
              {t("role.copy")}
            </LinkButton>
            {!role.isBuiltin && <DeleteRole role={role} />}
            {role.canChange && (
              <LinkButton href={`/admin/roles/${role.id}/edit`} variant="primary">
                {t("role.edit")}
              </LinkButton>
            )}
          </>
        )
      }
    />
  );
}
