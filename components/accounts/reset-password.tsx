"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { resetPasswordAction } from "@/app/actions/identity";
import { ActionForm } from "@/components/ui/action-form";
import { AlertActions } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogClose } from "@/components/ui/dialog";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PasswordLink } from "@/lib/identity/schema";
import { OneTimeLink } from "./one-time-link";

type ResetPasswordProps = { user: { id: string; displayName: string } };

/** Asks once; the link then stands in the same dialog, and nowhere ever again. */
export function ResetPassword({ user }: ResetPasswordProps) {
  const t = useTranslations("accounts");
  const [open, setOpen] = useState(false);
  const [link, setLink] = useState<PasswordLink | null>(null);
  const name = user.displayName;

  function show(next: boolean) {
    setOpen(next);
    setLink(null);
  }

  return (
    <Dialog
      alert
      open={open}
      onOpenChange={show}
      trigger={<Button>{t("action.reset")}</Button>}
      title={link ? t("link.title") : t("action.resetTitle", { name })}
      description={link ? undefined : t("action.resetText")}
    >
      {link ? (
        <>
          <OneTimeLink link={link} name={name} />
          <DialogActions>
            <DialogClose>
              <Button variant="primary">{t("link.done")}</Button>
            </DialogClose>
          </DialogActions>
        </>
      ) : (
        <ActionForm action={resetPasswordAction} onSuccess={setLink} className="grid gap-4">
          <HiddenInputs values={{ userId: user.id }} />
          <FormMessage />
          <AlertActions>
            <SubmitButton variant="danger">{t("action.reset")}</SubmitButton>
          </AlertActions>
        </ActionForm>
      )}
    </Dialog>
  );
}
