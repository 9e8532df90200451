import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";
import { StatusBadge } from "@/components/ui/status-badge";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { NamespacePlace, NamespaceState } from "@/lib/clusters/namespaces/schema";

const looks = {
  present: { tone: "success", icon: "done" },
  absent: { tone: "neutral", icon: "dashed" },
  terminating: { tone: "warning", icon: "hourglass" },
  unknown: { tone: "neutral", icon: "unknown" },
} as const satisfies Record<NamespaceState, object>;

/** Where the namespace is, as the last look at each cluster found it. */
export function PlaceTable({ places, name }: { places: NamespacePlace[]; name: string }) {
  const t = useTranslations("clusters.places");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("cluster")}</HeadCell>
        <HeadCell>{t("state")}</HeadCell>
        <HeadCell className="sm:text-right">{t("machines")}</HeadCell>
        <HeadCell>{t("checked")}</HeadCell>
        <HeadCell>
          <span className="sr-only">{t("byHand")}</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {places.map((place) => (
          <TableRow key={place.clusterId}>
            <TableCell className="py-2">
              <RowLink href={`/admin/clusters/${place.clusterId}`}>{place.displayName}</RowLink>
              <span className="block font-mono text-xs text-ink-faint">{place.clusterName}</span>
            </TableCell>
            <TableCell label={t("state")}>
              <StatusBadge {...looks[place.state]} label={t(`states.${place.state}`)} look="plain" />
            </TableCell>
            <TableCell numeric label={t("machines")}>
              {place.vmCount}
            </TableCell>
            <TableCell label={t("checked")} className="relative z-1 text-ink-muted">
              {place.checkedAt ? <TimeAgo at={place.checkedAt} /> : t("never")}
            </TableCell>
            <TableCell className="relative z-1">
              {place.state === "absent" && (
                <span className="inline-flex items-center gap-1 text-xs text-ink-muted">
                  {t("byHand")}
                  <CopyButton text={`kubectl create namespace ${name}`} />
                </span>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
