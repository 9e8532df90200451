import { useTranslations } from "next-intl";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { BatchRow } from "@/lib/batches/schema";
import { BatchProgress } from "./batch-progress";
import { BatchStatus } from "./batch-status";

type BatchTableProps = { batches: readonly BatchRow[]; withRequester: boolean };

export function BatchTable({ batches, withRequester }: BatchTableProps) {
  const t = useTranslations("batches");
  return (
    <Table caption={t("list.title")}>
      <TableHead>
        <HeadCell>{t("column.batch")}</HeadCell>
        <HeadCell>{t("column.status")}</HeadCell>
        <HeadCell>{t("column.progress")}</HeadCell>
        {withRequester && <HeadCell>{t("column.requester")}</HeadCell>}
        <HeadCell>{t("column.when")}</HeadCell>
      </TableHead>
      <TableBody>
        {batches.map((batch) => (
          <TableRow key={batch.id}>
            <TableCell>
              <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
                <RowLink href={`/batches/${batch.id}`}>
                  {t(`title.${batch.operation}`, { count: batch.childCount })}
                </RowLink>
                <span className="max-w-64 truncate text-xs text-ink-faint">{batch.reason}</span>
              </span>
            </TableCell>
            <TableCell label={t("column.status")}>
              <BatchStatus status={batch.status} look="plain" />
            </TableCell>
            <TableCell label={t("column.progress")}>
              <BatchProgress batch={batch} withWords={false} />
            </TableCell>
            {withRequester && <TableCell label={t("column.requester")}>{batch.createdByName}</TableCell>}
            <TableCell label={t("column.when")} className="text-ink-muted">
              <TimeAgo at={batch.createdAt} className="relative z-1" />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
