"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { rejectRequestAction } from "@/app/actions/requests";
import { ActionForm } from "@/components/ui/action-form";
import { Button, type ButtonProps } from "@/components/ui/button";
import { Dialog, DialogActions, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import type { RequestRow } from "@/lib/requests/schema";
import { DecisionFailure } from "./decision-failure";

type RejectRequestProps = {
  request: Pick<RequestRow, "id" | "version" | "requesterName" | "operationType">;
  title: string;
  look?: Pick<ButtonProps, "size" | "variant"> | undefined;
};

/** The requester reads the reason, so one is needed; the usual ones are a click. */
export function RejectRequest({ request, title, look }: RejectRequestProps) {
  const t = useTranslations("approvals");
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="danger-quiet" {...look}>
          {t("reject.open")}
        </Button>
      }
      title={t("reject.title", { title })}
      description={t("reject.description", { requester: request.requesterName })}
    >
      <ActionForm
        action={rejectRequestAction}
        successMessage={t("reject.done")}
        onSuccess={() => setOpen(false)}
        className="grid gap-4"
      >
        <HiddenInputs values={{ ticketId: request.id, version: String(request.version) }} />
        <ReasonField reasons={request.operationType === "ACCESS" ? accessReasons : machineReasons} />
        <DecisionFailure />
        <DialogActions>
          <DialogClose>
            <Button>{t("reject.cancel")}</Button>
          </DialogClose>
          <SubmitButton variant="danger">{t("reject.confirm")}</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}

const machineReasons = ["tooLarge", "unclear", "existing", "environment"] as const;
const accessReasons = ["tooMuch", "accessUnclear", "wrongSystem"] as const;

type ReasonFieldProps = { reasons: typeof machineReasons | typeof accessReasons };

function ReasonField({ reasons }: ReasonFieldProps) {
  const t = useTranslations("approvals");
  const [reason, setReason] = useState("");
  return (
    <div className="grid gap-2">
      <Field name="reason" label={t("reject.reason")} required>
        <Textarea
          rows={3}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <div role="group" aria-label={t("reject.usual")} className="flex flex-wrap gap-1.5">
        {reasons.map((name) => (
          <Button key={name} size="sm" onClick={() => setReason(t(`reject.usualReason.${name}`))}>
            {t(`reject.usualLabel.${name}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
