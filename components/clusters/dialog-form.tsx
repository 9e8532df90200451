"use client";

import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import type { ActionResult } from "@/components/ui/action-result";
import { AlertActions } from "@/components/ui/alert-dialog";
import { useCloseDialog } from "@/components/ui/dialog-context";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";

interface DialogFormProps {
  action: (form: FormData) => Promise<ActionResult>;
  submitLabel: string;
  successMessage: string;
  /** The names of its inputs; errors of others are listed above the buttons. */
  fields: readonly string[];
  hidden?: Record<string, string>;
  children: ReactNode;
}

/** The form of a dialog, which closes once it was accepted. */
export function DialogForm(props: DialogFormProps) {
  const close = useCloseDialog();
  return (
    <ActionForm
      action={props.action}
      onSuccess={close}
      successMessage={props.successMessage}
      className="grid min-w-0 gap-4"
    >
      <HiddenInputs values={props.hidden} />
      {props.children}
      <FormMessage visibleFields={props.fields} />
      <AlertActions>
        <SubmitButton>{props.submitLabel}</SubmitButton>
      </AlertActions>
    </ActionForm>
  );
}
