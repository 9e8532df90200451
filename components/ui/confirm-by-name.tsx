"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionForm } from "./action-form";
import { AlertActions, AlertDialog } from "./alert-dialog";
import type { ConfirmActionProps } from "./confirm-action";
import { Field } from "./field";
import { FormMessage } from "./form-message";
import { HiddenInputs } from "./hidden-inputs";
import { Input } from "./input";
import { SubmitButton } from "./submit-button";

type ConfirmByNameProps = Omit<ConfirmActionProps, "tone"> & {
  /** What has to be typed, letter for letter; posted under `inputName`. */
  name: string;
  inputName?: string | undefined;
};

/** For what cannot be undone: the button wakes once the name is typed. */
export function ConfirmByName(props: ConfirmByNameProps) {
  const {
    name,
    inputName = "confirmName",
    title,
    description,
    confirmLabel,
    trigger,
    action,
    hidden,
    children,
    successMessage,
  } = props;
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");

  function show(next: boolean) {
    setOpen(next);
    setTyped("");
  }

  return (
    <AlertDialog open={open} onOpenChange={show} trigger={trigger} title={title} description={description}>
      <ActionForm
        action={action}
        successMessage={successMessage}
        onSuccess={() => show(false)}
        className="grid gap-4"
      >
        <HiddenInputs values={hidden} />
        {children}
        <Field name={inputName} label={<TypeTheName name={name} />}>
          <Input
            mono
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Field>
        <FormMessage />
        <AlertActions>
          <SubmitButton variant="danger" disabled={typed !== name}>
            {confirmLabel}
          </SubmitButton>
        </AlertActions>
      </ActionForm>
    </AlertDialog>
  );
}

function TypeTheName({ name }: { name: string }) {
  const t = useTranslations("ui");
  return t.rich("confirm.type", {
    name,
    code: (chunks) => (
      <code className="font-mono font-medium break-all text-danger select-all">{chunks}</code>
    ),
  });
}
