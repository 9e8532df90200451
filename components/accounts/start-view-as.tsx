"use client";

import { useTranslations } from "next-intl";
import { startViewAsAction } from "@/app/actions/identity";
import { ActionForm } from "@/components/ui/action-form";
import { AlertActions, AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";

export function StartViewAs({ user }: { user: { id: string; displayName: string } }) {
  const t = useTranslations("accounts.action");
  const name = user.displayName;
  return (
    <AlertDialog
      trigger={<Button>{t("viewAs")}</Button>}
      title={t("viewAsTitle", { name })}
      description={t("viewAsText", { name })}
    >
      <ActionForm action={startViewAsAction} onSuccess={leave} className="grid gap-4">
        <HiddenInputs values={{ userId: user.id }} />
        <FormMessage />
        <AlertActions>
          <SubmitButton>{t("viewAsStart", { name })}</SubmitButton>
        </AlertActions>
      </ActionForm>
    </AlertDialog>
  );
}

/** A full load, so that nothing of one's own stays on the screen. */
function leave() {
  window.location.replace("/");
}
