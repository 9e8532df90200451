"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import type { ActionResult } from "@/components/ui/action-result";
import { AlertActions, AlertDialog } from "@/components/ui/alert-dialog";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";

type AskForManyProps = {
  trigger?: ReactNode;
  /** Without a trigger it stands open until it is closed. */
  onClose?: (() => void) | undefined;
  title: string;
  description: string;
  confirmLabel: string;
  tone: "primary" | "danger";
  action: (form: FormData) => Promise<ActionResult<unknown>>;
  hidden: Record<string, string>;
  vms: readonly { id: string }[];
  /** Which of those that were chosen would not take it as they are now. */
  note?: ReactNode;
  isReady?: boolean | undefined;
  /** Some operations are decided by their reason. */
  needsReason?: boolean | undefined;
  visibleFields?: readonly string[] | undefined;
  children?: ReactNode;
};

/** Asks once for all that were chosen; the action leads to the batch. */
export function AskForMany({ trigger, onClose, title, description, ...ask }: AskForManyProps) {
  const { confirmLabel, tone, action, hidden, vms, note, isReady = true, needsReason = false } = ask;
  const { visibleFields = [], children } = ask;
  const t = useTranslations("batches");
  return (
    <AlertDialog
      trigger={trigger}
      open={trigger === undefined ? true : undefined}
      onOpenChange={(isOpen) => !isOpen && onClose?.()}
      title={title}
      description={description}
    >
      <ActionForm action={action} className="grid gap-4">
        <HiddenInputs values={hidden} />
        {vms.map(({ id }) => (
          <input key={id} type="hidden" name="vmId" value={id} />
        ))}
        {note}
        {children}
        <Field name="reason" label={t("bar.reason")} optional={!needsReason} required={needsReason}>
          <Input />
        </Field>
        <FormMessage visibleFields={["reason", ...visibleFields]} />
        <AlertActions>
          <SubmitButton variant={tone} disabled={!isReady}>
            {confirmLabel}
          </SubmitButton>
        </AlertActions>
      </ActionForm>
    </AlertDialog>
  );
}
