import type { Tone } from "@/components/ui/tones";
import type { Severity } from "@/lib/vms/explanation/schema";

export const severityTone: Record<Severity, Tone> = {
  info: "neutral",
  progress: "info",
  warning: "warning",
  danger: "danger",
};
