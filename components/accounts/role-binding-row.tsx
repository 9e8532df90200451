import { useTranslations } from "next-intl";
import { revokeRoleAction } from "@/app/actions/access";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { TableCell, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import { RefusedButton } from "@/components/ui/refused-button";
import type { BindingRow } from "@/lib/access/schema";

type RoleBindingRowProps = { binding: BindingRow; mayRevoke: boolean };

export function RoleBindingRow({ binding, mayRevoke }: RoleBindingRowProps) {
  const t = useTranslations("accounts");
  return (
    <TableRow>
      <TableCell className="py-1.5">
        <span className="inline-flex flex-wrap items-center gap-1.5">
          <TextLink href={`/admin/roles/${binding.roleId}`} className="font-medium">
            {binding.roleDisplayName}
          </TextLink>
          {!binding.roleEnabled && <Badge tone="warning">{t("roles.off")}</Badge>}
        </span>
      </TableCell>
      <TableCell label={t("roles.where")}>
        {binding.systemId === null ? (
          t("role.everywhere")
        ) : (
          <TextLink href={`/systems/${binding.systemId}`}>{binding.systemName}</TextLink>
        )}
      </TableCell>
      <TableCell label={t("roles.environments")}>
        <Environments binding={binding} />
      </TableCell>
      <TableCell label={t("roles.source")} className="text-ink-muted">
        <BindingSource binding={binding} />
      </TableCell>
      <TableCell label={t("roles.until")} className="text-ink-muted">
        {binding.isExpired && <Badge tone="warning">{t("roles.expired")}</Badge>}{" "}
        {binding.expiresAt ? <TimeAgo at={binding.expiresAt} /> : t("roles.forever")}
      </TableCell>
      {mayRevoke && (
        <TableCell className="py-1.5 sm:text-right">
          <RevokeRole binding={binding} />
        </TableCell>
      )}
    </TableRow>
  );
}

function Environments({ binding: { environments, roleId } }: { binding: BindingRow }) {
  const t = useTranslations("accounts.roles");
  if (environments.length === 0) {
    const passesAll = roleId === "role-platform-admin";
    return <span className="text-ink-faint">{t(passesAll ? "everyEnvironment" : "noEnvironment")}</span>;
  }
  return (
    <span className="inline-flex flex-wrap gap-1">
      {environments.map((name) => (
        <Badge key={name}>{name}</Badge>
      ))}
    </span>
  );
}

function BindingSource({ binding: { source, cohorts, grantedByName } }: { binding: BindingRow }) {
  const t = useTranslations("accounts.roles");
  if (source === "external_cohort") return t("cohort", { cohorts: cohorts.join(", ") });
  return source === "seed" ? t("seed") : grantedByName;
}

function RevokeRole({ binding }: { binding: BindingRow }) {
  const t = useTranslations("accounts.roles");
  const names = { role: binding.roleDisplayName, name: binding.displayName };
  if (binding.source === "external_cohort") {
    return (
      <RefusedButton size="sm" reason={t("cohortRefused")}>
        {t("revoke")}
      </RefusedButton>
    );
  }
  return (
    <ConfirmAction
      trigger={<Button size="sm">{t("revoke")}</Button>}
      title={t("revokeTitle", names)}
      description={t("revokeText", names)}
      confirmLabel={t("revoke")}
      action={revokeRoleAction}
      hidden={{ bindingId: binding.id, userId: binding.userId }}
      tone="danger"
      successMessage={t("revoked")}
    />
  );
}
