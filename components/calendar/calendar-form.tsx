"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import type { ActionResult } from "@/components/ui/action-result";
import { AlertActions } from "@/components/ui/alert-dialog";
import { useCloseDialog } from "@/components/ui/dialog-context";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { showToast } from "@/components/ui/show-toast";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CalendarChange } from "@/lib/requests/calendar/schema";

type CalendarFormProps = {
  action: (form: FormData) => Promise<ActionResult<CalendarChange>>;
  submitLabel: string;
  fields: readonly string[];
  hidden?: Record<string, string> | undefined;
  tone?: "primary" | "danger" | undefined;
  children?: ReactNode;
};

/** A change of the calendar's rules; once it is made, it says what it holds back. */
export function CalendarForm({
  action,
  submitLabel,
  fields,
  hidden,
  tone = "primary",
  children,
}: CalendarFormProps) {
  const t = useTranslations("calendar");
  const close = useCloseDialog();
  return (
    <ActionForm
      action={action}
      onSuccess={({ heldBack }) => {
        showToast("success", t("heldBack", { count: heldBack }));
        close();
      }}
      className="grid min-w-0 gap-4"
    >
      <HiddenInputs values={hidden} />
      {children}
      <FormMessage visibleFields={fields} />
      <AlertActions>
        <SubmitButton variant={tone}>{submitLabel}</SubmitButton>
      </AlertActions>
    </ActionForm>
  );
}
