"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { adoptVmAction } from "@/app/actions/adoption";
import { ActionForm } from "@/components/ui/action-form";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import { ServicePicker, type ServiceOption } from "./service-picker";

type AdoptFormProps = {
  adoptionId: string;
  services: readonly ServiceOption[];
  /** The one that its labels name. */
  claimed: ServiceOption | null;
  disabled: boolean;
};

export function AdoptForm({ adoptionId, services, claimed, disabled }: AdoptFormProps) {
  const t = useTranslations("adoption.adopt");
  const [serviceId, setServiceId] = useState(claimed?.id ?? "");
  const isOther = claimed !== null && serviceId !== "" && serviceId !== claimed.id;
  const named = claimed === null ? "" : `${claimed.systemName} / ${claimed.name}`;
  return (
    <ActionForm action={adoptVmAction} successMessage={t("done")} className="grid gap-3">
      <HiddenInputs values={{ adoptionId }} />
      <ServicePicker
        services={services}
        value={serviceId}
        onChange={setServiceId}
        hint={isOther ? t("otherService", { service: named }) : t("serviceHint")}
      />
      <FormMessage visibleFields={["serviceId"]} />
      <SubmitButton disabled={disabled || serviceId === ""}>{t("action")}</SubmitButton>
    </ActionForm>
  );
}
