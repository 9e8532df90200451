import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { claimsMapping, cohortKinds, providerId } from "../schema";

/** Up to ten people, to choose fields by: a directory gives them at once, the others after a try to sign in. */
export const takeSampleInput = z.strictObject({ providerId, returnTo: z.string().max(2000).optional() });
export const takenSample = z.object({
  /** Where to go for a try that signs nobody in; null where the sample is here already. */
  redirectUrl: z.string().nullable(),
  people: z.number(),
});
export const sampleField = z.object({
  name: z.string(),
  type: z.enum(["text", "list", "number", "boolean", "object"]),
  sample: z.array(z.string()),
  uniqueCount: z.number(),
  /** In how many of the people it was there at all. */
  presentCount: z.number(),
});
export const sampleView = z.object({
  people: z.array(
    z.object({ subject: z.string(), takenAt: z.date(), attributes: z.record(z.string(), z.unknown()) }),
  ),
  fields: z.array(sampleField),
});
export type SampleField = z.output<typeof sampleField>;
export type SampleView = z.output<typeof sampleView>;

export const chooseClaimsInput = z.strictObject({ providerId, version: z.number().int(), claimsMapping });

export const syncCohortsInput = z.strictObject({ providerId });
export const syncedCohorts = z.object({ count: z.number() });
export const cohortFilter = pageQuery.extend({ q: z.string().max(100).optional() });
export const cohortRow = z.object({
  id: z.string(),
  kind: z.enum(cohortKinds),
  key: z.string(),
  displayName: z.string(),
  sourceField: z.string(),
  /** Known people in it, by what the provider said last. */
  peopleCount: z.number(),
  mappingCount: z.number(),
  lastSyncedAt: z.date(),
});
export const cohortPage = pageOf(cohortRow);
export type CohortRow = z.output<typeof cohortRow>;

/** Whoever is in the cohort holds the role: everywhere, or within one System. */
const grant = {
  roleId: z.string().min(1).max(64),
  systemId: z.string().max(64).nullable().default(null),
  environments: z.array(z.string().max(63)).max(50),
};
const cohort = { kind: z.enum(cohortKinds).default("group"), key: z.string().min(1).max(512) };
export const mappingDraft = z.strictObject({ ...cohort, ...grant });
export const createMappingInput = z.strictObject({ providerId, ...cohort, ...grant });
export const updateMappingInput = z.strictObject({ providerId, mappingId: z.string().max(64), ...grant });
export const deleteMappingInput = z.strictObject({ providerId, mappingId: z.string().max(64) });
export const createdMapping = z.object({ id: z.string() });
export type MappingDraft = z.output<typeof mappingDraft>;

export const mappingFilter = pageQuery;
export const mappingRow = z.object({
  id: z.string(),
  kind: z.enum(cohortKinds),
  key: z.string(),
  roleId: z.string(),
  roleName: z.string(),
  roleDisplayName: z.string(),
  roleEnabled: z.boolean(),
  systemId: z.string().nullable(),
  systemName: z.string().nullable(),
  environments: z.array(z.string()),
  peopleCount: z.number(),
  createdAt: z.date(),
});
export const mappingPage = pageOf(mappingRow);
export type MappingRow = z.output<typeof mappingRow>;

/**
 * What a change would do before it is made. A draft alone: a new mapping; with a mapping's id: that mapping changed;
 * the id without a draft: that mapping deleted.
 */
export const previewMappingInput = z.strictObject({
  providerId,
  mappingId: z.string().max(64).optional(),
  draft: mappingDraft.optional(),
});
const bindingChange = z.object({
  userId: z.string(),
  username: z.string(),
  displayName: z.string(),
  roleId: z.string(),
  roleDisplayName: z.string(),
  systemId: z.string().nullable(),
  /** Null: the role is not held from the provider then. */
  before: z.array(z.string()).nullable(),
  after: z.array(z.string()).nullable(),
});
/** Each list holds 200 people at most; the counts say how many there are. */
export const mappingPreview = z.object({
  gain: z.object({ count: z.number(), people: z.array(bindingChange) }),
  lose: z.object({ count: z.number(), people: z.array(bindingChange) }),
  change: z.object({ count: z.number(), people: z.array(bindingChange) }),
});
export type MappingPreview = z.output<typeof mappingPreview>;
export type PreviewMapping = z.output<typeof previewMappingInput>;
export type CreateMapping = z.output<typeof createMappingInput>;
export type UpdateMapping = z.output<typeof updateMappingInput>;
export type DeleteMapping = z.output<typeof deleteMappingInput>;
export type ChooseClaims = z.output<typeof chooseClaimsInput>;
