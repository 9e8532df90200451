import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ClusterRow } from "@/lib/clusters/schema";
import { ClusterCapacity } from "./cluster-capacity";
import { ClusterStatus, PolicyStatus } from "./cluster-status";

export function ClusterTable({ clusters }: { clusters: ClusterRow[] }) {
  const t = useTranslations("clusters");
  return (
    <Table caption={t("list.title")}>
      <TableHead>
        <HeadCell>{t("fields.name")}</HeadCell>
        <HeadCell>{t("fields.status")}</HeadCell>
        <HeadCell>{t("fields.environment")}</HeadCell>
        <HeadCell>{t("fields.versions")}</HeadCell>
        <HeadCell>{t("fields.capacity")}</HeadCell>
        <HeadCell>{t("fields.policy")}</HeadCell>
        <HeadCell>{t("fields.lastChecked")}</HeadCell>
      </TableHead>
      <TableBody>
        {clusters.map((cluster) => (
          <ClusterTableRow key={cluster.id} cluster={cluster} />
        ))}
      </TableBody>
    </Table>
  );
}

function ClusterTableRow({ cluster }: { cluster: ClusterRow }) {
  const t = useTranslations("clusters");
  return (
    <TableRow>
      <TableCell className="py-2">
        <RowLink href={`/admin/clusters/${cluster.id}`}>{cluster.displayName}</RowLink>
        <span className="block font-mono text-xs text-ink-faint">{cluster.name}</span>
      </TableCell>
      <TableCell label={t("fields.status")}>
        <ClusterStatus cluster={cluster} look="plain" />
      </TableCell>
      <TableCell label={t("fields.environment")}>
        <Badge>{cluster.environment}</Badge>
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
