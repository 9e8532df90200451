import { useFormatter, useTranslations } from "next-intl";
import { useBytes } from "@/components/vms/use-bytes";
import type { MetricName, MetricsView } from "@/lib/vms/metrics/schema";

type Measured = Pick<MetricsView, "cpuCores" | "memoryBytes">;

/** A value as people say it: CPU as a share of what the machine has, memory in bytes, the others by the second. */
export function useMetricText({ cpuCores }: Measured): (name: MetricName, value: number) => string {
  const t = useTranslations("guest.metrics");
  const format = useFormatter();
  const bytes = useBytes();
  return (name, value) => {
    if (name === "cpu")
      return format.number(value / Math.max(cpuCores, 0.1), { style: "percent", maximumFractionDigits: 1 });
    return name === "memory" ? bytes(value) : t("perSecond", { amount: bytes(value) });
  };
}

/** What the whole of a metric is, where it has one. */
export function wholeOf(name: MetricName, { cpuCores, memoryBytes }: Measured): number | undefined {
  if (name === "cpu") return cpuCores;
  return name === "memory" ? memoryBytes : undefined;
}
