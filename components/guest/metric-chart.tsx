"use client";

import { useFormatter } from "next-intl";
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { MetricName } from "@/lib/vms/metrics/schema";
import { quartersOf, roundBytes } from "./axis-ticks";

interface ChartLine {
  metric: MetricName;
  label: string;
  points: readonly (readonly [number, number])[];
}

interface MetricChartProps {
  label: string;
  lines: readonly ChartLine[];
  /** What a hundred per cent is, where there is such a thing. */
  highest?: number | undefined;
  textOf: (value: number) => string;
  /** Days rather than hours: the axis names dates. */
  isLong: boolean;
}

/** Told apart by the dashes too, not by the colour alone. */
const looks = [
  { stroke: "var(--accent-ink)", dash: "" },
  { stroke: "var(--success-solid)", dash: "5 3" },
];

export function MetricChart({ label, lines, highest, textOf, isLong }: MetricChartProps) {
  const format = useFormatter();
  const timeOf = (seconds: number) =>
    format.dateTime(
      new Date(seconds * 1000),
      isLong ? { month: "short", day: "numeric" } : { hour: "2-digit", minute: "2-digit" },
    );
  const exactOf = (seconds: number) =>
    format.dateTime(new Date(seconds * 1000), { dateStyle: "short", timeStyle: "medium" });
  const whole = highest ?? roundBytes(highestOf(lines));
  return (
    <figure role="img" aria-label={label} className="h-48 min-w-0 text-xs">
      <ResponsiveContainer width="100%" height="100%">
        <LineChart
          data={rowsOf(lines)}
          margin={{ top: 4, right: 8, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis
            dataKey="at"
            type="number"
            domain={["dataMin", "dataMax"]}
            tickFormatter={timeOf}
            tick={{ fill: "var(--ink-faint)", fontSize: 11 }}
            stroke="var(--line)"
            minTickGap={48}
          />
          <YAxis
            domain={[0, whole]}
            ticks={quartersOf(whole)}
            tickFormatter={textOf}
            tick={{ fill: "var(--ink-faint)", fontSize: 11 }}
            stroke="var(--line)"
            width={76}
          />
          <Tooltip
            isAnimationActive={false}
            labelFormatter={(at) => exactOf(Number(at))}
            formatter={(value) => textOf(Number(value))}
            contentStyle={{
              background: "var(--raised)",
              border: "1px solid var(--line)",
              borderRadius: 6,
              color: "var(--ink)",
              fontSize: 12,
            }}
          />
          {lines.map((line, index) => (
            <Line
              key={line.metric}
              dataKey={line.metric}
              name={line.label}
              stroke={looks[index]?.stroke ?? "var(--ink)"}
              strokeDasharray={looks[index]?.dash ?? ""}
              strokeWidth={1.5}
              dot={false}
              isAnimationActive={false}
              connectNulls={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
}

function highestOf(lines: readonly ChartLine[]): number {
  return Math.max(0, ...lines.flatMap(({ points }) => points.map(([, value]) => value)));
}

/** One row per moment; a step of which nothing is known breaks the line. */
function rowsOf(lines: readonly ChartLine[]): Record<string, number | null>[] {
  const rows = new Map<number, Record<string, number | null>>();
  for (const { metric, points } of lines) {
    for (const [at, value] of points) {
      const row = rows.get(at) ?? { at };
      row[metric] = value;
      rows.set(at, row);
    }
  }
  return withGaps([...rows.values()].sort((a, b) => (a["at"] ?? 0) - (b["at"] ?? 0)));
}

function withGaps(rows: Record<string, number | null>[]): Record<string, number | null>[] {
  const times = rows.map((row) => row["at"] ?? 0);
  const step = Math.min(...times.slice(1).map((at, index) => at - (times[index] ?? at)));
  return rows.flatMap((row, index) => {
    const before = times[index - 1];
    const isBroken = before !== undefined && (row["at"] ?? 0) - before > 1.5 * step;
    return isBroken ? [{ at: before + step }, row] : [row];
  });
}
