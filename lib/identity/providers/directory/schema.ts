import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { providerId } from "../schema";

export const directoryConflicts = [
  "same_external_identity",
  "same_canonical_identity",
  "username_conflict",
  "email_conflict",
  "ambiguous_existing_user",
] as const;
export type DirectoryConflict = (typeof directoryConflicts)[number];
export const rowOutcomes = ["create", "update", "blocked"] as const;

export const directoryDescriptor = z.object({
  /** People are joined by this field and by nothing else. */
  joinKey: z.string(),
  fields: z.array(z.object({ name: z.string(), attribute: z.string() })),
  previewMax: z.number(),
});

export const previewDirectoryInput = z.strictObject({
  providerId,
  limit: z.number().int().min(1).max(200).default(100),
});
const counts = { create: z.number(), update: z.number(), blocked: z.number() };
export const directoryRow = z.object({
  externalId: z.string(),
  username: z.string(),
  displayName: z.string(),
  email: z.string().nullable(),
  cohorts: z.array(z.string()).nullable(),
  outcome: z.enum(rowOutcomes),
  conflict: z.enum(directoryConflicts).nullable(),
});
export const directoryPreview = z.object({ items: z.array(directoryRow), counts: z.object(counts) });
export type DirectoryRow = z.output<typeof directoryRow>;
export type DirectoryPreview = z.output<typeof directoryPreview>;

/** Without ids: everybody the directory lists. */
export const syncDirectoryInput = z.strictObject({
  providerId,
  externalIds: z.array(z.string().max(256)).max(1000).optional(),
});
export const startedSync = z.object({ jobId: z.string() });

export const syncJobFilter = pageQuery;
export const syncSummary = z.object({
  ...counts,
  /** People of ours whom the directory no longer knows: their roles from it are gone. */
  gone: z.number(),
});
export const syncProblem = z.object({
  externalId: z.string().nullable(),
  username: z.string().nullable(),
  reason: z.string(),
});
export const syncJobRow = z.object({
  id: z.string(),
  syncMode: z.enum(["manual_import", "scheduled_enrichment"]),
  status: z.enum(["pending", "running", "completed", "failed"]),
  summary: syncSummary.nullable(),
  /** The first 200. */
  problems: z.array(syncProblem),
  createdBy: z.string(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
});
export const syncJobPage = pageOf(syncJobRow);
export type SyncJobRow = z.output<typeof syncJobRow>;
export type SyncSummary = z.output<typeof syncSummary>;
export type SyncProblem = z.output<typeof syncProblem>;
export type PreviewDirectory = z.output<typeof previewDirectoryInput>;
export type SyncDirectory = z.output<typeof syncDirectoryInput>;
