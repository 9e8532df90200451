import { useTranslations } from "next-intl";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { VmCell } from "@/components/vmlist/vm-cell";
import { defaultColumns } from "@/lib/vms/list/columns/rules";
import type { VmListRow } from "@/lib/vms/list/schema";

type VmTableProps = { vms: readonly VmListRow[]; withService?: boolean | undefined };

/** A few machines, as other pages show them. */
export function VmTable({ vms, withService = true }: VmTableProps) {
  const t = useTranslations("vmlist");
  const columns = defaultColumns.filter((column) => withService || column !== "service");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("column.name")}</HeadCell>
        {columns.map((column) => (
          <HeadCell key={column}>{t(`column.${column}`)}</HeadCell>
        ))}
      </TableHead>
      <TableBody>
        {vms.map((vm) => (
          <TableRow key={vm.id}>
            <TableCell>
              <RowLink href={`/vms/${vm.id}`} className="font-mono text-[0.92em]">
                {vm.name}
              </RowLink>
            </TableCell>
            {columns.map((column) => (
              <VmCell key={column} column={column} vm={vm} />
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
