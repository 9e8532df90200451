"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { LiveAnswer } from "@/components/requests/use-live-answer";
import { useRequestTitle } from "@/components/requests/use-request-title";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PlacementPreview, RequestDetail } from "@/lib/requests/schema";
import type { CandidateFacts } from "./candidates-for-choice";
import { AskInformation } from "./ask-information";
import { DecisionFailure } from "./decision-failure";
import { RejectRequest } from "./reject-request";

type DecisionPanelProps = {
  request: RequestDetail;
  chosen: CandidateFacts | undefined;
  demand: NonNullable<RequestDetail["asked"]>;
  answer: LiveAnswer<PlacementPreview>;
  note: ReactNode;
};

/** Says what approving will do before it is done; a button that would be refused says why instead. */
export function DecisionPanel({ request, chosen, demand, answer, note }: DecisionPanelProps) {
  const t = useTranslations("approvals");
  const titleOf = useRequestTitle();
  const obstacle = useObstacle(chosen, answer);
  const cluster = chosen?.displayName || chosen?.name;
  return (
    <aside className="grid min-w-0 gap-3 rounded-lg border bg-surface p-4 max-lg:sticky max-lg:bottom-2 max-lg:z-2 max-lg:p-3 max-lg:shadow-floating lg:sticky lg:top-16">
      <h2 className="text-sm font-semibold max-lg:sr-only">{t("decision.title")}</h2>
      {cluster && (
        <p className="text-sm text-ink-muted max-lg:hidden">
          {t("decision.creation", {
            vm: `${request.namespace}-${request.systemName}-${request.serviceName}-NN`,
            cluster,
            cpu: demand.cpuCores,
            memory: demand.memoryGi,
            disk: demand.diskGb,
            requester: request.requesterName,
          })}
        </p>
      )}
      {note}
      <DecisionFailure />
      {obstacle && <p className="text-sm text-danger max-lg:text-xs">{obstacle}</p>}
      <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-2">
        <SubmitButton size="lg" disabled={obstacle !== null} className="min-w-0">
          <span className="truncate">{cluster ? t("approve.on", { cluster }) : t("approve.open")}</span>
        </SubmitButton>
        <RejectRequest request={request} title={titleOf(request)} look={{ size: "lg" }} />
      </div>
      <AskInformation request={request} />
      <p className="text-xs text-ink-faint max-lg:hidden">{t("decision.checkedAgain")}</p>
    </aside>
  );
}

/** What would certainly refuse an approval now; a check that is merely missing is made again by the approval itself. */
function useObstacle(
  chosen: CandidateFacts | undefined,
  answer: LiveAnswer<PlacementPreview>,
): string | null {
  const t = useTranslations("approvals");
  if (chosen === undefined) return t("decision.noCluster");
  if (chosen.storageClass === null && chosen.storageClasses.length > 1) return t("decision.noStorageClass");
  if (answer.phase !== "told") return null;
  const verdict = answer.told.verdicts.find(({ clusterId }) => clusterId === chosen.clusterId);
  return verdict?.result === "refused"
    ? t("decision.refusedByCluster", { cluster: chosen.displayName || chosen.name })
    : null;
}
