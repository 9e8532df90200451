"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { issueRecoveryCodesAction } from "@/app/actions/mfa";
import { ActionForm } from "@/components/ui/action-form";
import { AlertActions } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { RecoveryCodes } from "./recovery-codes";

export function RenewCodes() {
  const t = useTranslations("mfa.codes");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);

  function finish() {
    setOpen(false);
    setCodes(null);
    router.refresh();
  }

  return (
    <Dialog
      alert
      open={open}
      onOpenChange={(next) => codes === null && setOpen(next)}
      title={codes === null ? t("renewTitle") : t("title")}
      description={codes === null ? t("renewText") : undefined}
      trigger={<Button>{t("renew")}</Button>}
    >
      {codes === null ? (
        <ActionForm
          action={issueRecoveryCodesAction}
          onSuccess={({ recoveryCodes }) => setCodes(recoveryCodes)}
          className="grid gap-4"
        >
          <FormMessage />
          <AlertActions>
            <SubmitButton>{t("renew")}</SubmitButton>
          </AlertActions>
        </ActionForm>
      ) : (
        <RecoveryCodes codes={codes} onKept={finish} />
      )}
    </Dialog>
  );
}
