import type { ClusterStatus } from "./machine";

interface Label {
  tone: "neutral" | "info" | "success" | "warning" | "danger";
  icon: "progress" | "done" | "warning" | "failed" | "ban" | "wrench" | "shield-check" | "shield-alert";
}

/** The words themselves stand in the message room "clusters" under the same names. */
export const clusterStatusLabels: Record<ClusterStatus | "DISABLED" | "MAINTENANCE", Label> = {
  UNKNOWN: { tone: "info", icon: "progress" },
  HEALTHY: { tone: "success", icon: "done" },
  UNHEALTHY: { tone: "warning", icon: "warning" },
  UNREACHABLE: { tone: "danger", icon: "failed" },
  DISABLED: { tone: "neutral", icon: "ban" },
  MAINTENANCE: { tone: "warning", icon: "wrench" },
};

export const policyLabels: Record<"MISSING" | "OPEN" | "GUARDED", Label> = {
  MISSING: { tone: "danger", icon: "ban" },
  OPEN: { tone: "neutral", icon: "shield-check" },
  GUARDED: { tone: "info", icon: "shield-alert" },
};

/** What an administrator switched off hides what the last check found. */
export function shownStatus(cluster: {
  status: ClusterStatus;
  enabled: boolean;
  maintenance: boolean;
}): keyof typeof clusterStatusLabels {
  if (!cluster.enabled) return "DISABLED";
  return cluster.maintenance && cluster.status === "HEALTHY" ? "MAINTENANCE" : cluster.status;
}
