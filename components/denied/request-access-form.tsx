"use client";

import { useTranslations } from "next-intl";
import { requestAccessAction } from "@/app/actions/requests";
import { RequestFailure } from "@/components/requests/request-failure";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { accessPeriods, type AskableRole } from "@/lib/vocabulary/askable-roles";
import type { RoleOffer } from "./role-offers";

type RequestAccessFormProps = {
  systemId: string;
  offers: readonly RoleOffer[];
  initialRole: AskableRole;
};

const usualDays = 30;

export function RequestAccessForm({ systemId, offers, initialRole }: RequestAccessFormProps) {
  const t = useTranslations("denied");
  return (
    <ActionForm action={requestAccessAction} className="grid gap-6">
      <HiddenInputs values={{ systemId }} />
      <RadioCards
        name="role"
        label={t("form.role")}
        columns={1}
        defaultValue={initialRole}
        cards={offers.map(({ role, isHeld }) => ({
          value: role,
          label: t(`role.${role}`),
          description: t(`roleMay.${role}`),
          disabledReason: isHeld ? t("form.held") : undefined,
        }))}
      />
      <Field name="days" label={t("form.days")} hint={t("form.daysHint")} className="max-w-60">
        <Select
          defaultValue={String(usualDays)}
          options={accessPeriods.map((days) => ({ value: String(days), label: t("form.period", { days }) }))}
        />
      </Field>
      <Field name="reason" label={t("form.reason")} description={t("form.reasonHint")} required>
        <Textarea rows={3} maxLength={2000} placeholder={t("form.reasonExample")} />
      </Field>
      <RequestFailure visibleFields={["role", "days", "reason"]} explanation={t("form.duplicate")} />
      <SubmitButton size="lg" className="justify-self-start">
        {t("form.submit")}
      </SubmitButton>
    </ActionForm>
  );
}
