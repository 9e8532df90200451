"use client";

import { useTranslations } from "next-intl";
import { previewApprovalAction } from "@/app/actions/requests";
import { useLiveAnswer } from "@/components/requests/use-live-answer";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Skeleton } from "@/components/ui/skeleton";
import { TextLink } from "@/components/ui/text-link";
import type { PlacementPreview, PreviewApproval } from "@/lib/requests/schema";
import { CandidateVerdict } from "./candidate-verdict";
import { chosenCandidate } from "./candidates-for-choice";
import { QuickActions } from "./quick-actions";

/** Asks when the dialog opens; what is approved is the cluster that was shown. */
export function QuickPlacement({ ticketId }: { ticketId: string }) {
  const t = useTranslations("approvals");
  const { answer } = useLiveAnswer<PreviewApproval, PlacementPreview>({ ticketId }, previewApprovalAction);
  const chosen = answer.phase === "told" ? chosenCandidate(answer.told.candidates, "") : undefined;
  const isWaiting = answer.phase === "checking" || answer.phase === "resting";
  return (
    <>
      <div className="grid gap-2 rounded-lg border bg-sunken p-3 text-sm">
        {isWaiting && <Skeleton className="h-5 w-48" />}
        {chosen && <p>{t("quick.on", { cluster: chosen.displayName || chosen.name })}</p>}
        {answer.phase === "told" && !chosen && <p>{t("decision.noCluster")}</p>}
        {(chosen ?? isWaiting) && <CandidateVerdict clusterId={chosen?.clusterId ?? ""} answer={answer} />}
        <TextLink href={`/approvals/${ticketId}`} className="text-xs">
          {t("quick.openDesk")}
        </TextLink>
      </div>
      {chosen && <HiddenInputs values={{ clusterId: chosen.clusterId }} />}
      <QuickActions obstacle={obstacleOf()} />
    </>
  );

  function obstacleOf(): string | undefined {
    if (isWaiting) return undefined;
    if (chosen === undefined) return t("quick.needsDesk");
    const verdict =
      answer.phase === "told"
        ? answer.told.verdicts.find((each) => each.clusterId === chosen.clusterId)
        : null;
    return verdict?.result === "refused" || chosen.storageClass === null ? t("quick.needsDesk") : undefined;
  }
}
