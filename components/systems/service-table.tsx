import { useTranslations } from "next-intl";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ServiceRow } from "@/lib/systems/schema";

export function ServiceTable({ services }: { services: readonly ServiceRow[] }) {
  const t = useTranslations("systems");
  return (
    <Table caption={t("detail.services")}>
      <TableHead>
        <HeadCell>{t("column.name")}</HeadCell>
        <HeadCell>{t("column.machines")}</HeadCell>
        <HeadCell>{t("column.running")}</HeadCell>
        <HeadCell>{t("column.created")}</HeadCell>
      </TableHead>
      <TableBody>
        {services.map((service) => (
          <TableRow key={service.id}>
            <TableCell>
              <RowLink href={`/services/${service.id}`}>{service.name}</RowLink>
              <span className="ml-2 text-xs text-ink-faint">{service.description.slice(0, 80)}</span>
            </TableCell>
            <TableCell label={t("column.machines")}>{service.vmCount}</TableCell>
            <TableCell label={t("column.running")}>{service.runningCount}</TableCell>
            <TableCell label={t("column.created")} className="text-ink-muted">
              <TimeAgo at={service.createdAt} className="relative z-1" />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
