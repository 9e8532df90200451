import { z } from "zod";

export const metricRanges = ["1h", "6h", "24h", "7d"] as const;
export type MetricRange = (typeof metricRanges)[number];

export const metricNames = [
  ...(["cpu", "memory", "diskRead", "diskWrite", "networkIn", "networkOut"] as const),
] as const;
export type MetricName = (typeof metricNames)[number];

/**
 * measured: there are values · empty: nothing was measured in this time · none: nobody measures in this cluster ·
 * stopped: nothing runs, and only its present could have been asked · the others: nobody could ask.
 */
export const metricStates = ["measured", "empty", "none", "stopped", "denied", "unreachable"] as const;

const point = z.tuple([z.number(), z.number()]);

export const metricSeries = z.object({
  name: z.enum(metricNames),
  /** Seconds since 1970 and the value, oldest first; a gap is an absence. */
  points: z.array(point),
});
export type MetricSeries = z.output<typeof metricSeries>;

export const metricsFilter = z.strictObject({ range: z.enum(metricRanges).default("1h") });

export const metricsView = z.object({
  vmId: z.string(),
  range: z.enum(metricRanges),
  /** Null: nobody has looked yet. */
  state: z.enum(metricStates).nullable(),
  /** metrics_api knows the present only. */
  source: z.enum(["prometheus", "metrics_api"]).nullable(),
  message: z.string().nullable(),
  series: z.array(metricSeries),
  observedAt: z.date().nullable(),
  /** What 100 % of CPU and of memory are. */
  cpuCores: z.number(),
  memoryBytes: z.number(),
  isRunning: z.boolean(),
  /** Where the source is set, for those who may see clusters. */
  clusterId: z.string().nullable(),
});
export type MetricsView = z.output<typeof metricsView>;
