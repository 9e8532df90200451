import { z } from "zod";

const told = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
  /** Since when its status is what it is. */
  since: z.string().optional(),
});

const volumeTrouble = z.object({
  phase: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
});

/** What a cluster says is wrong with a VM, by which of its objects says it; what has nothing to say is absent. */
export const vmSymptoms = z.object({
  /** Of the machine, most telling first. */
  conditions: z.array(told).optional(),
  startFailure: z.object({ failures: z.number(), retryAt: z.string().optional() }).optional(),
  /** It is being removed, and these hold it. */
  removal: z.object({ since: z.string().optional(), finalizers: z.array(z.string()) }).optional(),
  instance: z
    .object({
      /** Of an instance that has failed. */
      reason: z.string().optional(),
      migration: z.object({ reason: z.string().optional(), endedAt: z.string().optional() }).optional(),
    })
    .optional(),
  /** Of volumes that are not filled, by their names. */
  volumes: z.record(z.string(), volumeTrouble).optional(),
});

export type VmSymptoms = z.output<typeof vmSymptoms>;
export type ToldCondition = z.output<typeof told>;
export type VolumeTrouble = z.output<typeof volumeTrouble>;
