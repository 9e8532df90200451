"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import type { ActionResult } from "@/components/ui/action-result";
import { AlertActions, AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { DialogActions, DialogClose } from "@/components/ui/dialog";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Affected } from "@/lib/batches/schema";
import { RefusedItems } from "./refused-items";

type ChangeBatchProps = {
  trigger: ReactNode;
  title: string;
  description: string;
  confirmLabel: string;
  tone?: "primary" | "danger" | undefined;
  action: (form: FormData) => Promise<ActionResult<Affected>>;
  hidden: Record<string, string>;
  /** Ticket → its number in the batch. */
  numbers: Record<string, number>;
  children?: ReactNode;
};

/** Asks once, then changes each item; those that refused stay on the screen with their reasons. */
export function ChangeBatch({ trigger, title, description, ...change }: ChangeBatchProps) {
  const { action, hidden, numbers, confirmLabel, tone = "primary", children } = change;
  const t = useTranslations("batches");
  const [open, setOpen] = useState(false);
  const [outcome, setOutcome] = useState<Affected | null>(null);

  function show(next: boolean) {
    setOpen(next);
    if (next) setOutcome(null);
  }

  function settle(result: Affected) {
    if (result.refused.length === 0) show(false);
    else setOutcome(result);
  }

  return (
    <AlertDialog open={open} onOpenChange={show} trigger={trigger} title={title} description={description}>
      {outcome === null ? (
        <ActionForm
          action={action}
          successMessage={t("action.done")}
          onSuccess={settle}
          className="grid gap-4"
        >
          <HiddenInputs values={hidden} />
          {children}
          <FormMessage />
          <AlertActions>
            <SubmitButton variant={tone}>{confirmLabel}</SubmitButton>
          </AlertActions>
        </ActionForm>
      ) : (
        <>
          <RefusedItems outcome={outcome} numbers={numbers} />
          <DialogActions>
            <DialogClose>
              <Button variant="primary">{t("action.close")}</Button>
            </DialogClose>
          </DialogActions>
        </>
      )}
    </AlertDialog>
  );
}
