"use client";

import { useTranslations } from "next-intl";
import type { RequestPreview } from "./request-preview";
import { VerdictLine } from "./verdict-line";

const named = 3;

export function ApprovalLine({ approval }: { approval: RequestPreview["approval"] }) {
  const t = useTranslations("requests");
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
  const names = approval.approvers.slice(0, named).map(({ displayName }) => displayName);
  const others = Math.max(0, approval.approvers.length - named);
  return (
    <VerdictLine
      mark="open"
      title={t("verdict.approvedBy", { names: names.join(t("list.nameSeparator")), others })}
    >
      {rule}
    </VerdictLine>
  );
}
