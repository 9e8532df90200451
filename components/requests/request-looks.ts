import type { Tone } from "@/components/ui/tones";
import { requestStatusTone } from "@/lib/requests/labels";
import type { RequestState } from "@/lib/requests/machine";

const toneOf: Record<(typeof requestStatusTone)[RequestState], Tone> = {
  neutral: "neutral",
  progress: "info",
  success: "success",
  warning: "warning",
  danger: "danger",
};

export function toneOfRequest(status: RequestState): Tone {
  return toneOf[requestStatusTone[status]];
}
