import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ExactTime } from "@/components/ui/exact-time";
import { StatusBadge } from "@/components/ui/status-badge";
import type { ClusterHealth } from "@/lib/clusters/health/schema";
import { HealthStrip } from "./health-strip";
import { LatencySparkline } from "./latency-sparkline";

/** How the cluster did over the last day. */
export function HealthCard({ health }: { health: ClusterHealth }) {
  const t = useTranslations("clusters.health");
  if (health.checks === 0) {
    return (
      <Card title={t("title")}>
        <EmptyState icon="gauge" title={t("empty")}>
          {t("emptyDetail")}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card title={t("title")} description={t("description", { count: health.checks })}>
      <div className="grid gap-4">
        <Numbers health={health} />
        <div className="grid gap-1">
          <HealthStrip cells={health.cells} className="h-7" />
          <p className="flex justify-between text-2xs text-ink-faint">
            <span>{t("dayAgo")}</span>
            <span>{t("now")}</span>
          </p>
        </div>
        <div className="grid gap-1">
          <h3 className="text-xs font-medium text-ink-muted">{t("latency")}</h3>
          <LatencySparkline cells={health.cells} latency={health.latency} />
        </div>
      </div>
    </Card>
  );
}

function Numbers({ health: { uptimePercent, latency, breaker } }: { health: ClusterHealth }) {
  const t = useTranslations("clusters.health");
  const { number } = useFormatter();
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
      <Figure term={t("uptime")}>{uptimePercent === null ? "–" : `${number(uptimePercent)} %`}</Figure>
      <Figure term={t("median")}>{latency ? t("milliseconds", { ms: latency.median }) : "–"}</Figure>
      <Figure term={t("highest")}>{latency ? t("milliseconds", { ms: latency.highest }) : "–"}</Figure>
      <Figure term={t("breaker")}>
        <Breaker breaker={breaker} />
      </Figure>
    </dl>
  );
}

function Figure({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-xs text-ink-faint">{term}</dt>
      <dd className="text-lg font-semibold tabular-nums">{children}</dd>
    </div>
  );
}

function Breaker({ breaker }: { breaker: ClusterHealth["breaker"] }) {
  const t = useTranslations("clusters.health");
  const { isOpen, opensUntil, failures } = breaker;
  if (!isOpen) {
    return (
      <span className="grid gap-0.5 text-sm font-normal">
        <StatusBadge tone="success" icon="done" label={t("breakerClosed")} look="plain" />
        {failures > 0 && <span className="text-xs text-ink-muted">{t("failures", { count: failures })}</span>}
      </span>
    );
  }
  return (
    <span className="grid gap-0.5 text-sm font-normal">
      <StatusBadge tone="danger" icon="failed" label={t("breakerOpen")} look="plain" />
      {opensUntil && (
        <span className="text-xs text-ink-muted">
          {t.rich("breakerUntil", { time: () => <ExactTime at={opensUntil} /> })}
        </span>
      )}
    </span>
  );
}
