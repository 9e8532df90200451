import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { DeskRow } from "@/lib/requests/desks/schema";
import { DeskState, DeskTypeBadge } from "./desk-badges";

/** In the order in which they are tried. */
export function DeskTable({ desks }: { desks: readonly DeskRow[] }) {
  const t = useTranslations("desks.list");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell className="w-full">{t("name")}</HeadCell>
        <HeadCell>{t("type")}</HeadCell>
        <HeadCell>{t("state")}</HeadCell>
        <HeadCell>{t("takes")}</HeadCell>
        <HeadCell className="sm:text-right">{t("waiting")}</HeadCell>
        <HeadCell>{t("lastCall")}</HeadCell>
      </TableHead>
      <TableBody>
        {desks.map((desk) => (
          <DeskTableRow key={desk.id} desk={desk} />
        ))}
      </TableBody>
    </Table>
  );
}

function DeskTableRow({ desk }: { desk: DeskRow }) {
  const t = useTranslations("desks.list");
  return (
    <TableRow>
      <TableCell className="max-w-0 py-2 max-sm:max-w-none">
        <span className="grid min-w-0">
          <RowLink href={`/admin/desks/${desk.id}`}>{desk.name}</RowLink>
          <span className="block truncate font-mono text-xs text-ink-faint">{desk.webhookUrl}</span>
        </span>
      </TableCell>
      <TableCell label={t("type")}>
        <DeskTypeBadge type={desk.type} />
      </TableCell>
      <TableCell label={t("state")}>
        <DeskState enabled={desk.enabled} />
      </TableCell>
      <TableCell label={t("takes")} className="text-ink-muted">
        {t("routes", { count: desk.routeCount })}
      </TableCell>
      <TableCell label={t("waiting")} numeric className={desk.waitingCount === 0 ? "text-ink-faint" : ""}>
        {desk.waitingCount}
      </TableCell>
      <TableCell label={t("lastCall")} className="relative z-1 text-ink-muted">
        <LastCall desk={desk} />
      </TableCell>
    </TableRow>
  );
}

function LastCall({ desk }: { desk: DeskRow }) {
  const t = useTranslations("desks.list");
  if (desk.lastCallAt === null) return t("never");
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <TimeAgo at={desk.lastCallAt} />
      {desk.failedCount > 0 && <Badge tone="warning">{t("failed", { count: desk.failedCount })}</Badge>}
    </span>
  );
}
