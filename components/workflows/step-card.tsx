"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { stepModes, type StepDefinition } from "@/lib/requests/workflows/schema";
import { ApproverList, type Names } from "./approver-list";
import { EditableFields } from "./editable-fields";
import { StepCondition } from "./step-condition";
import { useStepName } from "./step-words";
import { TimeLimitFields } from "./time-limit-fields";

export interface StepFieldsProps {
  index: number;
  step: StepDefinition;
  names: Names;
  onChange: (part: Partial<StepDefinition>) => void;
}

interface StepCardProps extends StepFieldsProps {
  count: number;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** One step in the editor. */
export function StepCard({ count, onMove, onRemove, ...fields }: StepCardProps) {
  const t = useTranslations("workflows.form");
  const nameOf = useStepName();
  const { index, step, names, onChange } = fields;
  return (
    <Card
      title={nameOf({ name: step.name, position: index })}
      actions={
        <>
          <IconButton label={t("moveUp")} disabled={index === 0} onClick={() => onMove(-1)}>
            <Icon name="arrow" className="-rotate-90" />
          </IconButton>
          <IconButton label={t("moveDown")} disabled={index === count - 1} onClick={() => onMove(1)}>
            <Icon name="arrow" className="rotate-90" />
          </IconButton>
          <IconButton label={t("removeStep")} disabled={count === 1} onClick={onRemove}>
            <Icon name="trash" />
          </IconButton>
        </>
      }
    >
      <div className="grid gap-5">
        <StepBasics {...fields} />
        <ApproverList
          path={`steps.${index}.approvers`}
          label={t("approvers")}
          approvers={step.approvers}
          names={names}
          onChange={(approvers) => onChange({ approvers })}
        />
        <TimeLimitFields {...fields} />
        <StepCondition {...fields} />
        <EditableFields {...fields} />
      </div>
    </Card>
  );
}

function StepBasics({ index, step, onChange }: StepFieldsProps) {
  const t = useTranslations("workflows");
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name={`steps.${index}.name`} label={t("form.stepName")} optional>
          <Input
            maxLength={80}
            autoComplete="off"
            value={step.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Field>
        <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-2">
          <Field name={`steps.${index}.mode`} label={t("form.mode")}>
            <Select
              value={step.mode}
              onChange={(event) =>
                onChange({ mode: stepModes.find((mode) => mode === event.target.value) ?? "any" })
              }
              options={stepModes.map((mode) => ({ value: mode, label: t(`form.modes.${mode}`) }))}
            />
          </Field>
          {step.mode === "quorum" && (
            <Field name={`steps.${index}.needed`} label={t("form.needed")} className="w-20">
              <Input
                type="number"
                min={1}
                max={50}
                value={step.needed}
                onChange={(event) => onChange({ needed: Math.max(1, Number(event.target.value)) })}
              />
            </Field>
          )}
        </div>
      </div>
      {index > 0 && (
        <Checkbox
          name=""
          checked={step.parallel}
          onChange={(event) => onChange({ parallel: event.target.checked })}
          label={t("form.parallel")}
          description={t("form.parallelHint")}
        />
      )}
    </div>
  );
}
