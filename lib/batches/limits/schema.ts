import { z } from "zod";

const id = z.string().min(1).max(64);
const reason = z.string().trim().min(1).max(2_000);
const count = z.coerce.number().int().min(0).max(10_000);

export const grantExemptionInput = z.strictObject({
  userId: id,
  reason,
  /** Days from now; an exemption always ends. */
  days: z.coerce.number().int().min(1).max(90),
});
export type GrantExemption = z.output<typeof grantExemptionInput>;
export const revokeExemptionInput = z.strictObject({ userId: id });

/** Absent: as for everybody. */
export const setOverrideInput = z.strictObject({
  userId: id,
  maxPendingParents: count.nullish(),
  maxPendingChildren: count.nullish(),
  cooldownSeconds: count.nullish(),
  reason,
});
export type SetOverride = z.output<typeof setOverrideInput>;
export const exemptionRow = z.object({
  userId: z.string(),
  expiresAt: z.date(),
});

export const limitedPerson = z.object({
  userId: z.string(),
  username: z.string(),
  displayName: z.string(),
  openBatches: z.number(),
  waitingChildren: z.number(),
  cooldownRemainingSeconds: z.number(),
  exemption: z
    .object({ reason: z.string(), expiresAt: z.date(), exemptedByName: z.string(), createdAt: z.date() })
    .nullable(),
  override: z
    .object({
      maxPendingParents: z.number().nullable(),
      maxPendingChildren: z.number().nullable(),
      cooldownSeconds: z.number().nullable(),
      reason: z.string(),
      setByName: z.string(),
      updatedAt: z.date(),
    })
    .nullable(),
});
export type LimitedPerson = z.output<typeof limitedPerson>;

/** What binds everybody, what is in use, and whom something else was said of. */
export const limitStatus = z.object({
  global: z.object({ openBatches: z.number(), openBatchesMax: z.number() }),
  perUser: z.object({
    openBatchesMax: z.number(),
    waitingChildrenMax: z.number(),
    cooldownSeconds: z.number(),
  }),
  people: z.array(limitedPerson),
});
export type LimitStatus = z.output<typeof limitStatus>;
