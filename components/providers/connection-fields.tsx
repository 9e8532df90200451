"use client";

import { useTranslations } from "next-intl";
import type { ProviderField as FieldDescriptor } from "@/lib/identity/providers/schema";
import type { FieldTexts } from "./field-text";
import { ProviderField } from "./provider-field";

interface ConnectionFieldsProps {
  fields: readonly FieldDescriptor[];
  texts: FieldTexts;
  secretsKept: readonly string[];
  disabled: boolean;
}

const groups = ["server", "people", "groups"] as const;
type Group = (typeof groups)[number];

/** A type's fields by what they are about; most types have one group only. */
export function ConnectionFields({ fields, texts, secretsKept, disabled }: ConnectionFieldsProps) {
  const t = useTranslations("providers.connection");
  const parts = groups
    .map((group) => ({ group, members: fields.filter(({ name }) => groupOf(name) === group) }))
    .filter(({ members }) => members.length > 0);
  return parts.map(({ group, members }) => (
    <fieldset key={group} className="grid min-w-0 gap-4">
      <legend className={parts.length > 1 ? "mb-3 text-sm font-semibold" : "sr-only"}>
        {t(`group.${group}`)}
      </legend>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        {members.map((field) => (
          <ProviderField
            key={field.name}
            field={field}
            text={texts[field.name] ?? ""}
            isKept={secretsKept.includes(field.name.replace("secrets.", ""))}
            disabled={disabled}
          />
        ))}
      </div>
    </fieldset>
  ));
}

function groupOf(name: string): Group {
  if (name.startsWith("config.groups.")) return "groups";
  return /^config\.(attributes\.|baseDn$|userFilter$)/.test(name) ? "people" : "server";
}
