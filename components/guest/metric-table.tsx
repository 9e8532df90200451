import { useTranslations } from "next-intl";
import { ExactTime } from "@/components/ui/exact-time";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { metricNames, type MetricsView } from "@/lib/vms/metrics/schema";
import { useMetricText } from "./metric-text";

const rowsMax = 120;

/** The same values for whoever would rather read than look, newest first. */
export function MetricTable({ metrics }: { metrics: MetricsView }) {
  const t = useTranslations("guest.metrics");
  const textOf = useMetricText(metrics);
  const byName = new Map(metrics.series.map(({ name, points }) => [name, new Map(points)]));
  const shown = metricNames.filter((name) => (byName.get(name)?.size ?? 0) > 0);
  const times = [...new Set(metrics.series.flatMap(({ points }) => points.map(([at]) => at)))]
    .sort((a, b) => b - a)
    .slice(0, rowsMax);
  return (
    <div className="max-h-96 overflow-auto">
      <Table caption={t("asTable")} onPhones="scroll">
        <TableHead>
          <HeadCell>{t("time")}</HeadCell>
          {shown.map((name) => (
            <HeadCell key={name}>{t(`name.${name}`)}</HeadCell>
          ))}
        </TableHead>
        <TableBody>
          {times.map((at) => (
            <TableRow key={at}>
              <TableCell className="text-xs whitespace-nowrap text-ink-muted">
                <ExactTime at={new Date(at * 1000)} />
              </TableCell>
              {shown.map((name) => {
                const value = byName.get(name)?.get(at);
                return (
                  <TableCell key={name} className="text-xs whitespace-nowrap tabular-nums">
                    {value === undefined ? "–" : textOf(name, value)}
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
