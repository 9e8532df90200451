import { useTranslations } from "next-intl";
import { StatusBadge } from "@/components/ui/status-badge";
import { clusterStatusLabels, policyLabels, shownStatus } from "@/lib/clusters/labels";
import type { ClusterRow } from "@/lib/clusters/schema";

type Look = "boxed" | "plain";

export function ClusterStatus({
  cluster,
  look = "boxed",
}: {
  cluster: Pick<ClusterRow, "status" | "enabled" | "maintenance">;
  look?: Look;
}) {
  const t = useTranslations("clusters");
  const status = shownStatus(cluster);
  return <StatusBadge {...clusterStatusLabels[status]} label={t(`status.${status}`)} look={look} />;
}

export function PolicyStatus({
  summary,
  look = "plain",
}: {
  summary: ClusterRow["policySummary"];
  look?: Look;
}) {
  const t = useTranslations("clusters");
  return <StatusBadge {...policyLabels[summary]} label={t(`policySummary.${summary}`)} look={look} />;
}
