"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { approveRequestAction, previewApprovalAction } from "@/app/actions/requests";
import { useLiveAnswer } from "@/components/requests/use-live-answer";
import { useLiveErrors } from "@/components/requests/use-live-errors";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Section } from "@/components/ui/section";
import type { CapacityOutlook } from "@/lib/requests/quotas/schema";
import type { PlacementPreview, PreviewApproval, RequestDetail } from "@/lib/requests/schema";
import { CandidateCard } from "./candidate-card";
import { CandidateVerdict } from "./candidate-verdict";
import { candidatesForChoice, chosenCandidate, type CandidateFacts } from "./candidates-for-choice";
import { changesOf, demandOf, noOverrides, questionOf } from "./decision-choice";
import { DecisionPanel } from "./decision-panel";
import { NoCandidate } from "./no-candidate";
import { OverrideFields } from "./override-fields";
import { SeenVersionInput } from "./seen-version";
import { StorageChoice } from "./storage-choice";

type DecisionFormProps = {
  request: RequestDetail & { asked: NonNullable<RequestDetail["asked"]> };
  /** As the page was made; the live answer replaces them. */
  candidates: readonly CandidateFacts[];
  outlook: Record<string, CapacityOutlook>;
  /** What this step may change; null for all of it. */
  editable: readonly string[] | null;
  /** Who else decides, beside the decision. */
  note: ReactNode;
  /** What is asked, above the choices, so that the decision stays beside it. */
  children: ReactNode;
};

/** A new VM: where it goes, how much of it, and the decision, in one form. */
export function DecisionForm({ request, candidates, outlook, editable, note, children }: DecisionFormProps) {
  const t = useTranslations("approvals");
  const [clusterId, setClusterId] = useState("");
  const [storageClass, setStorageClass] = useState("");
  const [overrides, setOverrides] = useState(noOverrides);
  const { answer, askAgain } = useLiveAnswer<PreviewApproval, PlacementPreview>(
    questionOf(request.id, overrides, storageClass),
    previewApprovalAction,
  );
  const errorOf = useLiveErrors(answer);
  const may = (name: string) => editable === null || editable.includes(name);
  const told = answer.phase === "told" || answer.phase === "checking" ? answer.told : null;
  const current = candidatesForChoice(told?.candidates ?? candidates, clusterId);
  const chosen = chosenCandidate(current, clusterId);
  const demand = demandOf(request.asked, overrides);

  function choose(next: string) {
    setClusterId(next);
    setStorageClass("");
  }

  return (
    <ActionForm
      action={approveRequestAction}
      successMessage={t("approve.done")}
      className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]"
    >
      <HiddenInputs values={{ ticketId: request.id }} />
      <SeenVersionInput version={request.version} />
      <div className="grid min-w-0 gap-5">
        {children}
        <Section
          title={t("candidates.title")}
          description={t("candidates.description")}
          actions={
            <Button size="sm" variant="ghost" disabled={answer.phase === "checking"} onClick={askAgain}>
              {t("candidates.askAgain")}
            </Button>
          }
        >
          {current.length === 0 && <NoCandidate environment={request.environment ?? ""} />}
          <ul className="grid gap-3 sm:grid-cols-2 2xl:grid-cols-3">
            {current.map((candidate) => (
              <CandidateCard
                key={candidate.clusterId}
                candidate={candidate}
                demand={demand}
                isChosen={candidate === chosen}
                onChoose={may("clusterId") ? () => choose(candidate.clusterId) : undefined}
                outlook={outlook[candidate.clusterId]}
              >
                {candidate === chosen && may("storageClass") && (
                  <StorageChoice
                    candidate={candidate}
                    value={storageClass}
                    onChange={setStorageClass}
                    error={errorOf("storageClass")}
                  />
                )}
                <CandidateVerdict clusterId={candidate.clusterId} answer={answer} />
              </CandidateCard>
            ))}
          </ul>
        </Section>
        {current.length > 0 && (
          <OverrideFields
            asked={request.asked}
            editable={editable}
            overrides={overrides}
            changes={changesOf(request.asked, overrides)}
            onChange={setOverrides}
            errorOf={errorOf}
          />
        )}
      </div>
      <DecisionPanel request={request} chosen={chosen} demand={demand} answer={answer} note={note} />
    </ActionForm>
  );
}
