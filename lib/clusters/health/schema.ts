import { z } from "zod";
import { clusterMachine } from "@/lib/clusters/machine";

/** A part of the last day: the worst state that was found in it; null where nobody looked. */
export const healthCell = z.object({
  from: z.date(),
  status: z.enum(clusterMachine.states).nullable(),
  latencyMs: z.number().nullable(),
  checks: z.number(),
});

export const clusterHealth = z.object({
  cells: z.array(healthCell),
  checks: z.number(),
  /** Of the looks of the last day; null before the first. */
  uptimePercent: z.number().nullable(),
  latency: z.object({ median: z.number(), highest: z.number() }).nullable(),
  breaker: z.object({ isOpen: z.boolean(), opensUntil: z.date().nullable(), failures: z.number() }),
});

export type HealthCell = z.output<typeof healthCell>;
export type ClusterHealth = z.output<typeof clusterHealth>;
