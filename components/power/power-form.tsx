"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { StartField } from "@/components/calendar/start-field";
import { ActionForm } from "@/components/ui/action-form";
import type { ActionResult } from "@/components/ui/action-result";
import { AlertActions } from "@/components/ui/alert-dialog";
import { useCloseDialog } from "@/components/ui/dialog-context";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { showToast } from "@/components/ui/show-toast";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Submitted } from "@/lib/requests/schema";

type PowerFormProps = {
  action: (form: FormData) => Promise<ActionResult<Submitted>>;
  vmId: string;
  confirmLabel: string;
  tone: "primary" | "danger";
  isReady?: boolean | undefined;
  visibleFields?: readonly string[] | undefined;
  children?: ReactNode;
};

/** Why and when, for whatever is asked of one machine; says afterwards whether somebody has to decide. */
export function PowerForm({ action, vmId, confirmLabel, tone, ...more }: PowerFormProps) {
  const { isReady = true, visibleFields = [], children } = more;
  const t = useTranslations("power");
  const close = useCloseDialog();

  function settle({ status }: Submitted) {
    showToast("success", t(status === "ACCEPTED" ? "accepted" : "waits"));
    close();
  }

  return (
    <ActionForm action={action} onSuccess={settle} className="grid gap-4">
      <HiddenInputs values={{ vmId }} />
      {children}
      <Field name="reason" label={t("reason")} hint={t("reasonHint")} optional>
        <Input maxLength={2000} />
      </Field>
      <StartField onChange={() => undefined} />
      <FormMessage visibleFields={["reason", "startAt", ...visibleFields]} />
      <AlertActions>
        <SubmitButton variant={tone} disabled={!isReady}>
          {confirmLabel}
        </SubmitButton>
      </AlertActions>
    </ActionForm>
  );
}
