"use client";

import { useTranslations } from "next-intl";
import { assertNever } from "@/lib/core/errors";
import type { PlacementPreview } from "@/lib/requests/schema";
import { ClusterWords } from "./cluster-words";
import { admissionFacts, type AdmissionFacts } from "./verdict-facts";
import { VerdictLine } from "./verdict-line";

export function AdmissionLine({ preview }: { preview: PlacementPreview }) {
  const t = useTranslations("requests");
  const facts = admissionFacts(preview);
  const { outcome, accepted, asked } = facts;
  switch (outcome) {
    case "nothing_to_ask":
      return null;
    case "accepted":
      return (
        <VerdictLine mark="yes" title={t("verdict.accepted")}>
          <Remarks facts={facts} />
        </VerdictLine>
      );
    case "partly":
      return (
        <VerdictLine mark="careful" title={t("verdict.partly", { accepted, asked })}>
          <Refusals facts={facts} />
        </VerdictLine>
      );
    case "refused":
      return (
        <VerdictLine mark="no" title={t("verdict.refused")}>
          <p>{t("verdict.refusedAdvice")}</p>
          <Refusals facts={facts} />
        </VerdictLine>
      );
    case "not_checked":
      return (
        <VerdictLine mark="unknown" title={t("verdict.notChecked")}>
          {preview.notChecked && <p>{t("verdict.workerSilent")}</p>}
          <Refusals facts={facts} />
          <p>{t("verdict.notCheckedAdvice")}</p>
        </VerdictLine>
      );
    default:
      return assertNever(outcome);
  }
}

function Refusals({ facts }: { facts: AdmissionFacts }) {
  const words = facts.causes.length > 0 ? facts.causes.map(({ message }) => message) : facts.messages;
  return words.map((each) => <ClusterWords key={each} words={each} />);
}

function Remarks({ facts }: { facts: AdmissionFacts }) {
  const t = useTranslations("requests");
  return (
    <>
      {facts.namespaceMissing && <p>{t("verdict.namespaceMissing")}</p>}
      {facts.warnings.map((warning) => (
        <ClusterWords key={warning} words={warning} />
      ))}
    </>
  );
}
