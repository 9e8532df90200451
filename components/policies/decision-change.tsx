import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import type { PolicyEffect } from "@/lib/requests/policies/rules";
import { EffectBadge } from "./policy-badges";

interface Decided {
  effect: PolicyEffect;
  /** The rule that says so; null where none matches, empty for the one on the screen. */
  rule: string | null;
  steps?: string | null;
}

/** What was answered and what would have been, one beside the other. */
export function DecisionChange({ now, then }: { now: Decided; then: Decided }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <DecisionWord {...now} />
      <Icon name="arrow" className="size-3.5 text-ink-faint" />
      <DecisionWord {...then} />
    </span>
  );
}

export function DecisionWord({ effect, rule, steps }: Decided) {
  const t = useTranslations("policies.affected");
  const name = rule === "" ? t("thisRule") : (rule ?? t("noRule"));
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <EffectBadge effect={effect} />
      <span className="text-xs break-all text-ink-muted">
        {t("by", { rule: name })}
        {steps && ` · ${steps}`}
      </span>
    </span>
  );
}
