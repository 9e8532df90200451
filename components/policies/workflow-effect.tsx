"use client";

import { useTranslations } from "next-intl";
import { previewWorkflowChangesAction } from "@/app/actions/policies";
import { useLiveAnswer } from "@/components/requests/use-live-answer";
import { Spinner } from "@/components/ui/spinner";
import { useErrorText } from "@/components/ui/use-error-text";
import type { PreviewWorkflowChanges, WorkflowChangesPreview } from "@/lib/requests/replays/schema";
import { previewDays } from "./affected-panel";
import { WorkflowGroups } from "./workflow-groups";

/** Beside the builder: who would have had to approve what was asked lately; null while the workflow is none yet. */
export function WorkflowEffect({ question }: { question: PreviewWorkflowChanges | null }) {
  const t = useTranslations("policies");
  const errorText = useErrorText();
  const { answer } = useLiveAnswer<PreviewWorkflowChanges, WorkflowChangesPreview>(
    question,
    previewWorkflowChangesAction,
  );
  if (answer.phase === "resting")
    return <p className="text-sm text-ink-faint">{t("workflowEffect.resting", { days: previewDays })}</p>;
  if (answer.phase === "refused") {
    return (
      <p className="text-sm text-danger" role="alert">
        {t("affected.refused")} {errorText(answer.failure)}
      </p>
    );
  }
  return (
    <div className="grid gap-3" aria-live="polite" aria-busy={answer.phase === "checking"}>
      {answer.phase === "checking" && (
        <p className="flex items-center gap-2 text-xs text-ink-faint">
          <Spinner />
          {t("affected.checking")}
        </p>
      )}
      {answer.told && <EffectText told={answer.told} />}
    </div>
  );
}

function EffectText({ told }: { told: WorkflowChangesPreview }) {
  const t = useTranslations("policies.workflowEffect");
  const { days, total, differing, people } = told;
  if (total === 0) return <p className="text-sm text-ink-muted">{t("nothingAsked", { days })}</p>;
  if (differing === 0) return <p className="text-sm">{t("none", { total, days })}</p>;
  return (
    <>
      <p className="text-sm font-medium">{t("some", { differing, total, days, people })}</p>
      <WorkflowGroups groups={told.groups} />
      {told.truncated && <p className="text-xs text-ink-faint">{t("truncated")}</p>}
    </>
  );
}
