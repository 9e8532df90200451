import type { RequestState } from "./machine";

/** How each state looks; its word comes from the messages, under `requests.status`. */
export const requestStatusTone: Record<
  RequestState,
  "neutral" | "progress" | "success" | "warning" | "danger"
> = {
  PENDING: "warning",
  APPROVED: "progress",
  EXECUTING: "progress",
  SUCCESS: "success",
  REJECTED: "danger",
  FAILED: "danger",
  CANCELLED: "neutral",
};
