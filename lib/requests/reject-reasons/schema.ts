import { z } from "zod";

const id = z.string().min(1).max(64);
const text = z.string().trim().min(1).max(500);

export const reasonSubjects = ["all", "machine", "access"] as const;
export type ReasonSubject = (typeof reasonSubjects)[number];

/** Without an id it is a new one; the order is by position. */
export const rejectReasonInput = z.strictObject({
  id: id.optional(),
  about: z.enum(reasonSubjects).default("all"),
  position: z.number().int().min(0).max(10_000).default(0),
  textEn: text,
  textZh: text,
  enabled: z.boolean().default(true),
});
export type SetRejectReason = z.output<typeof rejectReasonInput>;

export const removeReasonInput = z.strictObject({ id });
export type RemoveRejectReason = z.output<typeof removeReasonInput>;

const rejectReasonRow = z.object({
  id: z.string(),
  about: z.enum(reasonSubjects),
  position: z.number(),
  textEn: z.string(),
  textZh: z.string(),
  enabled: z.boolean(),
});
export type RejectReasonRow = z.output<typeof rejectReasonRow>;

export const rejectReasons = z.object({ items: z.array(rejectReasonRow) });
export const rejectReasonId = z.object({ id: z.string() });
