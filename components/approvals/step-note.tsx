import { useTranslations } from "next-intl";
import type { Timeline, TimelineStep } from "@/lib/requests/workflows/schema";

/** Whether a yes here is the last one, and who else has to say it. */
export function StepNote({ timeline }: { timeline: Timeline }) {
  const t = useTranslations("approvals");
  const mine = timeline.steps.find(({ isMine }) => isMine);
  const others = timeline.steps.filter(
    (step) => step !== mine && (step.status === "WAITING" || step.status === "ACTIVE"),
  );
  const isShared = mine !== undefined && seatsOpen(mine) > 1;
  if (others.length === 0 && !isShared) return null;
  const names = others.map(({ name, position }) => name || t("step.unnamed", { number: position + 1 }));
  return (
    <p className="text-sm text-ink-muted">
      {isShared && <span className="block">{t("step.shared", { count: seatsOpen(mine) - 1 })}</span>}
      {names.length > 0 && <span className="block">{t("step.after", { steps: names.join(", ") })}</span>}
    </p>
  );
}

/** How many yeses the step still wants. */
function seatsOpen({ mode, needed, eligible, decisions, escalationLevel }: TimelineStep): number {
  const said = decisions.filter(
    ({ verdict, level }) => verdict === "approve" && level === escalationLevel,
  ).length;
  if (mode === "any") return 1;
  return mode === "quorum" ? needed - said : Math.max(1, eligible.length - said);
}
