import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import type { WorkflowChangesPreview } from "@/lib/requests/replays/schema";
import { useOperationName } from "./policy-words";

type Group = WorkflowChangesPreview["groups"][number];
type Steps = Group["now"];

/** Requests whose steps would have been others, one kind each: who decided, and who would have had to. */
export function WorkflowGroups({ groups }: { groups: readonly Group[] }) {
  const t = useTranslations("policies");
  const nameOf = useOperationName();
  return (
    <ul className="grid divide-y">
      {groups.map((group) => (
        <li key={group.ticketId} className="grid gap-1.5 py-2 text-sm first:pt-0 last:pb-0">
          <span className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="font-medium">{nameOf(group.operation)}</span>
            <span className="text-xs text-ink-muted tabular-nums">
              {t("affected.group", { requests: group.requests, people: group.people })}
            </span>
          </span>
          <StepList label={t("workflowEffect.now")} {...group.now} />
          <StepList label={t("workflowEffect.then")} {...group.then} />
          <TextLink href={`/requests/${group.ticketId}`} className="w-fit text-xs">
            {t("workflowEffect.example")}
          </TextLink>
        </li>
      ))}
    </ul>
  );
}

function StepList({ label, workflowName, steps }: Steps & { label: string }) {
  const t = useTranslations("policies.workflowEffect");
  return (
    <div className="grid gap-0.5">
      <p className="text-xs text-ink-faint">
        {label}: {workflowName ?? t("standard")}
      </p>
      <ol className="grid gap-0.5 pl-3">
        {steps.map((step, index) => (
          <li key={index} className="text-xs">
            <span className="text-ink-muted">{step.name || t("step", { number: index + 1 })}:</span>{" "}
            <PeopleText {...step} />
          </li>
        ))}
      </ol>
    </div>
  );
}

const namesMax = 4;

function PeopleText({ mode, needed, people }: Steps["steps"][number]) {
  const t = useTranslations("policies.workflowEffect");
  if (people.length === 0) return t("nobody");
  const more = people.length - namesMax;
  const names = [...people.slice(0, namesMax), ...(more > 0 ? [t("more", { count: more })] : [])];
  return t("mode", { mode, needed, people: names.join(", ") });
}
