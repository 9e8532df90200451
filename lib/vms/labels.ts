import type { VmState } from "./machine";

export type Tone = "neutral" | "progress" | "success" | "warning" | "danger";

/** How each state looks; its word comes from the messages, under `vms.status`. */
export const vmStatusTone: Record<VmState, Tone> = {
  CREATING: "progress",
  PENDING: "warning",
  RUNNING: "success",
  STOPPING: "progress",
  STOPPED: "neutral",
  STARTING: "progress",
  PAUSED: "warning",
  MIGRATING: "progress",
  FAILED: "danger",
  DELETING: "progress",
  NOT_FOUND: "danger",
  UNKNOWN: "warning",
};
