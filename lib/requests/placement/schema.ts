import { z } from "zod";

const explained = z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) });

/** A cluster with its verdict, as pages and clients read it. */
export const candidateShape = z.object({
  clusterId: z.string(),
  name: z.string(),
  displayName: z.string(),
  eligible: z.boolean(),
  recommended: z.boolean(),
  weight: z.number(),
  exclusions: z.array(explained),
  warnings: z.array(explained),
  storageClass: z.string().nullable(),
  storageClasses: z.array(z.string()),
  rootVolume: z.object({
    resolution: z.string(),
    accessModes: z.array(z.string()),
    volumeMode: z.string().nullable(),
  }),
  capacity: z
    .object({
      cpuCores: z.object({ total: z.number(), committed: z.number() }),
      memoryGi: z.object({ total: z.number(), committed: z.number() }),
    })
    .nullable()
    .optional(),
});
