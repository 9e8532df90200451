"use client";

import { useTranslations } from "next-intl";
import { ChooseAllBox, ChooseBox } from "@/components/batches/choose-box";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import {
  directionOf,
  nextSort,
  sortOf,
  type Density,
  type ListColumn,
  type VmSort,
} from "@/lib/vms/list/columns/rules";
import type { KeptRow } from "./keep-rows";
import { listHref, type Address } from "./list-address";
import { VmCell } from "./vm-cell";

type VmListTableProps = {
  rows: readonly KeptRow[];
  columns: readonly ListColumn[];
  density: Density;
  sort: VmSort;
  address: Address;
};

const cellStyles: Record<Density, string> = { comfortable: "", compact: "sm:h-7 sm:text-xs" };

export function VmListTable({ rows, columns, density, sort, address }: VmListTableProps) {
  const t = useTranslations("vmlist");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell className="w-8">
          <ChooseAllBox vmIds={rows.map(({ vm }) => vm.id)} />
        </HeadCell>
        {(["name", ...columns] as const).map((column) => (
          <SortedHead key={column} column={column} sort={sort} address={address} />
        ))}
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Row key={row.vm.id} row={row} columns={columns} className={cellStyles[density]} />
        ))}
      </TableBody>
    </Table>
  );
}

type SortedHeadProps = { column: ListColumn | "name"; sort: VmSort; address: Address };

function SortedHead({ column, sort, address }: SortedHeadProps) {
  const t = useTranslations("vmlist");
  const by = sortOf(column);
  const sorted = by && {
    href: listHref(address, { sort: nextSort(sort, by) }),
    direction: directionOf(sort, by),
  };
  const isNumber = column === "cpu" || column === "memory" || column === "disk";
  return (
    <HeadCell sort={sorted ?? undefined} className={isNumber ? "text-right" : undefined}>
      {t(`column.${column}`)}
    </HeadCell>
  );
}

type RowProps = { row: KeptRow; columns: readonly ListColumn[]; className: string };

function Row({ row: { vm, mark }, columns, className }: RowProps) {
  const t = useTranslations("vmlist");
  return (
    <TableRow className={mark === "left" ? "bg-sunken" : undefined}>
      <TableCell className={className}>
        <ChooseBox vmId={vm.id} name={vm.name} />
      </TableCell>
      <TableCell className={className}>
        <span>
          <RowLink href={`/vms/${vm.id}`} data-vm={vm.id} className="font-mono text-[0.92em]">
            {vm.name}
          </RowLink>
          {mark && <span className="ml-2 text-xs text-ink-muted">{t(`mark.${mark}`)}</span>}
        </span>
      </TableCell>
      {columns.map((column) => (
        <VmCell key={column} column={column} vm={vm} className={className} />
      ))}
    </TableRow>
  );
}
