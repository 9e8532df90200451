import { useTranslations } from "next-intl";
import { approveRequestAction } from "@/app/actions/requests";
import { useRequestTitle } from "@/components/requests/use-request-title";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import type { RequestDetail } from "@/lib/requests/schema";
import { DecisionFailure } from "./decision-failure";
import { OperationEffect } from "./operation-effect";
import { RejectRequest } from "./reject-request";

/** Operations on a machine that exists: there is no place to choose, only yes or no. */
export function PlainDecision({ request }: { request: RequestDetail }) {
  const t = useTranslations("approvals");
  const titleOf = useRequestTitle();
  return (
    <Card title={t("decision.title")}>
      <ActionForm action={approveRequestAction} successMessage={t("approve.done")} className="grid gap-3">
        <HiddenInputs values={{ ticketId: request.id, version: String(request.version) }} />
        <OperationEffect operation={request} />
        <DecisionFailure />
        <div className="flex flex-wrap gap-2">
          <SubmitButton size="lg">{t("approve.open")}</SubmitButton>
          <RejectRequest request={request} title={titleOf(request)} look={{ size: "lg" }} />
        </div>
      </ActionForm>
    </Card>
  );
}
