import { z } from "zod";
import { consoleTypes } from "@/lib/console/rules";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { brokenReasons, recordingModes, recordingStatuses, retentionDaysMax } from "./rules";

const id = z.string().min(1).max(64);

export const environmentRecordingShape = z.strictObject({
  environment: z.string().min(1).max(63),
  mode: z.enum(recordingModes),
  retentionDays: z.number().int().min(1).max(retentionDaysMax),
});
export type EnvironmentRecording = z.output<typeof environmentRecordingShape>;

export const recordingFilter = pageQuery.extend({
  /** A part of the machine's name. */
  q: z.string().trim().max(100).optional(),
  vmId: z.string().max(64).optional(),
  systemId: z.string().max(64).optional(),
  userId: z.string().max(64).optional(),
  /** A part of the person's name. */
  person: z.string().trim().max(100).optional(),
  jti: z.string().max(64).optional(),
  environment: z.string().max(63).optional(),
  consoleType: z.enum(consoleTypes).optional(),
  status: z.enum(recordingStatuses).optional(),
  startTime: z.coerce.date().optional(),
  endTime: z.coerce.date().optional(),
});
export type RecordingFilter = z.output<typeof recordingFilter>;

export const recordingRow = z.object({
  id: z.string(),
  jti: z.string(),
  vmId: z.string(),
  vmName: z.string(),
  /** False where the machine is gone. */
  vmExists: z.boolean(),
  systemId: z.string(),
  environment: z.string(),
  userId: z.string(),
  userName: z.string(),
  consoleType: z.enum(consoleTypes),
  status: z.enum(recordingStatuses),
  brokenReason: z.enum(brokenReasons).nullable(),
  startedAt: z.date(),
  endedAt: z.date().nullable(),
  durationMs: z.number(),
  bytes: z.number(),
  chunkCount: z.number(),
  gapCount: z.number(),
  lostBytes: z.number(),
  chainHead: z.string().nullable(),
  /** False where its picture is in a format that the page cannot show; a file to keep still holds it. */
  isPlayable: z.boolean(),
  retainUntil: z.date(),
  purgedAt: z.date().nullable(),
});
export type RecordingRow = z.output<typeof recordingRow>;
export const recordingPage = pageOf(recordingRow);

export const recordingInput = z.strictObject({ recordingId: id });
export type RecordingInput = z.output<typeof recordingInput>;

/** Who takes a recording out of the portal says what for. */
export const exportRecordingInput = z.strictObject({
  recordingId: id,
  reason: z.string().trim().min(3).max(500),
});
export type ExportRecording = z.output<typeof exportRecordingInput>;

export const openedRecording = z.object({
  openingId: z.string(),
  expiresAt: z.date(),
  indexPath: z.string(),
  streamPath: z.string(),
});
export type OpenedRecording = z.output<typeof openedRecording>;

export const exportedRecording = z.object({ filePath: z.string(), expiresAt: z.date() });
export type ExportedRecording = z.output<typeof exportedRecording>;

/** What the index of a recording tells, as it stands on the wire. */
export const recordingIndex = z
  .object({
    duration_ms: z.number(),
    is_running: z.boolean(),
    /** Per chunk: its first and last millisecond, and its bytes. */
    chunks: z.array(z.tuple([z.number(), z.number(), z.number()])),
  })
  .transform(({ duration_ms, is_running, chunks }) => ({
    durationMs: duration_ms,
    isRunning: is_running,
    chunks,
  }));
export type RecordingIndex = z.output<typeof recordingIndex>;
