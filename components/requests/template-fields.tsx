"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { OfferedField } from "@/lib/catalog/templates/schema";
import { fieldSlug, type FieldTexts } from "./field-values";
import type { ErrorOf } from "./use-live-errors";

type TemplateFieldsProps = {
  fields: readonly OfferedField[];
  texts: FieldTexts;
  onChange: (texts: FieldTexts) => void;
  errorOf: ErrorOf;
};

/** What the template lets a requester set: the quick ones at once, the rest behind what opens. */
export function TemplateFields({ fields, ...shared }: TemplateFieldsProps) {
  const t = useTranslations("requests");
  const quick = fields.filter(({ layer }) => layer === "quick");
  const rest = fields.filter(({ layer }) => layer !== "quick");
  return (
    <div className="grid gap-4 rounded-lg border bg-surface p-4">
      <FieldGrid fields={quick} {...shared} />
      {rest.length > 0 && (
        <details open={quick.length === 0}>
          <summary className="cursor-pointer text-sm font-medium text-ink-muted">
            {t("form.moreFields", { count: rest.length })}
          </summary>
          <div className="pt-4">
            <FieldGrid fields={rest} {...shared} />
          </div>
        </details>
      )}
    </div>
  );
}

function FieldGrid({ fields, texts, onChange, errorOf }: TemplateFieldsProps) {
  if (fields.length === 0) return null;
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      {fields.map((field) => (
        <OneField
          key={field.key}
          field={field}
          text={texts[field.key] ?? ""}
          onChange={(text) => onChange({ ...texts, [field.key]: text })}
          error={errorOf(`fields.${field.key}`)}
        />
      ))}
    </div>
  );
}

type OneFieldProps = {
  field: OfferedField;
  text: string;
  onChange: (text: string) => void;
  error: string | undefined;
};

function OneField({ field, text, onChange, error }: OneFieldProps) {
  const t = useTranslations("requests");
  const slug = fieldSlug(field.key);
  const label = t.has(`fieldNames.${slug}`) ? t(`fieldNames.${slug}`) : field.key;
  const { min, max } = field.constraint ?? {};
  const standard = field.default === null ? "" : String(field.default);
  const choices = choicesOf(field);
  // Nameless: the form sends all of them as one text of JSON.
  return (
    <Field
      name={`fields.${field.key}`}
      label={label}
      hint={<span className="font-mono text-xs break-all">{field.key}</span>}
      error={error}
    >
      {choices === null ? (
        <Input
          name=""
          type={isNumber(field) ? "number" : "text"}
          {...(min === undefined ? {} : { min })}
          {...(max === undefined ? {} : { max })}
          placeholder={standard}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <Select name="" value={text} onChange={(event) => onChange(event.target.value)}>
          <option value="">
            {standard === "" ? t("form.fieldUnset") : t("form.fieldDefault", { value: standard })}
          </option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function isNumber({ type }: OfferedField): boolean {
  return type === "integer" || type === "number";
}

function choicesOf({ type, constraint, options }: OfferedField): string[] | null {
  const allowed = constraint?.options?.map(String) ?? options;
  if (type === "boolean") return allowed.length > 0 ? allowed : ["true", "false"];
  return allowed.length > 0 ? allowed : null;
}
