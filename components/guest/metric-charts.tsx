"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import type { MetricName, MetricsView } from "@/lib/vms/metrics/schema";
import { useMetricText, wholeOf } from "./metric-text";

/** The drawing library is larger than the page, so it comes after it. */
const MetricChart = dynamic(() => import("./metric-chart").then(({ MetricChart: chart }) => chart), {
  ssr: false,
  loading: () => <Skeleton className="h-48" />,
});

const charts = {
  cpu: ["cpu"],
  memory: ["memory"],
  disk: ["diskRead", "diskWrite"],
  network: ["networkIn", "networkOut"],
} as const satisfies Record<string, readonly MetricName[]>;

/** Four drawings of one time: what the machine computes, holds, reads and writes, sends and receives. */
export function MetricCharts({ metrics }: { metrics: MetricsView }) {
  // The keys are the table's own.
  const names = Object.keys(charts) as (keyof typeof charts)[];
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {names.map((name) => (
        <OneChart key={name} name={name} metrics={metrics} />
      ))}
    </div>
  );
}

function OneChart({ name, metrics }: { name: keyof typeof charts; metrics: MetricsView }) {
  const t = useTranslations("guest.metrics");
  const textOf = useMetricText(metrics);
  const lines = charts[name].map((metric) => ({
    metric,
    label: t(`name.${metric}`),
    points: metrics.series.find((one) => one.name === metric)?.points ?? [],
  }));
  const isEmpty = lines.every(({ points }) => points.length === 0);
  const last = lines.map(({ metric, label, points }) => {
    const value = points.at(-1)?.[1];
    return t("nowOf", { name: label, value: value === undefined ? "–" : textOf(metric, value) });
  });
  return (
    <Card title={t(`chart.${name}`)} description={last.join(" · ")}>
      {isEmpty ? (
        <p className="grid h-48 place-items-center text-sm text-ink-faint">{t("nothing")}</p>
      ) : (
        <MetricChart
          label={t("chartLabel", { name: t(`chart.${name}`), values: last.join(", ") })}
          lines={lines}
          highest={wholeOf(charts[name][0], metrics)}
          textOf={(value) => textOf(charts[name][0], value)}
          isLong={metrics.range === "7d"}
        />
      )}
    </Card>
  );
}
