import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { TimeAgo } from "@/components/ui/time-ago";
import { metricRanges, type MetricsView } from "@/lib/vms/metrics/schema";
import { KeepFresh } from "./keep-fresh";
import { MetricCharts } from "./metric-charts";
import { MetricTable } from "./metric-table";
import { MetricsNotice } from "./metrics-notice";
import { PresentUse } from "./present-use";

/** Asked again while somebody looks, once it is older than this. */
const freshSeconds = 30;

/** All that is measured of a machine, over a time that stands in the address. */
export function MetricsPage({ metrics }: { metrics: MetricsView }) {
  const t = useTranslations("guest.metrics");
  const { vmId, range, state, source, observedAt } = metrics;
  return (
    <Section
      title={t("title")}
      description={
        observedAt === null ? undefined : t.rich("measuredAt", { time: () => <TimeAgo at={observedAt} /> })
      }
      actions={<RangeLinks vmId={vmId} current={range} />}
    >
      <KeepFresh
        key={range}
        path={`/api/v1/vms/${vmId}/metrics?range=${range}`}
        everySeconds={freshSeconds}
        observedAt={observedAt}
      />
      {state === null && <ChartShapes />}
      {state !== null && state !== "measured" && (
        <div className="rounded-lg border bg-surface p-4">
          <MetricsNotice metrics={metrics} />
        </div>
      )}
      {state === "measured" && source === "metrics_api" && (
        <>
          <Callout tone="info" title={t("present.title")}>
            {t(metrics.clusterId === null ? "present.detail" : "present.adminDetail")}
          </Callout>
          <PresentUse metrics={metrics} />
        </>
      )}
      {state === "measured" && source === "prometheus" && (
        <>
          <MetricCharts metrics={metrics} />
          <details className="group">
            <summary className="w-fit cursor-pointer text-sm font-medium text-accent-ink">
              {t("asTable")}
            </summary>
            <div className="mt-3">
              <MetricTable metrics={metrics} />
            </div>
          </details>
        </>
      )}
    </Section>
  );
}

function RangeLinks({ vmId, current }: { vmId: string; current: MetricsView["range"] }) {
  const t = useTranslations("guest.metrics");
  return (
    <nav aria-label={t("range.label")} className="inline-flex gap-0.5 rounded-md border bg-sunken p-0.5">
      {metricRanges.map((range) => (
        <Link
          key={range}
          href={`/vms/${vmId}/metrics?range=${range}`}
          scroll={false}
          aria-current={range === current ? "true" : undefined}
          className={cn(
            "inline-flex h-6.5 items-center rounded-sm px-2.5 text-xs font-medium pointer-coarse:h-9",
            range === current
              ? "bg-surface text-ink shadow-raised ring-1 ring-line dark:bg-hover"
              : "text-ink-muted hover:text-ink",
          )}
        >
          {t(`range.${range}`)}
        </Link>
      ))}
    </nav>
  );
}

function ChartShapes() {
  const t = useTranslations("guest.metrics");
  return (
    <div role="status" className="grid gap-4">
      <p className="text-sm text-ink-muted">{t("asking")}</p>
      <div className="grid gap-4 lg:grid-cols-2">
        {["cpu", "memory", "disk", "network"].map((shape) => (
          <Skeleton key={shape} className="h-56 rounded-lg" />
        ))}
      </div>
    </div>
  );
}
