"use client";

import { useTranslations } from "next-intl";
import { deleteRoleAction } from "@/app/actions/access";
import { ActionForm } from "@/components/ui/action-form";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { RefusedButton } from "@/components/ui/refused-button";
import type { RoleDetail } from "@/lib/access/roles/schema";
import { TypedConfirmation } from "./typed-confirmation";

/** Refused in advance, with what stands in the way, while the role is in use. */
export function DeleteRole({ role }: { role: RoleDetail }) {
  const t = useTranslations("access.role");
  if (role.bindingCount + role.mappingCount > 0) {
    const uses = { holders: role.bindingCount, mappings: role.mappingCount };
    return <RefusedButton reason={t("deleteRefused", uses)}>{t("delete")}</RefusedButton>;
  }
  return (
    <AlertDialog
      trigger={<Button>{t("delete")}</Button>}
      title={t("deleteTitle", { name: role.displayName })}
      description={t("deleteText")}
    >
      <ActionForm action={deleteRoleAction} className="grid gap-4">
        <HiddenInputs values={{ roleId: role.id, confirm: "true" }} />
        <FormMessage />
        <TypedConfirmation name={role.name} confirmLabel={t("delete")} />
      </ActionForm>
    </AlertDialog>
  );
}
