import { useTranslations } from "next-intl";
import type { ClusterHealth } from "@/lib/clusters/health/schema";

const width = 480;
const height = 44;
const padding = 3;

/** Mean answer times over the last day; where nothing answered, the line is broken. */
export function LatencySparkline({ cells, latency }: Pick<ClusterHealth, "cells" | "latency">) {
  const t = useTranslations("clusters.health");
  if (latency === null) return <p className="text-sm text-ink-faint">{t("noLatency")}</p>;
  const highest = Math.max(...cells.map(({ latencyMs }) => latencyMs ?? 0), 1);
  const points = cells.map(({ latencyMs }, index) =>
    latencyMs === null
      ? null
      : {
          x: ((index + 0.5) / cells.length) * width,
          y: height - padding - (latencyMs / highest) * (height - 2 * padding),
        },
  );
  return (
    <svg
      role="img"
      aria-label={t("latencyLabel", { median: latency.median, highest: latency.highest })}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className="h-11 w-full text-accent-ink"
    >
      <path
        d={pathOf(points)}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

/** A point alone is drawn as a short dash. */
function pathOf(points: ({ x: number; y: number } | null)[]): string {
  return points
    .map((point, index) => {
      if (point === null) return "";
      const before = points[index - 1] ?? null;
      const place = `${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
      if (before !== null) return `L${place}`;
      return (points[index + 1] ?? null) === null ? `M${place}h1` : `M${place}`;
    })
    .join("");
}
