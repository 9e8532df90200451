"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { rejectRequestAction } from "@/app/actions/requests";
import { ActionForm } from "@/components/ui/action-form";
import { Button, type ButtonProps } from "@/components/ui/button";
import { Dialog, DialogActions, DialogClose } from "@/components/ui/dialog";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import type { RequestRow } from "@/lib/requests/schema";
import { DecisionFailure } from "./decision-failure";
import { ReasonField } from "./reason-field";
import { SeenVersionInput } from "./seen-version";

type RejectRequestProps = {
  request: Pick<RequestRow, "id" | "version" | "requesterName" | "operationType">;
  title: string;
  look?: Pick<ButtonProps, "size" | "variant"> | undefined;
};

export function RejectRequest({ request, title, look }: RejectRequestProps) {
  const t = useTranslations("approvals");
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="danger-quiet" data-queue-reject={request.id} {...look}>
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
        <HiddenInputs values={{ ticketId: request.id }} />
        <SeenVersionInput version={request.version} />
        <ReasonField about={request.operationType === "ACCESS" ? "access" : "machine"} />
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
