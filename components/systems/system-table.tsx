import { useTranslations } from "next-intl";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { SystemRow } from "@/lib/systems/schema";

export function SystemTable({ systems }: { systems: readonly SystemRow[] }) {
  const t = useTranslations("systems");
  return (
    <Table caption={t("list.title")}>
      <TableHead>
        <HeadCell>{t("column.name")}</HeadCell>
        <HeadCell>{t("column.services")}</HeadCell>
        <HeadCell>{t("column.machines")}</HeadCell>
        <HeadCell>{t("column.running")}</HeadCell>
        <HeadCell>{t("column.role")}</HeadCell>
        <HeadCell>{t("column.created")}</HeadCell>
      </TableHead>
      <TableBody>
        {systems.map((system) => (
          <TableRow key={system.id}>
            <TableCell>
              <RowLink href={`/systems/${system.id}`}>{system.name}</RowLink>
              {system.description !== "" && (
                <span className="ml-2 hidden truncate text-xs text-ink-faint lg:inline">
                  {system.description.slice(0, 80)}
                </span>
              )}
            </TableCell>
            <TableCell label={t("column.services")}>{system.serviceCount}</TableCell>
            <TableCell label={t("column.machines")}>{system.vmCount}</TableCell>
            <TableCell label={t("column.running")}>{system.runningCount}</TableCell>
            <TableCell label={t("column.role")}>{t(`role.${system.role ?? "none"}`)}</TableCell>
            <TableCell label={t("column.created")} className="text-ink-muted">
              <TimeAgo at={system.createdAt} className="relative z-1" />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
