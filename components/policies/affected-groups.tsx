import { useTranslations } from "next-intl";
import type { ReplayGroup } from "@/lib/requests/replays/schema";
import { DecisionChange } from "./decision-change";
import { useOperationName } from "./policy-words";

/** Differences of one kind in one line each, the most frequent first. */
export function AffectedGroups({ groups }: { groups: readonly ReplayGroup[] }) {
  const t = useTranslations("policies.affected");
  const nameOf = useOperationName();
  return (
    <ul className="grid divide-y">
      {groups.map((group) => (
        <li key={keyOf(group)} className="grid gap-1 py-2 text-sm first:pt-0 last:pb-0">
          <span className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="font-medium">{nameOf(group.operation)}</span>
            <span className="text-xs text-ink-muted tabular-nums">
              {t("group", { requests: group.requests, people: group.people })}
            </span>
          </span>
          <DecisionChange
            now={{ effect: group.nowEffect, rule: group.nowPolicy }}
            then={{ effect: group.thenEffect, rule: group.thenPolicy }}
          />
        </li>
      ))}
    </ul>
  );
}

function keyOf({ operation, nowEffect, nowPolicy, thenEffect, thenPolicy }: ReplayGroup): string {
  return [operation, nowEffect, nowPolicy, thenEffect, thenPolicy].join("|");
}
