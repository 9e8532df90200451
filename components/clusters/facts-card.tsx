import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { StatusBadge } from "@/components/ui/status-badge";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ClusterDetail } from "@/lib/clusters/schema";

const syncLabels = {
  live: { tone: "success", icon: "done" },
  stale: { tone: "warning", icon: "clock" },
  off: { tone: "neutral", icon: "ban" },
} as const;

export function FactsCard({ cluster }: { cluster: ClusterDetail }) {
  const t = useTranslations("clusters");
  return (
    <Card title={t("facts.title")}>
      <DescriptionList>
        <Description term={t("fields.name")}>
          <Copyable text={cluster.name} />
        </Description>
        <Description term={t("fields.environment")}>
          <Badge>{cluster.environment}</Badge>
        </Description>
        <Description term={t("facts.kubernetes")}>{cluster.kubernetesVersion ?? t("unknown")}</Description>
        <Description term={t("facts.kubevirt")}>{cluster.kubevirtVersion ?? t("unknown")}</Description>
        <Description term={t("fields.lastChecked")}>
          {cluster.lastCheckedAt ? <TimeAgo at={cluster.lastCheckedAt} /> : t("never")}
        </Description>
        <Description term={t("facts.lastHealthy")}>
          {cluster.lastHealthyAt ? <TimeAgo at={cluster.lastHealthyAt} /> : t("never")}
        </Description>
        <Description term={t("facts.sync")}>
          <StatusBadge {...syncLabels[cluster.sync]} label={t(`sync.${cluster.sync}`)} look="plain" />
        </Description>
        <Description term={t("fields.weight")}>{cluster.schedulingWeight}</Description>
        <Description term={t("facts.vms")}>{cluster.vmCount}</Description>
        <Description term={t("facts.uploads")}>{cluster.uploadCount}</Description>
        <Description term={t("facts.defaultClass")}>
          {cluster.defaultStorageClass === null ? (
            t("none")
          ) : (
            <span className="font-mono text-xs">{cluster.defaultStorageClass}</span>
          )}
        </Description>
      </DescriptionList>
    </Card>
  );
}
