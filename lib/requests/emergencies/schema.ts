import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { requestRow } from "../schema";

const id = z.string().min(1).max(64);
const words = z.string().trim().min(10).max(2_000);

export const emergencyVerdicts = ["justified", "unjustified"] as const;

export const startEmergencyInput = z.strictObject({
  systemId: id,
  environment: z.string().min(1).max(60),
  /** Everybody who is told reads it. */
  reason: words,
  minutes: z.coerce.number().int().min(5).max(240),
});
export type StartEmergency = z.output<typeof startEmergencyInput>;

export const endEmergencyInput = z.strictObject({ emergencyId: id });
export type EndEmergency = z.output<typeof endEmergencyInput>;

export const reviewEmergencyInput = z.strictObject({
  emergencyId: id,
  verdict: z.enum(emergencyVerdicts),
  comment: words,
});
export type ReviewEmergency = z.output<typeof reviewEmergencyInput>;

export const emergencyFilter = pageQuery.extend({
  state: z.enum(["running", "unreviewed", "reviewed"]).optional(),
});
export type EmergencyFilter = z.output<typeof emergencyFilter>;

export const emergencyRow = z.object({
  id: z.string(),
  personId: z.string(),
  personName: z.string(),
  systemId: z.string(),
  systemName: z.string(),
  environment: z.string(),
  reason: z.string(),
  minutes: z.number(),
  startedAt: z.date(),
  endsAt: z.date(),
  endedAt: z.date().nullable(),
  reviewDueAt: z.date(),
  reviewedAt: z.date().nullable(),
  reviewerName: z.string().nullable(),
  verdict: z.enum(emergencyVerdicts).nullable(),
  reviewComment: z.string().nullable(),
  /** How many operations ran in its name. */
  requestCount: z.number(),
});
export type EmergencyRow = z.output<typeof emergencyRow>;
export const emergencyPage = pageOf(emergencyRow);

export const emergencyDetail = emergencyRow.extend({
  requests: z.array(requestRow),
  canEnd: z.boolean(),
  canReview: z.boolean(),
  /** Why this person may not say whether it was right; null where they may. */
  refusal: z.enum(["own_emergency", "still_running", "permission", "reviewed"]).nullable(),
});
export type EmergencyDetail = z.output<typeof emergencyDetail>;

export const emergencyPlaces = z.object({
  systems: z.array(z.object({ id: z.string(), name: z.string() })),
  environments: z.array(z.object({ name: z.string(), displayName: z.string() })),
  minutesMax: z.number(),
});
export type EmergencyPlaces = z.output<typeof emergencyPlaces>;
