"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { askForInformationAction } from "@/app/actions/requests";
import { ActionForm } from "@/components/ui/action-form";
import { Button, type ButtonProps } from "@/components/ui/button";
import { Dialog, DialogActions, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import type { RequestRow } from "@/lib/requests/schema";
import { DecisionFailure } from "./decision-failure";
import { SeenVersionInput, useOwnChange } from "./seen-version";

type AskInformationProps = {
  request: Pick<RequestRow, "id" | "version" | "requesterName" | "infoRequestedAt">;
  size?: ButtonProps["size"];
};

/** Neither yes nor no: the requester is asked for more, and no time limit runs meanwhile. */
export function AskInformation({ request, size }: AskInformationProps) {
  const t = useTranslations("approvals");
  const [open, setOpen] = useState(false);
  const expectChange = useOwnChange();
  if (request.infoRequestedAt !== null) return null;
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={<Button size={size}>{t("ask.open")}</Button>}
      title={t("ask.title", { requester: request.requesterName })}
      description={t("ask.description")}
    >
      <ActionForm
        action={async (form) => {
          const result = await askForInformationAction(form);
          if (result.ok) expectChange();
          return result;
        }}
        successMessage={t("ask.done")}
        onSuccess={() => setOpen(false)}
        className="grid gap-4"
      >
        <HiddenInputs values={{ ticketId: request.id }} />
        <SeenVersionInput version={request.version} />
        <Field name="question" label={t("ask.question")} required>
          <Textarea rows={3} maxLength={4000} />
        </Field>
        <DecisionFailure />
        <DialogActions>
          <DialogClose>
            <Button>{t("reject.cancel")}</Button>
          </DialogClose>
          <SubmitButton>{t("ask.send")}</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}
