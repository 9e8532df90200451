import { z } from "zod";

export const benchNamespace = "bench";
/** Machines that only the baseline watches, so that both can stay connected and never see each other's events. */
export const baselineLabel = "bench/baseline";

export const plan = z.object({ clusters: z.number(), ours: z.number(), baseline: z.number() });

export const machine = z.object({ name: z.string(), uid: z.string() });
export type Machine = z.output<typeof machine>;

export const filledCluster = z.object({
  kubeconfig: z.string(),
  ours: z.array(machine),
  baseline: z.array(machine),
});

export const emission = z.object({
  set: z.enum(["ours", "baseline"]),
  count: z.number(),
  perSecond: z.number(),
});

export const emitted = z.object({ name: z.string(), at: z.number() });
export type Emitted = z.output<typeof emitted>;

export const followed = z.array(z.object({ clusterId: z.string(), kubeconfig: z.string() }));
