"use client";

import { useTranslations } from "next-intl";
import { registerClusterAction } from "@/app/actions/clusters";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { RadioCards } from "@/components/ui/radio-cards";
import { SubmitButton } from "@/components/ui/submit-button";
import { KubeconfigField } from "./kubeconfig-field";

export interface EnvironmentOption {
  name: string;
  displayName: string;
  class: string;
}

/** On success the server leads to the cluster's page, where the first look arrives by itself. */
export function RegisterClusterForm({ environments }: { environments: EnvironmentOption[] }) {
  const t = useTranslations("clusters");
  return (
    <ActionForm action={registerClusterAction} className="grid min-w-0 gap-6">
      <KubeconfigField />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field name="name" label={t("fields.name")} hint={t("register.nameHint")} required>
          <Input mono autoComplete="off" autoCapitalize="none" maxLength={60} />
        </Field>
        <Field
          name="displayName"
          label={t("fields.displayName")}
          hint={t("register.displayNameHint")}
          required
        >
          <Input autoComplete="off" maxLength={100} />
        </Field>
      </div>
      <RadioCards
        name="environment"
        label={t("fields.environment")}
        hint={t("register.environmentHint")}
        defaultValue={environments[0]?.name}
        cards={environments.map((environment) => ({
          value: environment.name,
          label: environment.displayName,
          facts: t(`environmentClass.${environment.class}`),
        }))}
      />
      <Field name="schedulingWeight" label={t("fields.weight")} hint={t("register.weightHint")}>
        <Input type="number" min={0} max={1000} defaultValue={100} className="max-w-32" />
      </Field>
      <FormMessage visibleFields={["kubeconfig", "name", "displayName", "environment", "schedulingWeight"]} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton>{t("register.submit")}</SubmitButton>
        <LinkButton href="/admin/clusters" variant="ghost">
          {t("cancel")}
        </LinkButton>
      </div>
    </ActionForm>
  );
}
