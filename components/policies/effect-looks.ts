import type { IconName } from "@/components/ui/icon";
import type { Tone } from "@/components/ui/tones";
import type { PolicyEffect, PolicyState } from "@/lib/requests/policies/rules";

export const effectLooks: Record<PolicyEffect, { tone: Tone; icon: IconName }> = {
  run: { tone: "success", icon: "zap" },
  ask: { tone: "info", icon: "users" },
  deny: { tone: "danger", icon: "ban" },
};

export const stateLooks: Record<PolicyState, { tone: Tone; icon: IconName }> = {
  active: { tone: "success", icon: "done" },
  shadow: { tone: "info", icon: "eye" },
  draft: { tone: "neutral", icon: "pencil" },
  disabled: { tone: "warning", icon: "paused" },
};
