"use client";

import { useTranslations } from "next-intl";
import { requireRoleMfaAction } from "@/app/actions/access";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import { Switch } from "@/components/ui/switch";

interface BuiltInMfaProps {
  roleId: string;
  requireMfa: boolean;
}

/** The one thing that can be set about a built-in role. */
export function BuiltInMfa({ roleId, requireMfa }: BuiltInMfaProps) {
  const t = useTranslations("access");
  return (
    <Card title={t("role.settings")}>
      <ActionForm action={requireRoleMfaAction} successMessage={t("role.saved")} className="grid gap-4">
        <HiddenInputs values={{ roleId }} />
        <Switch
          name="requireMfa"
          label={t("role.requireMfa")}
          description={t("role.requireMfaHint")}
          defaultChecked={requireMfa}
        />
        <FormMessage />
        <SubmitButton variant="secondary" className="justify-self-start">
          {t("form.save")}
        </SubmitButton>
      </ActionForm>
    </Card>
  );
}
