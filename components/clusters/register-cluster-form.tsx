"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { registerClusterAction } from "@/app/actions/clusters";
import { ActionForm } from "@/components/ui/action-form";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ConnectionTest } from "@/lib/clusters/connections/schema";
import { KubeconfigField } from "./kubeconfig-field";
import { PolicyFields } from "./policy-fields";

export interface EnvironmentOption {
  name: string;
  displayName: string;
  class: string;
}

/** On success the server leads to the cluster's page, where the first look arrives by itself. */
export function RegisterClusterForm({ environments }: { environments: EnvironmentOption[] }) {
  const t = useTranslations("clusters");
  const [found, setFound] = useState<ConnectionTest | null>(null);
  return (
    <ActionForm action={registerClusterAction} className="grid min-w-0 gap-6">
      <KubeconfigField onFound={setFound} />
      <NameFields />
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
      <PlacementFields storageClasses={found?.storageClasses.map(({ name }) => name) ?? []} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field name="schedulingWeight" label={t("fields.weight")} hint={t("register.weightHint")}>
          <Input type="number" min={0} max={1000} defaultValue={100} className="max-w-32" />
        </Field>
        {found !== null && found.storageClasses.length > 0 && <StorageClassField found={found} />}
      </div>
      <FormMessage visibleFields={visibleFields} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton>{t("register.submit")}</SubmitButton>
        <LinkButton href="/admin/clusters" variant="ghost">
          {t("cancel")}
        </LinkButton>
      </div>
    </ActionForm>
  );
}

const visibleFields = [
  ...["kubeconfig", "name", "displayName", "environment", "schedulingWeight"],
  ...["placement", "defaultStorageClass"],
];

function NameFields() {
  const t = useTranslations("clusters");
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field name="name" label={t("fields.name")} hint={t("register.nameHint")} required>
        <Input mono autoComplete="off" autoCapitalize="none" maxLength={60} />
      </Field>
      <Field name="displayName" label={t("fields.displayName")} hint={t("register.displayNameHint")} required>
        <Input autoComplete="off" maxLength={100} />
      </Field>
    </div>
  );
}

/** A cluster without a policy is never placeable, which is said before it is chosen. */
function PlacementFields({ storageClasses }: { storageClasses: readonly string[] }) {
  const t = useTranslations("clusters.placement");
  const [placement, setPlacement] = useState("open");
  return (
    <div className="grid gap-4">
      <RadioCards
        name="placement"
        label={t("label")}
        columns={3}
        value={placement}
        onChange={setPlacement}
        cards={(["open", "guarded", "none"] as const).map((value) => ({
          value,
          label: t(`${value}.label`),
          description: t(`${value}.detail`),
        }))}
      />
      {placement === "none" && (
        <Callout tone="danger" role="status" title={t("never")}>
          {t("neverDetail")}
        </Callout>
      )}
      {placement === "guarded" && (
        <div className="grid gap-5 rounded-lg border p-4">
          <PolicyFields policy={null} storageClasses={storageClasses} reach={null} prefix="policy." />
        </div>
      )}
    </div>
  );
}

function StorageClassField({ found }: { found: ConnectionTest }) {
  const t = useTranslations("clusters.register");
  const own = found.defaultStorageClass;
  return (
    <Field name="defaultStorageClass" label={t("storageClass")} hint={t("storageClassHint")}>
      <Select
        defaultValue=""
        options={[
          { value: "", label: own === null ? t("storageClassNone") : t("storageClassOwn", { name: own }) },
          ...found.storageClasses.map(({ name }) => ({ value: name, label: name })),
        ]}
      />
    </Field>
  );
}
