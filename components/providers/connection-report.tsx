import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { Stepper, type Step } from "@/components/ui/stepper";
import type { ConnectionReport as Report } from "@/lib/identity/providers/schema";

const states = { passed: "done", failed: "failed", skipped: "skipped" } as const;

/** What a test found, step by step, or where it stopped and why. */
export function ConnectionReport({ report }: { report: Report }) {
  const t = useTranslations("providers.test");
  const sentenceOf = useStepSentence();
  const steps: Step[] = report.steps.map((step) => ({
    id: step.name,
    label: t(`step.${step.name}`),
    state: states[step.outcome],
    sentence: sentenceOf(step),
  }));
  return (
    <Callout tone={report.ok ? "success" : "danger"} role="status" title={t(report.ok ? "passed" : "failed")}>
      <Stepper label={t("steps")} steps={steps} className="mt-3" />
    </Callout>
  );
}

function useStepSentence(): (step: Report["steps"][number]) => string | undefined {
  const t = useTranslations("providers.test");
  return ({ name, outcome, facts, message, reason }) => {
    if (outcome === "skipped") return t("skipped");
    if (outcome === "failed") {
      const words = message ?? reason ?? t("unknown");
      return reason !== null && t.has(`reason.${reason}`)
        ? t("explained", { reason: t(`reason.${reason}`), message: words })
        : t("stopped", { message: words });
    }
    if (Object.keys(facts).length === 0 || !t.has(`found.${name}`)) return undefined;
    const texts = Object.entries(facts).map(([key, value]) => [
      key,
      typeof value === "number" ? value : textOf(value),
    ]);
    return t(`found.${name}`, Object.fromEntries(texts));
  };
}

function textOf(value: string | boolean | null): string {
  return value === null || value === "" ? "–" : String(value);
}
