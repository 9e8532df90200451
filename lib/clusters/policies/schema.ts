import { z } from "zod";

/** How much of the catalogue of a cluster's environment needs what each rule of its policy speaks of. */
export const policyReach = z.object({
  sizes: z.number(),
  templates: z.number(),
  allowCpuOvercommit: z.number(),
  allowMemoryOvercommit: z.number(),
  allowDedicatedCpu: z.number(),
  allowGpu: z.number(),
  allowSriov: z.number(),
  allowHugepages: z.number(),
  /** Templates. */
  allowCdiClone: z.number(),
  hugepagesSizes: z.record(z.string(), z.number()),
  cloneSources: z.record(z.string(), z.number()),
});

export type PolicyReach = z.output<typeof policyReach>;
