"use client";

import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import type { ActionResult } from "@/components/ui/action-result";
import { DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";

type NamedFormProps = {
  action: (form: FormData) => Promise<ActionResult<{ id: string; name: string }>>;
  hidden?: Record<string, string> | undefined;
};

/** A name that will stand in machine names, and a description; for systems and services alike. */
export function NamedForm({ action, hidden }: NamedFormProps) {
  const t = useTranslations("systems");
  return (
    <ActionForm action={action} className="grid gap-4">
      <HiddenInputs values={hidden} />
      <Field name="name" label={t("form.name")} description={t("form.nameHint")} required>
        <Input mono autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={15} />
      </Field>
      <Field name="description" label={t("form.description")} optional>
        <Textarea rows={3} />
      </Field>
      <FormMessage />
      <DialogActions>
        <SubmitButton>{t("form.create")}</SubmitButton>
      </DialogActions>
    </ActionForm>
  );
}
