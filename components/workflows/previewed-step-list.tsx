import { useTranslations } from "next-intl";
import type { PreviewedSteps } from "@/lib/requests/workflows/schema";
import { useModeText, useStepName } from "./step-words";
import { EligiblePeople } from "./why-eligible";

type PreviewedStep = PreviewedSteps["steps"][number];

/** Which steps a request would pass, and who could decide each; before anything is asked. */
export function PreviewedStepList({
  previewed,
  isDraft = false,
}: {
  previewed: PreviewedSteps;
  isDraft?: boolean;
}) {
  const t = useTranslations("workflows");
  return (
    <>
      {!isDraft && (
        <p>
          {previewed.workflowName === null
            ? t("timeline.standard")
            : t("tester.chosen", { name: previewed.workflowName })}
        </p>
      )}
      <ol className="grid gap-3">
        {previewed.steps.map((step) => (
          <PreviewedRow key={step.position} step={step} />
        ))}
      </ol>
    </>
  );
}

function PreviewedRow({ step }: { step: PreviewedStep }) {
  const t = useTranslations("workflows");
  const nameOf = useStepName();
  const modeText = useModeText();
  const { skipReason } = step;
  return (
    <li className="grid gap-1 border-l-2 pl-3">
      <span className={skipReason === null ? "font-medium" : "text-ink-faint"}>{nameOf(step)}</span>
      {skipReason !== null ? (
        <span className="text-xs text-ink-faint">
          {t.has(`skip.${skipReason}`) ? t(`skip.${skipReason}`) : skipReason}
        </span>
      ) : (
        <div className="grid gap-1 text-xs">
          <span className="text-ink-muted">{modeText(step)}</span>
          {!step.canFinish && <span className="text-danger">{t("tester.stuck")}</span>}
          <EligiblePeople people={step.eligible} />
        </div>
      )}
    </li>
  );
}
