"use client";

import { useTranslations } from "next-intl";
import type { LiveAnswer } from "@/components/requests/use-live-answer";
import { useErrorText } from "@/components/ui/use-error-text";
import { Spinner } from "@/components/ui/spinner";
import type { ChangesPreview } from "@/lib/requests/replays/schema";
import { AffectedGroups } from "./affected-groups";

export const previewDays = 30;

/** What a change would have done to the newest requests, while it is being thought about. */
export function AffectedPanel({ answer }: { answer: LiveAnswer<ChangesPreview> }) {
  const t = useTranslations("policies.affected");
  const errorText = useErrorText();
  if (answer.phase === "resting")
    return <p className="text-sm text-ink-faint">{t("resting", { days: previewDays })}</p>;
  if (answer.phase === "refused") {
    return (
      <p className="text-sm text-danger" role="alert">
        {t("refused")} {errorText(answer.failure)}
      </p>
    );
  }
  return (
    <div className="grid gap-3" aria-live="polite" aria-busy={answer.phase === "checking"}>
      {answer.phase === "checking" && (
        <p className="flex items-center gap-2 text-xs text-ink-faint">
          <Spinner />
          {t("checking")}
        </p>
      )}
      {answer.told && <AffectedText told={answer.told} />}
    </div>
  );
}

function AffectedText({ told }: { told: ChangesPreview }) {
  const t = useTranslations("policies.affected");
  const { days, total, differing, people, uncertain } = told;
  if (total === 0) return <p className="text-sm text-ink-muted">{t("nothingAsked", { days })}</p>;
  if (differing === 0) return <p className="text-sm">{t("none", { total, days })}</p>;
  return (
    <>
      <p className="text-sm font-medium">{t("some", { differing, total, days, people })}</p>
      <AffectedGroups groups={told.groups} />
      {told.truncated && <p className="text-xs text-ink-faint">{t("truncated", { total })}</p>}
      {uncertain > 0 && <p className="text-xs text-ink-faint">{t("uncertain", { count: uncertain })}</p>}
    </>
  );
}
