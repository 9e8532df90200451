"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { ConditionFields } from "./condition-fields";
import type { StepFieldsProps } from "./step-card";
import { emptyCondition } from "./workflow-draft";

/** A step that not every request passes. */
export function StepCondition({ index, step, names, onChange }: StepFieldsProps) {
  const t = useTranslations("workflows.form");
  const { condition } = step;
  return (
    <div className="grid gap-3">
      <Checkbox
        name=""
        checked={condition !== null}
        onChange={(event) => onChange({ condition: event.target.checked ? emptyCondition : null })}
        label={t("conditional")}
        description={t("conditionalHint")}
      />
      {condition !== null && (
        <div className="border-l-2 pl-4">
          <ConditionFields
            path={`steps.${index}.condition.`}
            condition={condition}
            names={names}
            onChange={(part) => onChange({ condition: { ...condition, ...part } })}
          />
        </div>
      )}
    </div>
  );
}
