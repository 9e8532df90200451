"use client";

import { useState, type ReactNode } from "react";
import { ActionForm } from "./action-form";
import type { ActionResult } from "./action-result";
import { AlertActions, AlertDialog } from "./alert-dialog";
import { FormMessage } from "./form-message";
import { HiddenInputs } from "./hidden-inputs";
import { SubmitButton } from "./submit-button";

export type ConfirmActionProps = {
  title: ReactNode;
  description: ReactNode;
  confirmLabel: string;
  trigger: ReactNode;
  action: (form: FormData) => Promise<ActionResult>;
  /** Posted along, such as the id. */
  hidden?: Record<string, string> | undefined;
  /** Further inputs, such as a reason. */
  children?: ReactNode;
  tone?: "primary" | "danger" | undefined;
  successMessage?: string | undefined;
};

/** Asks once, then posts to the action. */
export function ConfirmAction({
  trigger,
  title,
  description,
  confirmLabel,
  action,
  hidden,
  children,
  tone,
  successMessage,
}: ConfirmActionProps) {
  const [open, setOpen] = useState(false);
  return (
    <AlertDialog open={open} onOpenChange={setOpen} trigger={trigger} title={title} description={description}>
      <ActionForm
        action={action}
        successMessage={successMessage}
        onSuccess={() => setOpen(false)}
        className="grid gap-4"
      >
        <HiddenInputs values={hidden} />
        {children}
        <FormMessage />
        <AlertActions>
          <SubmitButton variant={tone ?? "primary"}>{confirmLabel}</SubmitButton>
        </AlertActions>
      </ActionForm>
    </AlertDialog>
  );
}
