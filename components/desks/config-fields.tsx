"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { DeskDetail } from "@/lib/requests/desks/schema";

const fieldsOf = {
  webhook: [{ name: "statusUrl", initial: "", isRequired: false }],
  servicenow: [
    { name: "table", initial: "change_request", isRequired: true },
    { name: "statusField", initial: "approval", isRequired: true },
    { name: "approverField", initial: "sys_updated_by", isRequired: true },
    { name: "cancelField", initial: "state", isRequired: true },
    { name: "cancelValue", initial: "4", isRequired: true },
  ],
  jira: [
    { name: "projectKey", initial: "", isRequired: true },
    { name: "issueType", initial: "Task", isRequired: true },
    { name: "cancelTransition", initial: "Cancel", isRequired: true },
  ],
} as const;

type ConfigFieldsProps = { type: DeskDetail["type"]; config: DeskDetail["config"] | undefined };

/** What a kind of desk needs to be told besides its address. */
export function ConfigFields({ type, config }: ConfigFieldsProps) {
  const t = useTranslations("desks.config");
  const kept = new Map(Object.entries(config ?? {}));
  return fieldsOf[type].map(({ name, initial, isRequired }) => (
    <Field
      key={name}
      name={`config.${name}`}
      label={t(`${name}.label`)}
      hint={t(`${name}.hint`)}
      required={isRequired}
      optional={!isRequired}
      className={name === "statusUrl" ? "sm:col-span-2" : undefined}
    >
      <Input
        mono
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={config === undefined ? initial : (kept.get(name) ?? "")}
      />
    </Field>
  ));
}
