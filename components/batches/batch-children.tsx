import { useTranslations } from "next-intl";
import { EnvironmentBadge } from "@/components/requests/environment-badge";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { BatchChild } from "@/lib/batches/schema";
import { ChildStatus } from "./batch-status";
import { ChildOutcome } from "./child-outcome";

/** Each item with its state and, where it did not go well, why; the row leads to its request. */
export function BatchChildren({ items }: { items: readonly BatchChild[] }) {
  const t = useTranslations("batches");
  return (
    <Table caption={t("detail.items")}>
      <TableHead>
        <HeadCell>{t("column.number")}</HeadCell>
        <HeadCell>{t("column.request")}</HeadCell>
        <HeadCell>{t("column.status")}</HeadCell>
        <HeadCell>{t("column.place")}</HeadCell>
        <HeadCell>{t("column.outcome")}</HeadCell>
      </TableHead>
      <TableBody>
        {items.map((child) => (
          <ChildRow key={child.ticketId} child={child} />
        ))}
      </TableBody>
    </Table>
  );
}

function ChildRow({ child }: { child: BatchChild }) {
  const t = useTranslations("batches");
  const name = child.resourceName ?? t("item.unnamed");
  const key = `item.${child.operation}`;
  return (
    <TableRow>
      <TableCell label={t("column.number")} className="text-ink-faint tabular-nums">
        {child.sequenceNo}
      </TableCell>
      <TableCell>
        <RowLink href={`/requests/${child.ticketId}`}>
          {t.has(key) ? t(key, { name }) : t("item.other", { name })}
        </RowLink>
      </TableCell>
      <TableCell label={t("column.status")}>
        <ChildStatus status={child.status} />
      </TableCell>
      <TableCell label={t("column.place")}>
        <span className="inline-flex flex-wrap items-center gap-2">
          <span>
            <span className="text-ink-muted">{child.systemName}</span>
            {child.serviceName && <span className="text-ink-faint"> / </span>}
            {child.serviceName}
          </span>
          {child.environment && <EnvironmentBadge name={child.environment} />}
        </span>
      </TableCell>
      <TableCell label={t("column.outcome")} className="sm:max-w-96 sm:whitespace-normal">
        <ChildOutcome child={child} />
      </TableCell>
    </TableRow>
  );
}
