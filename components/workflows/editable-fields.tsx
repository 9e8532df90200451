"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { editableFields, type EditableField } from "@/lib/requests/workflows/schema";
import type { StepFieldsProps } from "./step-card";

/** What the approvers of a step may change of the request. */
export function EditableFields({ step, onChange }: StepFieldsProps) {
  const t = useTranslations("workflows.form");
  const { editable } = step;
  const toggle = (field: EditableField, isOn: boolean) =>
    onChange({
      editable: editableFields.filter((one) => (one === field ? isOn : editable?.includes(one) === true)),
    });
  return (
    <div className="grid gap-3">
      <Checkbox
        name=""
        checked={editable !== null}
        onChange={(event) => onChange({ editable: event.target.checked ? [] : null })}
        label={t("limited")}
        description={t("limitedHint")}
      />
      {editable !== null && (
        <div className="grid gap-x-4 gap-y-1.5 border-l-2 pl-4 sm:grid-cols-2 xl:grid-cols-3">
          {editableFields.map((field) => (
            <Checkbox
              key={field}
              name=""
              checked={editable.includes(field)}
              onChange={(event) => toggle(field, event.target.checked)}
              label={t(`editable.${field}`)}
            />
          ))}
        </div>
      )}
    </div>
  );
}
