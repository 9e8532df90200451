import { useTranslations } from "next-intl";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ProviderRow } from "@/lib/identity/providers/schema";
import { ProviderState, ProviderTypeBadge } from "./provider-type-badge";

/** In the order of the sign-in page. */
export function ProviderTable({ providers }: { providers: readonly ProviderRow[] }) {
  const t = useTranslations("providers.list");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell className="w-full">{t("name")}</HeadCell>
        <HeadCell>{t("type")}</HeadCell>
        <HeadCell>{t("state")}</HeadCell>
        <HeadCell className="sm:text-right">{t("people")}</HeadCell>
        <HeadCell className="sm:text-right">{t("mappings")}</HeadCell>
        <HeadCell>{t("synced")}</HeadCell>
      </TableHead>
      <TableBody>
        {providers.map((provider) => (
          <ProviderTableRow key={provider.id} provider={provider} />
        ))}
      </TableBody>
    </Table>
  );
}

function ProviderTableRow({ provider }: { provider: ProviderRow }) {
  const t = useTranslations("providers.list");
  return (
    <TableRow>
      <TableCell className="max-w-0 py-2 max-sm:max-w-none">
        <span className="grid min-w-0">
          <RowLink href={`/admin/identity/${provider.id}`}>{provider.name}</RowLink>
          <span className="block truncate font-mono text-xs text-ink-faint">{provider.server}</span>
        </span>
      </TableCell>
      <TableCell label={t("type")}>
        <ProviderTypeBadge type={provider.authType} />
      </TableCell>
      <TableCell label={t("state")}>
        <ProviderState provider={provider} />
      </TableCell>
      <TableCell label={t("people")} numeric>
        {provider.peopleCount}
      </TableCell>
      <TableCell
        label={t("mappings")}
        numeric
        className={provider.mappingCount === 0 ? "text-ink-faint" : ""}
      >
        {provider.mappingCount}
      </TableCell>
      <TableCell label={t("synced")} className="relative z-1 text-ink-muted">
        {provider.lastSyncedAt ? <TimeAgo at={provider.lastSyncedAt} /> : t("never")}
      </TableCell>
    </TableRow>
  );
}
