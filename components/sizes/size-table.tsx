import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { SizeListRow } from "@/lib/catalog/sizes/schema";
import { SizeExtras } from "./size-extras";
import { SizeState } from "./size-state";

export type SizeSort = "order" | "name" | "cpu" | "memory";

interface SizeTableProps {
  sizes: readonly SizeListRow[];
  /** The address that sorts by a column, and how it is sorted now. */
  sortOf: (column: SizeSort) => { href: string; direction: "ascending" | "descending" | "none" };
}

export function SizeTable({ sizes, sortOf }: SizeTableProps) {
  const t = useTranslations("sizes");
  return (
    <Table caption={t("list.title")}>
      <TableHead>
        <HeadCell sort={sortOf("name")}>{t("column.name")}</HeadCell>
        <HeadCell sort={sortOf("cpu")}>{t("column.cpu")}</HeadCell>
        <HeadCell sort={sortOf("memory")}>{t("column.memory")}</HeadCell>
        <HeadCell>{t("column.disk")}</HeadCell>
        <HeadCell>{t("column.extras")}</HeadCell>
        <HeadCell>{t("column.scope")}</HeadCell>
        <HeadCell>{t("column.state")}</HeadCell>
        <HeadCell>{t("column.usage")}</HeadCell>
        <HeadCell sort={sortOf("order")} className="text-right">
          {t("column.order")}
        </HeadCell>
      </TableHead>
      <TableBody>
        {sizes.map((size) => (
          <SizeTableRow key={size.id} size={size} />
        ))}
      </TableBody>
    </Table>
  );
}

function SizeTableRow({ size }: { size: SizeListRow }) {
  const t = useTranslations("sizes");
  return (
    <TableRow>
      <TableCell className="py-2">
        <RowLink href={`/admin/sizes/${size.id}`}>{size.displayName}</RowLink>
        <span className="block font-mono text-xs text-ink-faint">{size.name}</span>
      </TableCell>
      <TableCell label={t("column.cpu")} className="tabular-nums">
        <Amount limit={size.cpuCores} request={size.cpuRequest} unit="" />
      </TableCell>
      <TableCell label={t("column.memory")} className="tabular-nums">
        <Amount limit={size.memoryGi} request={size.memoryRequestGi} unit=" GiB" />
      </TableCell>
      <TableCell label={t("column.disk")} className="tabular-nums">
        <Lines second={t("diskDefault", { standard: size.defaultDiskGb })}>
          {t("diskRange", { min: size.minDiskGb, max: size.maxDiskGb })}
        </Lines>
      </TableCell>
      <TableCell label={t("column.extras")} className="sm:max-w-64 sm:py-1.5">
        <SizeExtras size={size} />
      </TableCell>
      <TableCell label={t("column.scope")}>{t(`scope.${size.catalogScope}`)}</TableCell>
      <TableCell label={t("column.state")} className="sm:max-w-56">
        <Lines second={size.deprecationMessage}>
          <SizeState size={size} look="plain" />
        </Lines>
      </TableCell>
      <TableCell label={t("column.usage")}>
        <Usage size={size} />
      </TableCell>
      <TableCell label={t("column.order")} numeric className="text-ink-muted">
        {size.sortOrder}
      </TableCell>
    </TableRow>
  );
}

/** What is set aside stands below it where it is less. */
function Amount({ limit, request, unit }: { limit: number; request: number | null; unit: string }) {
  const t = useTranslations("sizes");
  const isLess = request !== null && request < limit;
  return (
    <Lines second={isLess ? t("reserved", { amount: `${request}${unit}` }) : null}>
      {limit}
      {unit}
    </Lines>
  );
}

function Usage({ size }: { size: SizeListRow }) {
  const t = useTranslations("sizes");
  const { vmCount, pendingCount } = size;
  return (
    <Lines second={pendingCount > 0 ? t("usage.requests", { count: pendingCount }) : null}>
      <span className={vmCount === 0 ? "text-ink-faint" : undefined}>
        {t("usage.vms", { count: vmCount })}
      </span>
    </Lines>
  );
}

/** One block, so that a card on a phone keeps both lines together. */
function Lines({ second, children }: { second: string | null; children: ReactNode }) {
  return (
    <span className="grid min-w-0 max-sm:justify-items-end">
      <span>{children}</span>
      {second !== null && (
        <span className="max-w-full truncate text-xs text-ink-faint" title={second}>
          {second}
        </span>
      )}
    </span>
  );
}
