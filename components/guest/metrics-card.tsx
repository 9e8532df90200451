import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import { metricNames, type MetricName, type MetricsView } from "@/lib/vms/metrics/schema";
import { KeepFresh } from "./keep-fresh";
import { useMetricText, wholeOf } from "./metric-text";
import { MetricsNotice } from "./metrics-notice";
import { Sparkline } from "./sparkline";

/** The overview is looked at longer than the charts, so it asks less often. */
const freshSeconds = 60;

/** What the machine takes, in lines of the last hour. */
export function MetricsCard({ metrics }: { metrics: MetricsView }) {
  const t = useTranslations("guest.metrics");
  const { vmId, range, state, observedAt } = metrics;
  return (
    <Card
      title={t("title")}
      description={
        state === "measured" && observedAt !== null
          ? t.rich(metrics.source === "metrics_api" ? "fromMetricsApi" : "fromPrometheus", {
              time: () => <TimeAgo at={observedAt} />,
            })
          : undefined
      }
      actions={<TextLink href={`/vms/${vmId}/metrics`}>{t("charts")}</TextLink>}
    >
      <KeepFresh
        path={`/api/v1/vms/${vmId}/metrics?range=${range}`}
        everySeconds={freshSeconds}
        observedAt={observedAt}
      />
      {state === null && <FirstLook />}
      {state === "measured" ? <Lines metrics={metrics} /> : <MetricsNotice metrics={metrics} />}
    </Card>
  );
}

function Lines({ metrics }: { metrics: MetricsView }) {
  const known = metricNames.filter((name) => pointsOf(metrics, name).length > 0);
  return (
    <ul className="grid grid-cols-1 gap-x-6 gap-y-4 min-[26rem]:grid-cols-2">
      {known.map((name) => (
        <Line key={name} name={name} metrics={metrics} />
      ))}
    </ul>
  );
}

function pointsOf({ series }: MetricsView, name: MetricName) {
  return series.find((one) => one.name === name)?.points ?? [];
}

function Line({ name, metrics }: { name: MetricName; metrics: MetricsView }) {
  const t = useTranslations("guest.metrics");
  const textOf = useMetricText(metrics);
  const points = pointsOf(metrics, name);
  const now = textOf(name, points.at(-1)?.[1] ?? 0);
  const highest = textOf(name, Math.max(...points.map(([, value]) => value)));
  return (
    <li className="grid min-w-0 gap-1">
      <div className="flex flex-wrap justify-between gap-x-2 text-xs">
        <span className="text-ink-muted">{t(`name.${name}`)}</span>
        <span className="font-medium tabular-nums">{now}</span>
      </div>
      {points.length > 1 && (
        <Sparkline
          points={points}
          highest={wholeOf(name, metrics)}
          label={t("lineLabel", { name: t(`name.${name}`), now, highest })}
        />
      )}
    </li>
  );
}

function FirstLook() {
  const t = useTranslations("guest.metrics");
  return (
    <div role="status" className="grid gap-2">
      <p className="text-sm text-ink-muted">{t("asking")}</p>
      <Skeleton className="h-9" />
      <Skeleton className="h-9" />
    </div>
  );
}
