import { useTranslations } from "next-intl";
import { CapacityBar } from "@/components/ui/capacity-bar";
import { Card } from "@/components/ui/card";
import type { MetricsView } from "@/lib/vms/metrics/schema";
import { useMetricText, wholeOf } from "./metric-text";

/** Where only the present is known: how much of what it has the machine takes now. */
export function PresentUse({ metrics }: { metrics: MetricsView }) {
  const t = useTranslations("guest.metrics");
  const textOf = useMetricText(metrics);
  return (
    <Card title={t("present.now")}>
      <div className="grid gap-4">
        {metrics.series.map(({ name, points }) => {
          const value = points.at(-1)?.[1] ?? 0;
          const whole = wholeOf(name, metrics) ?? value;
          return (
            <CapacityBar
              key={name}
              label={t(`name.${name}`)}
              used={Math.min(value, whole)}
              total={whole}
              summary={t("present.of", {
                used: textOf(name, value),
                whole: name === "cpu" ? t("cores", { count: metrics.cpuCores }) : textOf(name, whole),
              })}
            />
          );
        })}
      </div>
    </Card>
  );
}
