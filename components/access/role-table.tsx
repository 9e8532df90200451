import { useTranslations } from "next-intl";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { RoleRow } from "@/lib/access/roles/schema";
import { platformAdmin } from "@/lib/vocabulary/permissions";
import { RoleBadges } from "./role-badges";
import { useRoleDescription, useRoleName } from "./role-words";

export function RoleTable({ roles }: { roles: readonly RoleRow[] }) {
  const t = useTranslations("access.roles");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell className="w-full">{t("name")}</HeadCell>
        <HeadCell>{t("permissions")}</HeadCell>
        <HeadCell>{t("holders")}</HeadCell>
        <HeadCell>{t("changed")}</HeadCell>
      </TableHead>
      <TableBody>
        {roles.map((role) => (
          <RoleTableRow key={role.id} role={role} />
        ))}
      </TableBody>
    </Table>
  );
}

function RoleTableRow({ role }: { role: RoleRow }) {
  const t = useTranslations("access");
  const nameOf = useRoleName();
  const descriptionOf = useRoleDescription();
  const isEverything = role.permissions.includes(platformAdmin);
  return (
    <TableRow>
      <TableCell className="py-2 sm:whitespace-normal">
        <span className="grid">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <RowLink href={`/admin/roles/${role.id}`}>{nameOf(role)}</RowLink>
            <RoleBadges role={role} />
          </span>
          <span className="max-w-xl text-xs text-pretty text-ink-faint">{descriptionOf(role)}</span>
        </span>
      </TableCell>
      <TableCell label={t("roles.permissions")}>
        {isEverything ? t("roles.everything") : t("count.permissions", { count: role.permissions.length })}
      </TableCell>
      <TableCell label={t("roles.holders")} className={role.holderCount === 0 ? "text-ink-faint" : ""}>
        {t("count.holders", { count: role.holderCount })}
      </TableCell>
      <TableCell label={t("roles.changed")} className="relative z-1 text-ink-muted">
        <TimeAgo at={role.updatedAt} />
      </TableCell>
    </TableRow>
  );
}
