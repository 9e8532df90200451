"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import type { ActionResult } from "@/components/ui/action-result";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";

type DescriptionDialogProps = {
  action: (form: FormData) => Promise<ActionResult<void>>;
  hidden: Record<string, string>;
  description: string;
};

export function DescriptionDialog({ action, hidden, description }: DescriptionDialogProps) {
  const t = useTranslations("systems");
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title={t("form.editTitle")}
      trigger={<Button>{t("form.edit")}</Button>}
      open={open}
      onOpenChange={setOpen}
    >
      <ActionForm action={action} onSuccess={() => setOpen(false)} className="grid gap-4">
        <HiddenInputs values={hidden} />
        <Field name="description" label={t("form.description")}>
          <Textarea rows={6} defaultValue={description} />
        </Field>
        <FormMessage />
        <DialogActions>
          <SubmitButton>{t("form.save")}</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}
