import { useTranslations } from "next-intl";
import { EnvironmentBadge } from "@/components/requests/environment-badge";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { AdoptionRow } from "@/lib/vms/adoption/schema";
import { AdoptionStatus } from "./adoption-status";

export function AdoptionTable({ adoptions }: { adoptions: readonly AdoptionRow[] }) {
  const t = useTranslations("adoption");
  return (
    <Table caption={t("list.title")}>
      <TableHead>
        <HeadCell>{t("column.name")}</HeadCell>
        <HeadCell>{t("column.status")}</HeadCell>
        <HeadCell>{t("column.claims")}</HeadCell>
        <HeadCell>{t("column.kind")}</HeadCell>
        <HeadCell>{t("column.cluster")}</HeadCell>
        <HeadCell>{t("column.place")}</HeadCell>
        <HeadCell>{t("column.found")}</HeadCell>
      </TableHead>
      <TableBody>
        {adoptions.map((adoption) => (
          <AdoptionTableRow key={adoption.id} adoption={adoption} />
        ))}
      </TableBody>
    </Table>
  );
}

function AdoptionTableRow({ adoption }: { adoption: AdoptionRow }) {
  const t = useTranslations("adoption");
  return (
    <TableRow>
      <TableCell>
        <RowLink href={`/admin/adoptions/${adoption.id}`} className="font-mono text-[0.92em] break-all">
          {adoption.resourceName}
        </RowLink>
      </TableCell>
      <TableCell label={t("column.status")}>
        <AdoptionStatus status={adoption.status} look="plain" />
      </TableCell>
      <TableCell label={t("column.claims")}>
        <span>
          <span className="text-ink-muted">{adoption.systemName}</span>
          <span className="text-ink-faint"> / </span>
          {adoption.serviceName}
        </span>
      </TableCell>
      <TableCell label={t("column.kind")} className="text-ink-muted">
        {t(`kind.${adoption.kind}`)}
      </TableCell>
      <TableCell label={t("column.cluster")}>{adoption.clusterName}</TableCell>
      <TableCell label={t("column.place")}>
        <span className="inline-flex items-center gap-2">
          <span className="font-mono text-xs">{adoption.namespace}</span>
          <EnvironmentBadge name={adoption.environment} />
        </span>
      </TableCell>
      <TableCell label={t("column.found")} className="text-ink-muted">
        <TimeAgo at={adoption.discoveredAt} className="relative z-1" />
      </TableCell>
    </TableRow>
  );
}
