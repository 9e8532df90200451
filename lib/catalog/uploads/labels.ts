import type { UploadStatus } from "./machine";

interface Label {
  tone: "neutral" | "info" | "success" | "warning" | "danger";
  icon: "progress" | "done" | "failed" | "ban" | "hourglass" | "trash";
}

/** The words themselves stand in the message room "uploads" under the same names. */
export const uploadStatusLabels: Record<UploadStatus | "REMOVING", Label> = {
  PREPARING: { tone: "info", icon: "progress" },
  RECEIVING: { tone: "info", icon: "hourglass" },
  CHECKING: { tone: "info", icon: "progress" },
  SENDING: { tone: "info", icon: "progress" },
  CONVERTING: { tone: "info", icon: "progress" },
  READY: { tone: "success", icon: "done" },
  FAILED: { tone: "danger", icon: "failed" },
  CANCELLED: { tone: "neutral", icon: "ban" },
  REMOVING: { tone: "neutral", icon: "trash" },
};

export function isUnderWay(status: UploadStatus): boolean {
  return !["READY", "FAILED", "CANCELLED"].includes(status);
}
