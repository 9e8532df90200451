import { useTranslations } from "next-intl";
import { StatusBadge } from "@/components/ui/status-badge";
import type { PolicyEffect, PolicyState } from "@/lib/requests/policies/rules";
import { effectLooks, stateLooks } from "./effect-looks";

type Look = "boxed" | "plain";

export function EffectBadge({ effect, look = "boxed" }: { effect: PolicyEffect; look?: Look }) {
  const t = useTranslations("policies.effect");
  return <StatusBadge {...effectLooks[effect]} label={t(effect)} look={look} />;
}

export function PolicyStateBadge({ state, look = "plain" }: { state: PolicyState; look?: Look }) {
  const t = useTranslations("policies.state");
  return <StatusBadge {...stateLooks[state]} label={t(state)} look={look} />;
}
