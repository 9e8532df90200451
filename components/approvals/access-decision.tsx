"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { approveRequestAction } from "@/app/actions/requests";
import { useRequestTitle } from "@/components/requests/use-request-title";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import type { RequestDetail } from "@/lib/requests/schema";
import { accessPeriods, askableRoles } from "@/lib/vocabulary/askable-roles";
import { AskInformation } from "./ask-information";
import { DecisionFailure } from "./decision-failure";
import { OperationEffect } from "./operation-effect";
import { RejectRequest } from "./reject-request";
import { SeenVersionInput } from "./seen-version";

type Terms = NonNullable<RequestDetail["accessAsked"]>;

type AccessDecisionProps = {
  request: RequestDetail;
  asked: Terms;
  editable: readonly string[] | null;
  note: ReactNode;
};

/** A role on a System for a time: yes, yes with less, or no. */
export function AccessDecision({ request, asked, editable, note }: AccessDecisionProps) {
  const t = useTranslations("approvals");
  const titleOf = useRequestTitle();
  const [given, setGiven] = useState<Terms>(asked);
  const isLess = given.role !== asked.role || given.days !== asked.days;
  return (
    <Card title={t("decision.title")}>
      <ActionForm action={approveRequestAction} successMessage={t("approve.done")} className="grid gap-4">
        <HiddenInputs values={{ ticketId: request.id }} />
        <SeenVersionInput version={request.version} />
        <TermFields asked={asked} given={given} onChange={setGiven} editable={editable} />
        <OperationEffect operation={{ ...request, access: given }} />
        {isLess && (
          <Field
            name="modificationReason"
            label={t("override.reason")}
            description={t("override.reasonHint")}
            required
          >
            <Textarea rows={2} maxLength={2000} />
          </Field>
        )}
        {note}
        <DecisionFailure />
        <div className="flex flex-wrap gap-2">
          <SubmitButton size="lg">{t(isLess ? "approve.less" : "approve.open")}</SubmitButton>
          <RejectRequest request={request} title={titleOf(request)} look={{ size: "lg" }} />
          <AskInformation request={request} size="lg" />
        </div>
      </ActionForm>
    </Card>
  );
}

type TermFieldsProps = {
  asked: Terms;
  given: Terms;
  onChange: (given: Terms) => void;
  editable: readonly string[] | null;
};

/** Only what is not more than was asked for is offered. */
function TermFields({ asked, given, onChange, editable }: TermFieldsProps) {
  const r = useTranslations("requests");
  const roles = askableRoles.slice(askableRoles.indexOf(asked.role));
  const periods = [...accessPeriods.filter((days) => days < asked.days), asked.days];
  const may = (name: string) => editable === null || editable.includes(name);
  return (
    <div className="grid gap-4 sm:max-w-md sm:grid-cols-2">
      {may("role") && (
        <Field name="role" label={r("fact.role")}>
          <Select
            value={given.role}
            onChange={({ target }) =>
              onChange({ ...given, role: roles.find((role) => role === target.value) ?? asked.role })
            }
            options={roles.map((role) => ({ value: role, label: r(`access.role.${role}`) }))}
          />
        </Field>
      )}
      {may("days") && (
        <Field name="days" label={r("fact.days")}>
          <Select
            value={String(given.days)}
            onChange={({ target }) => onChange({ ...given, days: Number(target.value) })}
            options={periods.map((days) => ({ value: String(days), label: r("access.days", { days }) }))}
          />
        </Field>
      )}
    </div>
  );
}
