import { useTranslations } from "next-intl";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ServiceAccountRow } from "@/lib/identity/schema";
import { AccountStatus } from "./account-status";
import { RoleNames } from "./role-names";

export function ServiceTable({ accounts }: { accounts: readonly ServiceAccountRow[] }) {
  const t = useTranslations("accounts");
  return (
    <Table caption={t("service.title")}>
      <TableHead>
        <HeadCell>{t("field.name")}</HeadCell>
        <HeadCell>{t("field.status")}</HeadCell>
        <HeadCell>{t("field.roles")}</HeadCell>
        <HeadCell className="sm:text-right">{t("field.tokens")}</HeadCell>
        <HeadCell>{t("field.lastUsed")}</HeadCell>
        <HeadCell>{t("field.created")}</HeadCell>
      </TableHead>
      <TableBody>
        {accounts.map((account) => (
          <ServiceTableRow key={account.id} account={account} />
        ))}
      </TableBody>
    </Table>
  );
}

function ServiceTableRow({ account }: { account: ServiceAccountRow }) {
  const t = useTranslations("accounts");
  return (
    <TableRow>
      <TableCell className="py-2">
        <RowLink href={`/admin/service-accounts/${account.id}`}>{account.displayName}</RowLink>
        <span className="block font-mono text-xs text-ink-faint">{account.username}</span>
      </TableCell>
      <TableCell label={t("field.status")}>
        <AccountStatus enabled={account.enabled} look="plain" />
      </TableCell>
      <TableCell label={t("field.roles")}>
        <RoleNames roles={account.roles} />
      </TableCell>
      <TableCell label={t("field.tokens")} numeric>
        {account.tokenCount}
      </TableCell>
      <TableCell label={t("field.lastUsed")} className="relative z-1 text-ink-muted">
        {account.lastUsedAt ? <TimeAgo at={account.lastUsedAt} /> : t("never")}
      </TableCell>
      <TableCell label={t("field.created")} className="relative z-1 text-ink-muted">
        <TimeAgo at={account.createdAt} />
      </TableCell>
    </TableRow>
  );
}
