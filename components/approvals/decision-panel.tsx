"use client";

import { useTranslations } from "next-intl";
import type { LiveAnswer } from "@/components/requests/use-live-answer";
import { useRequestTitle } from "@/components/requests/use-request-title";
import { Card } from "@/components/ui/card";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PlacementPreview, RequestDetail } from "@/lib/requests/schema";
import type { CandidateFacts } from "./candidates-for-choice";
import { DecisionFailure } from "./decision-failure";
import { RejectRequest } from "./reject-request";

type DecisionPanelProps = {
  request: RequestDetail;
  chosen: CandidateFacts | undefined;
  demand: NonNullable<RequestDetail["asked"]>;
  answer: LiveAnswer<PlacementPreview>;
};

/** Says what approving will do before it is done; a button that would be refused says why instead. */
export function DecisionPanel({ request, chosen, demand, answer }: DecisionPanelProps) {
  const t = useTranslations("approvals");
  const titleOf = useRequestTitle();
  const obstacle = useObstacle(chosen, answer);
  return (
    <aside className="grid min-w-0 gap-3 max-lg:sticky max-lg:bottom-0 max-lg:z-2 lg:sticky lg:top-16">
      <Card title={t("decision.title")}>
        <div className="grid gap-3">
          <p className="text-sm text-ink-muted max-sm:hidden">
            {chosen
              ? t("decision.creation", {
                  vm: `${request.namespace}-${request.systemName}-${request.serviceName}-NN`,
                  cluster: chosen.displayName || chosen.name,
                  cpu: demand.cpuCores,
                  memory: demand.memoryGi,
                  disk: demand.diskGb,
                  requester: request.requesterName,
                })
              : t("decision.nowhere")}
          </p>
          <DecisionFailure />
          {obstacle && <p className="text-xs text-danger">{obstacle}</p>}
          <div className="grid grid-cols-[1fr_auto] gap-2">
            <SubmitButton size="lg" disabled={obstacle !== null}>
              {chosen ? t("approve.on", { cluster: chosen.displayName || chosen.name }) : t("approve.open")}
            </SubmitButton>
            <RejectRequest request={request} title={titleOf(request)} look={{ size: "lg" }} />
          </div>
          <p className="text-xs text-ink-faint max-lg:hidden">{t("decision.checkedAgain")}</p>
        </div>
      </Card>
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
