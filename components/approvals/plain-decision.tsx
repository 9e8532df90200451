import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { approveRequestAction } from "@/app/actions/requests";
import { useRequestTitle } from "@/components/requests/use-request-title";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import type { RequestDetail } from "@/lib/requests/schema";
import { AskInformation } from "./ask-information";
import { DecisionFailure } from "./decision-failure";
import { OperationEffect } from "./operation-effect";
import { RejectRequest } from "./reject-request";
import { SeenVersionInput } from "./seen-version";

/** Operations on a machine that exists: there is no place to choose, only yes or no. */
export function PlainDecision({ request, note }: { request: RequestDetail; note: ReactNode }) {
  const t = useTranslations("approvals");
  const titleOf = useRequestTitle();
  return (
    <Card title={t("decision.title")}>
      <ActionForm action={approveRequestAction} successMessage={t("approve.done")} className="grid gap-3">
        <HiddenInputs values={{ ticketId: request.id }} />
        <SeenVersionInput version={request.version} />
        <OperationEffect operation={request} />
        {note}
        <DecisionFailure />
        <div className="flex flex-wrap gap-2">
          <SubmitButton size="lg">{t("approve.open")}</SubmitButton>
          <RejectRequest request={request} title={titleOf(request)} look={{ size: "lg" }} />
          <AskInformation request={request} size="lg" />
        </div>
      </ActionForm>
    </Card>
  );
}
