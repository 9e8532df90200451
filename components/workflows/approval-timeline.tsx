import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Stepper, type Step, type StepState } from "@/components/ui/stepper";
import { TimeAgo } from "@/components/ui/time-ago";
import type { Timeline, TimelineStep } from "@/lib/requests/workflows/schema";
import { TimelineHappenings } from "./timeline-happenings";
import { StepDetails } from "./step-details";
import { useStepName } from "./step-words";

/** Whose turn it is and why, what was said, what comes, and everything that happened. */
export function ApprovalTimeline({ timeline }: { timeline: Timeline }) {
  const t = useTranslations("workflows.timeline");
  if (timeline.steps.length === 0 && timeline.happenings.length === 0) return null;
  return (
    <Card title={t("title")} description={timeline.workflowName ?? t("standard")}>
      <div className="grid gap-4">
        {timeline.pausedSince && timeline.status === "PENDING" && (
          <Callout tone="info" title={t("paused")}>
            {t("pausedSince")} <TimeAgo at={timeline.pausedSince} />
          </Callout>
        )}
        {timeline.onItsWay && (
          <Callout tone="info" title={t("onItsWay")}>
            {t("onItsWayText")}
          </Callout>
        )}
        <TimelineSteps steps={timeline.steps} />
        {timeline.round > 1 && (
          <p className="text-xs text-ink-faint">{t("round", { count: timeline.round })}</p>
        )}
        <TimelineHappenings happenings={timeline.happenings} />
      </div>
    </Card>
  );
}

function TimelineSteps({ steps }: { steps: readonly TimelineStep[] }) {
  const t = useTranslations("workflows.timeline");
  const nameOf = useStepName();
  if (steps.length === 0) return <p className="text-sm text-ink-muted">{t("noSteps")}</p>;
  const shown = steps.map((step, index): Step => {
    const isBeside = index > 0 && steps[index - 1]?.stage === step.stage;
    return {
      id: step.id,
      label: isBeside ? t("beside", { name: nameOf(step) }) : nameOf(step),
      state: states[step.status],
      sentence: <StepDetails step={step} />,
      ...(step.finishedAt === null ? {} : { at: step.finishedAt }),
    };
  });
  return <Stepper label={t("title")} steps={shown} />;
}

const states: Record<TimelineStep["status"], StepState> = {
  WAITING: "waiting",
  ACTIVE: "current",
  ESCALATED: "current",
  APPROVED: "done",
  REJECTED: "failed",
  EXPIRED: "failed",
  SKIPPED: "skipped",
};
