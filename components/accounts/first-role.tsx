"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { EnvironmentChoice } from "./environment-choice";
import type { RoleOffer } from "./role-fields";

/** A new account may get its first role at once, everywhere. */
export function FirstRole({ offer }: { offer: RoleOffer }) {
  const t = useTranslations("accounts.role");
  const [roleId, setRoleId] = useState("");
  const role = offer.roles.find(({ id }) => id === roleId);
  const options = offer.roles.map(({ id, displayName }) => ({ value: id, label: displayName }));
  return (
    <>
      <Field name="role.roleId" label={t("role")} hint={role ? role.description : t("noRoleHint")} optional>
        <Select
          value={roleId}
          onChange={(event) => setRoleId(event.target.value)}
          options={[{ value: "", label: t("noRole") }, ...options]}
        />
      </Field>
      {role && (
        <EnvironmentChoice
          name="role.environments"
          label={t("environments")}
          hint={t("environmentsHint")}
          environments={offer.environments}
        />
      )}
    </>
  );
}

/** A role that was not chosen is none, rather than one without an id. */
export function withoutEmptyRole(form: FormData): FormData {
  if (form.get("role.roleId") === "") form.delete("role.roleId");
  return form;
}
