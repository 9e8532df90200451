"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { approveManyAction, rejectManyAction } from "@/app/actions/requests";
import { ActionForm } from "@/components/ui/action-form";
import type { ActionResult } from "@/components/ui/action-result";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogClose } from "@/components/ui/dialog";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ItemResult, ManyResults } from "@/lib/requests/queue/schema";
import { BulkResults } from "./bulk-results";
import { useQueueSelection, type ChosenRequest } from "./queue-selection";
import { ReasonField } from "./reason-field";

type BulkProps = { requests: readonly ChosenRequest[]; disabled: boolean };

export function BulkApprove({ requests, disabled }: BulkProps) {
  const t = useTranslations("approvals");
  const decision = useBulkDecision(requests);
  return (
    <BulkDialog
      {...decision}
      title={t("bulk.approveTitle", { count: decision.asked.length })}
      description={t("bulk.approveText")}
      trigger={
        <Button variant="primary" disabled={disabled}>
          {t("bulk.approve", { count: requests.length })}
        </Button>
      }
      action={() => approveManyAction({ items: decision.items })}
      submit={<SubmitButton>{t("bulk.approve", { count: decision.asked.length })}</SubmitButton>}
    />
  );
}

export function BulkReject({ requests, disabled }: BulkProps) {
  const t = useTranslations("approvals");
  const decision = useBulkDecision(requests);
  return (
    <BulkDialog
      {...decision}
      title={t("bulk.rejectTitle", { count: decision.asked.length })}
      description={t("bulk.rejectText")}
      trigger={
        <Button variant="danger-quiet" disabled={disabled}>
          {t("bulk.reject", { count: requests.length })}
        </Button>
      }
      action={(form) => rejectManyAction({ items: decision.items, reason: textOf(form, "reason") })}
      submit={
        <SubmitButton variant="danger">{t("bulk.reject", { count: decision.asked.length })}</SubmitButton>
      }
    >
      <ReasonField about="all" />
    </BulkDialog>
  );
}

/** The dialog keeps what it was opened with, whatever happens to the list behind it. */
function useBulkDecision(requests: readonly ChosenRequest[]) {
  const { toggle } = useQueueSelection();
  const [opened, setOpened] = useState<readonly ChosenRequest[] | null>(null);
  const [results, setResults] = useState<readonly ItemResult[] | null>(null);
  const asked = opened ?? requests;
  return {
    asked,
    results,
    open: opened !== null,
    items: asked.map(({ ticketId, version }) => ({ ticketId, version })),
    show(isOpen: boolean) {
      setOpened(isOpen ? requests : null);
      setResults(null);
    },
    settle({ results: told }: ManyResults) {
      setResults(told);
      const decided = new Set(told.filter(({ ok }) => ok).map(({ ticketId }) => ticketId));
      toggle(
        asked.filter(({ ticketId }) => decided.has(ticketId)),
        false,
      );
    },
  };
}

type BulkDialogProps = ReturnType<typeof useBulkDecision> & {
  title: string;
  description: string;
  trigger: ReactNode;
  action: (form: FormData) => Promise<ActionResult<ManyResults>>;
  submit: ReactNode;
  children?: ReactNode;
};

function BulkDialog({
  asked,
  results,
  open,
  show,
  settle,
  trigger,
  title,
  description,
  action,
  submit,
  children,
}: BulkDialogProps) {
  const t = useTranslations("approvals");
  return (
    <Dialog
      open={open}
      onOpenChange={show}
      trigger={trigger}
      title={results === null ? title : t("bulk.resultTitle")}
      description={results === null ? description : undefined}
    >
      {results === null ? (
        <ActionForm action={action} onSuccess={settle} className="grid gap-4">
          <ul className="max-h-48 overflow-y-auto rounded-md border bg-sunken px-3 py-2 text-sm">
            {asked.map(({ ticketId, title: name }) => (
              <li key={ticketId} className="truncate">
                {name}
              </li>
            ))}
          </ul>
          {children}
          <FormMessage visibleFields={["reason"]} />
          <DialogActions>
            <DialogClose>
              <Button>{t("reject.cancel")}</Button>
            </DialogClose>
            {submit}
          </DialogActions>
        </ActionForm>
      ) : (
        <BulkResults asked={asked} results={results} onClose={() => show(false)} />
      )}
    </Dialog>
  );
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
