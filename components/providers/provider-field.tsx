"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import type { ProviderField as FieldDescriptor } from "@/lib/identity/providers/schema";

type ProviderFieldProps = {
  field: FieldDescriptor;
  text: string;
  /** A kept secret is never shown; left empty it stays. */
  isKept: boolean;
  disabled: boolean;
};

/** One input as its type's registry describes it. */
export function ProviderField({ field, text, isKept, disabled }: ProviderFieldProps) {
  const t = useTranslations("providers");
  const key = field.name.replaceAll(".", "_");
  const label = t(`fields.${key}.label`);
  const hint = t.has(`fields.${key}.hint`) ? t(`fields.${key}.hint`) : undefined;
  if (field.kind === "boolean") {
    return (
      <div className="sm:col-span-2">
        <input type="hidden" name={field.name} value="false" disabled={disabled} />
        <Switch
          name={field.name}
          label={label}
          description={hint}
          defaultChecked={text === "true"}
          disabled={disabled}
        />
      </div>
    );
  }
  const isSecret = field.kind === "secret";
  return (
    <Field
      name={field.name}
      label={label}
      hint={isSecret && isKept ? t("connection.secretKept") : hint}
      required={field.required && !isKept}
      optional={!field.required && field.default === null}
      className={isWide(field) ? "sm:col-span-2" : undefined}
    >
      <Control field={field} text={text} disabled={disabled} isKept={isKept} />
    </Field>
  );
}

function isWide({ kind, name }: FieldDescriptor): boolean {
  return (
    kind === "pem" || kind === "pem_list" || kind === "url" || /(Dn|Filter|entityId|scopes)$/i.test(name)
  );
}

function Control({ field, text, isKept, disabled }: ProviderFieldProps) {
  const t = useTranslations("providers");
  const plain = { autoComplete: "off", autoCapitalize: "none", spellCheck: false, disabled } as const;
  switch (field.kind) {
    case "secret":
      return (
        <PasswordInput
          autoComplete="new-password"
          disabled={disabled}
          placeholder={isKept ? "••••••••••••" : undefined}
        />
      );
    case "pem":
    case "pem_list":
      return <Textarea mono rows={4} defaultValue={text} disabled={disabled} className="max-h-60" />;
    case "select":
      return (
        <Select
          defaultValue={text}
          disabled={disabled}
          options={(field.options ?? []).map((value) => ({ value, label: t(`options.${value}`) }))}
        />
      );
    case "number":
      return <Input type="number" defaultValue={text} disabled={disabled} className="max-w-32" />;
    default:
      return <Input mono defaultValue={text} {...plain} />;
  }
}
