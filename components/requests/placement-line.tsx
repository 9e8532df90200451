"use client";

import { useTranslations } from "next-intl";
import type { PlacementPreview } from "@/lib/requests/schema";
import { useExplanation } from "./use-explanation";
import { placementFacts } from "./verdict-facts";
import { VerdictLine } from "./verdict-line";

type PlacementLineProps = { preview: PlacementPreview; environmentName: string };

export function PlacementLine({ preview, environmentName }: PlacementLineProps) {
  const t = useTranslations("requests");
  const explain = useExplanation();
  const { clusters, fitting, reasons } = placementFacts(preview);
  if (clusters === 0) {
    return (
      <VerdictLine mark="no" title={t("verdict.noCluster", { environment: environmentName })}>
        {t("verdict.noClusterAdvice")}
      </VerdictLine>
    );
  }
  const sentences = [...new Set(reasons.map(explain))];
  return (
    <VerdictLine
      mark={fitting > 0 ? "yes" : "no"}
      title={t(fitting > 0 ? "verdict.fits" : "verdict.fitsNowhere", {
        fitting,
        clusters,
        environment: environmentName,
      })}
    >
      {sentences.length > 0 && (
        <ul className="grid gap-0.5">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </VerdictLine>
  );
}
