"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { approveRequestAction } from "@/app/actions/requests";
import { useRequestTitle } from "@/components/requests/use-request-title";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import type { RequestDetail } from "@/lib/requests/schema";
import { AskInformation } from "./ask-information";
import { changesOf, noOverrides } from "./decision-choice";
import { DecisionFailure } from "./decision-failure";
import { OperationEffect } from "./operation-effect";
import { OverrideFields } from "./override-fields";
import { RejectRequest } from "./reject-request";
import { SeenVersionInput } from "./seen-version";

type ModifyDecisionProps = {
  request: RequestDetail;
  /** How large the machine would be as it was asked. */
  asked: NonNullable<RequestDetail["asked"]>;
  editable: readonly string[] | null;
  note: ReactNode;
};

const amounts = ["cpuLimit", "memoryLimitGi", "diskGb", "cpuRequest", "memoryRequestGi"];

/** A change of a machine that stands: yes, yes with other amounts, or no. */
export function ModifyDecision({ request, asked, editable, note }: ModifyDecisionProps) {
  const t = useTranslations("approvals");
  const titleOf = useRequestTitle();
  const [overrides, setOverrides] = useState(noOverrides);
  const changes = changesOf(asked, overrides);
  return (
    <Card title={t("decision.title")}>
      <ActionForm action={approveRequestAction} successMessage={t("approve.done")} className="grid gap-4">
        <HiddenInputs values={{ ticketId: request.id }} />
        <SeenVersionInput version={request.version} />
        <OperationEffect operation={request} />
        <OverrideFields
          asked={asked}
          editable={amounts.filter((name) => editable === null || editable.includes(name))}
          overrides={overrides}
          changes={changes}
          onChange={setOverrides}
          errorOf={() => undefined}
        />
        {note}
        <DecisionFailure />
        <div className="flex flex-wrap gap-2">
          <SubmitButton size="lg">{t(changes.length > 0 ? "approve.changed" : "approve.open")}</SubmitButton>
          <RejectRequest request={request} title={titleOf(request)} look={{ size: "lg" }} />
          <AskInformation request={request} size="lg" />
        </div>
      </ActionForm>
    </Card>
  );
}
