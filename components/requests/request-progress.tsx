import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { ImportProgress } from "@/components/vms/import-progress";
import { Stepper } from "@/components/ui/stepper";
import type { RequestDetail } from "@/lib/requests/schema";
import { stepsOf, type RequestStep } from "./request-steps";

/** Where the request stands, step by step. */
export function RequestProgress({ request }: { request: RequestDetail }) {
  const t = useTranslations("requests");
  const sentenceOf = useStepSentence(request);
  const steps = stepsOf(request).map((step) => ({
    id: step.name,
    label: t(step.name === "approved" && step.state !== "done" ? "step.approval" : `step.${step.name}`),
    state: step.state,
    sentence: sentenceOf(step),
    ...(step.at === null ? {} : { at: step.at }),
  }));
  return (
    <Card title={t("progress.title")}>
      <Stepper label={t("progress.title")} steps={steps} direction="horizontal" />
      <ImportProgress progress={request.vmImportProgress} />
    </Card>
  );
}

function useStepSentence(request: RequestDetail) {
  const t = useTranslations("requests");
  return ({ name, state }: RequestStep): string | undefined => {
    if (state === "failed") return t(name === "approved" ? "progress.rejected" : "progress.stopped");
    if (state === "current") return t(`now.${name}`);
    if (state !== "done") return undefined;
    if (name === "submitted") return t("progress.by", { name: request.requesterName });
    return name === "approved" ? approvedBy(request.approverName, t("progress.byRule")) : undefined;

    function approvedBy(approver: string | null, byRule: string) {
      if (approver === null) return undefined;
      return approver.startsWith("policy:") ? byRule : t("progress.by", { name: approver });
    }
  };
}
