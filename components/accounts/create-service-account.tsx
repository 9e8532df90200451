"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { createServiceAccountAction } from "@/app/actions/identity";
import { ActionForm } from "@/components/ui/action-form";
import { AlertActions } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { FirstRole, withoutEmptyRole } from "./first-role";
import { NewAccountFields } from "./new-account-fields";
import type { RoleOffer } from "./role-fields";

const shown = ["displayName", "username", "role.roleId", "role.environments"];

/** Leads to the new account, because the next step is its token. */
export function CreateServiceAccount({ offer }: { offer: RoleOffer | null }) {
  const t = useTranslations("accounts.service");
  const router = useRouter();
  return (
    <Dialog
      trigger={<Button variant="primary">{t("open")}</Button>}
      title={t("createTitle")}
      description={t("createText")}
    >
      <ActionForm
        action={create}
        onSuccess={({ id }) => router.push(`/admin/service-accounts/${id}`)}
        successMessage={t("done")}
        className="grid min-w-0 gap-4"
      >
        <NewAccountFields nameHint={t("displayNameHint")} />
        {offer && <FirstRole offer={offer} />}
        <FormMessage visibleFields={shown} />
        <AlertActions>
          <SubmitButton>{t("submit")}</SubmitButton>
        </AlertActions>
      </ActionForm>
    </Dialog>
  );
}

function create(form: FormData) {
  return createServiceAccountAction(withoutEmptyRole(form));
}
