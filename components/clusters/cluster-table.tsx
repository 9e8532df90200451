import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { HealthCell } from "@/lib/clusters/health/schema";
import type { ClusterRow } from "@/lib/clusters/schema";
import { ClusterCapacity } from "./cluster-capacity";
import { ClusterStatus, PolicyStatus } from "./cluster-status";
import { HealthStrip } from "./health-strip";

interface ClusterTableProps {
  clusters: ClusterRow[];
  /** The last day of each, by its id. */
  strips: Record<string, HealthCell[]>;
}

export function ClusterTable({ clusters, strips }: ClusterTableProps) {
  const t = useTranslations("clusters");
  return (
    <Table caption={t("list.title")}>
      <TableHead>
        <HeadCell>{t("fields.name")}</HeadCell>
        <HeadCell>{t("fields.status")}</HeadCell>
        <HeadCell>{t("fields.health")}</HeadCell>
        <HeadCell>{t("fields.versions")}</HeadCell>
        <HeadCell>{t("fields.capacity")}</HeadCell>
        <HeadCell>{t("fields.policy")}</HeadCell>
        <HeadCell>{t("fields.lastChecked")}</HeadCell>
      </TableHead>
      <TableBody>
        {clusters.map((cluster) => (
          <ClusterTableRow key={cluster.id} cluster={cluster} cells={strips[cluster.id] ?? []} />
        ))}
      </TableBody>
    </Table>
  );
}

function ClusterTableRow({ cluster, cells }: { cluster: ClusterRow; cells: HealthCell[] }) {
  const t = useTranslations("clusters");
  return (
    <TableRow>
      <TableCell className="py-2">
        <RowLink href={`/admin/clusters/${cluster.id}`}>{cluster.displayName}</RowLink>
        <span className="mt-0.5 flex items-center gap-2 font-mono text-xs text-ink-faint">
          {cluster.name}
          <Badge>{cluster.environment}</Badge>
        </span>
      </TableCell>
      <TableCell label={t("fields.status")}>
        <ClusterStatus cluster={cluster} look="plain" />
      </TableCell>
      <TableCell label={t("fields.health")} className="py-2">
        <HealthStrip cells={cells} className="w-36 sm:w-40" />
      </TableCell>
      <TableCell label={t("fields.versions")} className="text-xs">
        <Versions cluster={cluster} />
      </TableCell>
      <TableCell label={t("fields.capacity")} className="py-2">
        {cluster.capacity ? (
          <ClusterCapacity capacity={cluster.capacity} className="w-36 sm:w-48" />
        ) : (
          t("unknown")
        )}
      </TableCell>
      <TableCell label={t("fields.policy")}>
        <PolicyStatus summary={cluster.policySummary} />
      </TableCell>
      <TableCell label={t("fields.lastChecked")} className="relative z-1 text-ink-muted">
        {cluster.lastCheckedAt ? <TimeAgo at={cluster.lastCheckedAt} /> : t("never")}
      </TableCell>
    </TableRow>
  );
}

function Versions({ cluster }: { cluster: ClusterRow }) {
  const t = useTranslations("clusters");
  if (cluster.kubevirtVersion === null && cluster.kubernetesVersion === null) return t("unknown");
  return (
    <span className="grid">
      <span>{t("versions.kubevirt", { version: cluster.kubevirtVersion ?? "–" })}</span>
      <span className="text-ink-faint">
        {t("versions.kubernetes", { version: cluster.kubernetesVersion ?? "–" })}
      </span>
    </span>
  );
}
