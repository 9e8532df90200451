import { Checkbox } from "@/components/ui/checkbox";
import type { PolicyListRow } from "@/lib/requests/policies/schema";
import { EffectBadge, PolicyStateBadge } from "./policy-badges";
import { PolicyConditions } from "./policy-conditions";
import { useOperationName } from "./policy-words";

interface RuleChoiceProps {
  name: string;
  label: string;
  rules: readonly PolicyListRow[];
  picked: ReadonlySet<string>;
  onToggle: (id: string) => void;
  /** Said where there is none. */
  empty?: string;
}

/** Rules to tick, each with what it says and when. */
export function RuleChoice({ name, label, rules, picked, onToggle, empty }: RuleChoiceProps) {
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className={empty === undefined ? "sr-only" : "mb-2 text-sm font-medium"}>{label}</legend>
      {rules.length === 0 && <p className="text-sm text-ink-faint">{empty}</p>}
      <div className="grid max-h-80 gap-2 overflow-y-auto">
        {rules.map((rule) => (
          <div key={rule.id} className="rounded-md border p-2.5">
            <Checkbox
              name={name}
              value={rule.id}
              checked={picked.has(rule.id)}
              onChange={() => onToggle(rule.id)}
              label={<RuleLabel rule={rule} />}
            />
          </div>
        ))}
      </div>
    </fieldset>
  );
}

function RuleLabel({ rule }: { rule: PolicyListRow }) {
  const nameOf = useOperationName();
  return (
    <span className="grid gap-1">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium break-words">{rule.name}</span>
        <EffectBadge effect={rule.effect} />
        {rule.state !== "active" && <PolicyStateBadge state={rule.state} />}
      </span>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-muted">
        {nameOf(rule.operation)}
        <PolicyConditions policy={rule} />
      </span>
    </span>
  );
}
