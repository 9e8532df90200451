import type { ConsoleType } from "@/lib/console/rules";

/** Which consoles of an environment are recorded. */
export const recordingModes = ["off", "vnc", "serial", "both"] as const;
export type RecordingMode = (typeof recordingModes)[number];

export interface RecordingRule {
  mode: RecordingMode;
  retentionDays: number;
}

/** Where nobody has said anything, nothing is recorded. */
export const nothingRecorded: RecordingRule = { mode: "off", retentionDays: 30 };
export const retentionDaysMax = 3_650;

export function isRecorded({ mode }: RecordingRule, consoleType: ConsoleType): boolean {
  return mode === "both" || mode === consoleType;
}

export const recordingStatuses = ["recording", "complete", "broken", "purged"] as const;
export type RecordingStatus = (typeof recordingStatuses)[number];

/** Why a recording ends before its session does. */
export const brokenReasons = ["process_lost", "disk_full", "disk_failed"] as const;
export type BrokenReason = (typeof brokenReasons)[number];

export const openingPurposes = ["view", "export"] as const;
export type OpeningPurpose = (typeof openingPurposes)[number];

/** How long what was opened may be read on; a file to keep is fetched at once. */
export const openingMinutes: Record<OpeningPurpose, number> = { view: 12 * 60, export: 5 };

/** A session that is over has had so long to write down how its recording ended. */
export const settledSeconds = 30;

export function recordingStreamPath(recordingId: string, openingId: string): string {
  return `/api/v1/recordings/${recordingId}/stream?opening=${openingId}`;
}

export function recordingIndexPath(recordingId: string, openingId: string): string {
  return `/api/v1/recordings/${recordingId}/index?opening=${openingId}`;
}

export function recordingFilePath(recordingId: string, openingId: string): string {
  return `/api/v1/recordings/${recordingId}/file?opening=${openingId}`;
}

/** Bound to its recording: a sealed key moved to another row does not open. */
export function recordingBinding(recordingId: string): string {
  return `console-recording:${recordingId}`;
}
