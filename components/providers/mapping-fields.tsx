"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useRoleDescription, useRoleName } from "@/components/access/role-words";
import type { RoleOffer } from "@/components/accounts/role-fields";
import { useFormState } from "@/components/ui/action-form-context";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { MappingRow } from "@/lib/identity/providers/mapping/schema";
import type { KnownCohort } from "./mapping-form";

type MappingFieldsProps = {
  mapping: MappingRow | undefined;
  cohortKey: string | undefined;
  cohorts: readonly KnownCohort[];
  offer: RoleOffer;
};

export function MappingFields({ mapping, cohortKey, cohorts, offer }: MappingFieldsProps) {
  const t = useTranslations("providers.mapping");
  return (
    <>
      {mapping ? (
        <p className="text-sm text-ink-muted">{t("of", { key: mapping.key })}</p>
      ) : (
        <CohortField cohortKey={cohortKey} cohorts={cohorts} />
      )}
      <RoleField roleId={mapping?.roleId} offer={offer} />
      <Field name="systemId" label={t("where")} hint={t("whereHint")}>
        <Select
          defaultValue={mapping?.systemId ?? ""}
          options={[
            { value: "", label: t("everywhere") },
            ...offer.systems.map(({ id, name }) => ({ value: id, label: t("system", { name }) })),
          ]}
        />
      </Field>
      <EnvironmentField chosen={mapping?.environments ?? []} offer={offer} />
    </>
  );
}

/** Groups that were seen are proposed; another is typed as the provider will say it. */
function CohortField({ cohortKey, cohorts }: Pick<MappingFieldsProps, "cohortKey" | "cohorts">) {
  const t = useTranslations("providers.mapping");
  const list = useId();
  return (
    <Field name="key" label={t("cohort")} hint={t("cohortHint")} required>
      <Input
        mono
        list={list}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={512}
        defaultValue={cohortKey}
      />
      <datalist id={list}>
        {cohorts.map(({ key, displayName }) => (
          <option key={key} value={key} label={displayName === key ? undefined : displayName} />
        ))}
      </datalist>
    </Field>
  );
}

function RoleField({ roleId, offer }: { roleId: string | undefined; offer: RoleOffer }) {
  const t = useTranslations("providers.mapping");
  const nameOf = useRoleName();
  const descriptionOf = useRoleDescription();
  const [chosen, setChosen] = useState(roleId ?? offer.roles[0]?.id ?? "");
  const role = offer.roles.find(({ id }) => id === chosen);
  return (
    <Field name="roleId" label={t("role")} hint={role && descriptionOf(role)} required>
      <Select
        value={chosen}
        onChange={({ target }) => setChosen(target.value)}
        options={offer.roles.map((option) => ({ value: option.id, label: nameOf(option) }))}
      />
    </Field>
  );
}

function EnvironmentField({ chosen, offer }: { chosen: readonly string[]; offer: RoleOffer }) {
  const t = useTranslations("providers.mapping");
  const id = useId();
  const error = useFormState()?.fieldError("environments");
  return (
    <fieldset aria-describedby={id} aria-invalid={error ? true : undefined} className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">{t("environments")}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {offer.environments.map(({ name, displayName }) => (
          <Checkbox
            key={name}
            name="environments"
            value={name}
            label={displayName}
            defaultChecked={chosen.includes(name)}
          />
        ))}
      </div>
      <p id={id} className={error ? "text-xs text-danger" : "text-xs text-ink-faint"}>
        {error ?? t("environmentsHint")}
      </p>
    </fieldset>
  );
}
