import { useTranslations } from "next-intl";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { BindingRow } from "@/lib/access/schema";
import { EnvironmentBadges, GrantEnd, GrantSource } from "./grant-facts";
import { PersonCell } from "./person-cell";

interface HolderTableProps {
  bindings: readonly BindingRow[];
  /** May open the pages of accounts. */
  seesAccounts: boolean;
}

/** Who holds a role, where, from where and until when. */
export function HolderTable({ bindings, seesAccounts }: HolderTableProps) {
  const t = useTranslations("access.holders");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell className="w-full">{t("person")}</HeadCell>
        <HeadCell>{t("where")}</HeadCell>
        <HeadCell>{t("environments")}</HeadCell>
        <HeadCell>{t("source")}</HeadCell>
        <HeadCell>{t("since")}</HeadCell>
        <HeadCell>{t("expires")}</HeadCell>
      </TableHead>
      <TableBody>
        {bindings.map((binding) => (
          <HolderRow key={binding.id} binding={binding} seesAccounts={seesAccounts} />
        ))}
      </TableBody>
    </Table>
  );
}

type HolderRowProps = Pick<HolderTableProps, "seesAccounts"> & { binding: BindingRow };

function HolderRow({ binding, seesAccounts }: HolderRowProps) {
  const t = useTranslations("access");
  return (
    <TableRow>
      <TableCell className="py-2">
        <PersonCell
          displayName={binding.displayName}
          username={binding.username}
          isEnabled={binding.userEnabled}
          href={seesAccounts ? `/admin/users/${binding.userId}` : undefined}
        />
      </TableCell>
      <TableCell label={t("holders.where")}>
        {binding.systemId === null ? (
          t("place.everywhere")
        ) : (
          <TextLink href={`/systems/${binding.systemId}`}>{binding.systemName}</TextLink>
        )}
      </TableCell>
      <TableCell label={t("holders.environments")}>
        <EnvironmentBadges environments={binding.environments} />
      </TableCell>
      <TableCell
        label={t("holders.source")}
        className="max-w-72 text-ink-muted sm:min-w-40 sm:whitespace-normal"
      >
        <GrantSource source={binding.source} by={binding.grantedByName} groups={binding.cohorts} />
      </TableCell>
      <TableCell label={t("holders.since")} className="text-ink-muted">
        <TimeAgo at={binding.createdAt} />
      </TableCell>
      <TableCell label={t("holders.expires")} className="text-ink-muted">
        <GrantEnd at={binding.expiresAt} />
      </TableCell>
    </TableRow>
  );
}
