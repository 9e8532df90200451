"use client";

import { CircleCheck, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import type { SizePreview } from "@/lib/vms/size-preview/schema";
import { useExplained } from "./use-explained";

type Cluster = SizePreview["compatibleClusters"][number];
type ClusterVerdictsProps = { clusters: readonly Cluster[]; isRendered: boolean };

/** Every cluster with yes or no, and why. */
export function ClusterVerdicts({ clusters, isRendered }: ClusterVerdictsProps) {
  const t = useTranslations("sizes.preview");
  const eligible = clusters.filter((cluster) => cluster.eligible);
  return (
    <Card
      flush={clusters.length > 0}
      title={t("clusters")}
      actions={
        clusters.length > 0 && (
          <Badge tone={eligible.length > 0 ? "success" : "danger"}>
            {t("clusterCount", { count: eligible.length, total: clusters.length })}
          </Badge>
        )
      }
    >
      {clusters.length === 0 ? (
        <p className="text-sm text-ink-muted">{t(isRendered ? "noClusters" : "notJudged")}</p>
      ) : (
        <ul className="divide-y">
          {clusters.toSorted(yesFirst).map((cluster) => (
            <Verdict key={`${cluster.environment} ${cluster.clusterId}`} cluster={cluster} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function yesFirst(one: Cluster, other: Cluster): number {
  return Number(other.eligible) - Number(one.eligible);
}

function Verdict({ cluster }: { cluster: Cluster }) {
  const t = useTranslations("sizes.preview");
  const explain = useExplained();
  const { eligible } = cluster;
  const Drawing = eligible ? CircleCheck : CircleX;
  const reasons = [...cluster.exclusions, ...cluster.warnings].map(explain);
  return (
    <li className="flex min-w-0 items-start gap-2 px-4 py-2.5 text-sm">
      <Drawing
        aria-hidden
        strokeWidth={1.75}
        className={`mt-0.5 size-4 shrink-0 ${eligible ? "text-success" : "text-ink-faint"}`}
      />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium break-words">{cluster.displayName || cluster.name}</span>
          <span className="text-xs text-ink-faint">
            {cluster.environmentName}
            {cluster.kubevirtMinor !== null && ` · KubeVirt ${cluster.kubevirtMinor}`}
          </span>
          <span className={`ml-auto text-xs ${eligible ? "text-success" : "text-ink-muted"}`}>
            {t(eligible ? "fits" : "excluded")}
          </span>
        </span>
        {reasons.map((reason) => (
          <span key={reason} className="text-xs break-words text-ink-muted">
            {reason}
          </span>
        ))}
      </div>
    </li>
  );
}
