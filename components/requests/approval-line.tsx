"use client";

import { useTranslations } from "next-intl";
import type { PlacementPreview } from "@/lib/requests/schema";
import { PreviewedStepList } from "@/components/workflows/previewed-step-list";
import { useApproverNames } from "./use-approver-names";
import { VerdictLine } from "./verdict-line";

export function ApprovalLine({ approval }: { approval: PlacementPreview["approval"] }) {
  const t = useTranslations("requests");
  const namesOf = useApproverNames();
  if (!approval) return null;
  const rule =
    approval.policyName === null ? t("verdict.noRule") : t("verdict.rule", { name: approval.policyName });
  if (!approval.required) {
    return (
      <VerdictLine mark="yes" title={t("verdict.startsAtOnce")}>
        {rule}
      </VerdictLine>
    );
  }
  if (approval.approvers.length === 0) {
    return (
      <VerdictLine mark="careful" title={t("verdict.nobodyApproves")}>
        {t("verdict.nobodyApprovesAdvice")}
      </VerdictLine>
    );
  }
  return (
    <VerdictLine mark="open" title={t("verdict.approvedBy", { names: namesOf(approval.approvers) })}>
      {rule}
      {approval.steps !== undefined && approval.steps.steps.length > 1 && (
        <PreviewedStepList previewed={approval.steps} />
      )}
    </VerdictLine>
  );
}
