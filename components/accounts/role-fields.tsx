"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { EnvironmentChoice, type EnvironmentOption } from "./environment-choice";

export type RoleOption = { id: string; displayName: string; description: string };

/** What can be given, and where. */
export type RoleOffer = {
  roles: readonly RoleOption[];
  environments: readonly EnvironmentOption[];
  systems: readonly { id: string; name: string }[];
};

export function RoleFields({ offer }: { offer: RoleOffer }) {
  const t = useTranslations("accounts.role");
  const [roleId, setRoleId] = useState(offer.roles[0]?.id ?? "");
  const role = offer.roles.find(({ id }) => id === roleId);
  return (
    <>
      <Field name="roleId" label={t("role")} hint={role?.description} required>
        <Select
          value={roleId}
          onChange={(event) => setRoleId(event.target.value)}
          options={offer.roles.map(({ id, displayName }) => ({ value: id, label: displayName }))}
        />
      </Field>
      <Field name="systemId" label={t("where")}>
        <Select
          defaultValue=""
          options={[
            { value: "", label: t("everywhere") },
            ...offer.systems.map(({ id, name }) => ({ value: id, label: t("system", { name }) })),
          ]}
        />
      </Field>
      <EnvironmentChoice
        name="environments"
        label={t("environments")}
        hint={t("environmentsHint")}
        environments={offer.environments}
      />
      <Field name="expiresAt" label={t("until")} hint={t("untilHint")} optional>
        <Input type="date" className="max-w-44" />
      </Field>
    </>
  );
}
