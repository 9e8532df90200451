"use client";

import { useTranslations } from "next-intl";
import { listSystemAction } from "@/app/actions/systems";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Switch } from "@/components/ui/switch";

interface ListedCardProps {
  systemId: string;
  isListed: boolean;
  mayChange: boolean;
}

/** Whether people without a role may find the system; the switch saves itself. */
export function ListedCard({ systemId, isListed, mayChange }: ListedCardProps) {
  const t = useTranslations("systems.listed");
  return (
    <Card title={t("title")}>
      <ActionForm action={listSystemAction} successMessage={t("saved")} className="grid gap-3">
        <HiddenInputs values={{ systemId }} />
        <Switch
          key={String(isListed)}
          name="listed"
          label={t("label")}
          description={t(isListed ? "on" : "off")}
          defaultChecked={isListed}
          disabled={!mayChange}
          onChange={(event) => event.currentTarget.form?.requestSubmit()}
        />
        <FormMessage />
      </ActionForm>
    </Card>
  );
}
