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

/** How pressing a waiting request is (spec §5.11). */
export type Urgency = "normal" | "warning" | "urgent";

export function urgencyOf(daysPending: number): Urgency {
  if (daysPending > 7) return "urgent";
  return daysPending > 3 ? "warning" : "normal";
}
