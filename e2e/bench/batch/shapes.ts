import { z } from "zod";

/** A fault of operations at one cluster, or at all of them. */
export const labFault = z.object({
  cluster: z.number().nullable(),
  latencyMs: z.number().optional(),
  hang: z.boolean().optional(),
  status: z.number().optional(),
  retryAfterSeconds: z.number().optional(),
});

/** Of one cluster: operations in flight, the most there were, and when each change was answered. */
export const clusterCounts = z.object({
  inFlight: z.number(),
  inFlightMax: z.number(),
  doneAt: z.array(z.number()),
});
export type ClusterCounts = z.output<typeof clusterCounts>;
