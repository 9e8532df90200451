"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { SampleField } from "@/lib/identity/providers/mapping/schema";
import type { ClaimsMapping, ProviderType } from "@/lib/identity/providers/schema";

type ClaimFieldsProps = {
  type: ProviderType;
  claims: ClaimsMapping;
  fields: readonly SampleField[];
  onChange: (claims: ClaimsMapping) => void;
  disabled: boolean;
};

type NamedClaim = "groups" | "username" | "email" | "displayName" | "userId";

const formats = ["array", "csv", "ldap_dn"] as const;
const kinds = ["group", "department", "ou", "tag"] as const;

export function ClaimFields({ type, claims, fields, onChange, disabled }: ClaimFieldsProps) {
  const t = useTranslations("providers.claims");
  const list = useId();
  // Only SAML's name id may change; the others have a name for somebody that never does.
  const others: NamedClaim[] = [
    "username",
    "email",
    "displayName",
    ...(type === "saml" ? ["userId" as const] : []),
  ];
  const named = { type, claims, list, onChange, disabled };
  const options = (values: readonly string[], words: string) =>
    values.map((value) => ({ value, label: t(`${words}.${value}`) }));
  return (
    <div className="grid gap-4">
      <datalist id={list}>
        {fields.map(({ name, sample }) => (
          <option key={name} value={name} label={sample.slice(0, 2).join(", ")} />
        ))}
      </datalist>
      <ClaimField name="groups" {...named} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field
          name="claimsMapping.groupsFormat"
          label={t("format")}
          hint={t(`formatHint.${claims.groupsFormat}`)}
        >
          <Select
            value={claims.groupsFormat}
            disabled={disabled}
            options={options(formats, "formats")}
            onChange={({ target }) => onChange({ ...claims, groupsFormat: oneOf(formats, target.value) })}
          />
        </Field>
        <Field name="claimsMapping.cohortKind" label={t("kind")} hint={t("kindHint")}>
          <Select
            value={claims.cohortKind}
            disabled={disabled}
            options={options(kinds, "kinds")}
            onChange={({ target }) => onChange({ ...claims, cohortKind: oneOf(kinds, target.value) })}
          />
        </Field>
      </div>
      <div className="grid items-start gap-4 border-t pt-4 sm:grid-cols-2">
        {others.map((name) => (
          <ClaimField key={name} name={name} {...named} />
        ))}
      </div>
    </div>
  );
}

type ClaimFieldProps = {
  type: ProviderType;
  name: NamedClaim;
  claims: ClaimsMapping;
  list: string;
  onChange: (claims: ClaimsMapping) => void;
  disabled: boolean;
};

function ClaimField({ type, name, claims, list, onChange, disabled }: ClaimFieldProps) {
  const t = useTranslations("providers.claims");
  const hint = type === "ldap" && name !== "groups" ? t("hintDirectory") : t(`hint.${name}`);
  return (
    <Field name={`claimsMapping.${name}`} label={t(`field.${name}`)} hint={hint} optional>
      <Input
        mono
        list={list}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        disabled={disabled}
        value={claims[name] ?? ""}
        onChange={({ target }) =>
          onChange({ ...claims, [name]: target.value.trim() === "" ? null : target.value })
        }
      />
    </Field>
  );
}

function oneOf<Value extends string>(values: readonly [Value, ...Value[]], text: string): Value {
  return values.find((value) => value === text) ?? values[0];
}
