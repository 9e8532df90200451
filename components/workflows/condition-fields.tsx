"use client";

import { useTranslations } from "next-intl";
import { useOperationName } from "@/components/policies/policy-words";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Condition } from "@/lib/requests/workflows/schema";
import { operations, type Operation } from "@/lib/vocabulary/operations";
import type { Names } from "./approver-list";
import { numberOf } from "./workflow-draft";

interface ConditionFieldsProps {
  path: string;
  condition: Condition;
  names: Names;
  onChange: (part: Partial<Condition>) => void;
}

/** When it applies; what is left open does not matter. */
export function ConditionFields(props: ConditionFieldsProps) {
  return (
    <div className="grid gap-4">
      <OperationChoice {...props} />
      <div className="grid gap-4 sm:grid-cols-2">
        <PlaceField {...props} />
        <HardwareFields {...props} />
      </div>
      <SizeFields {...props} />
    </div>
  );
}

function OperationChoice({ condition, onChange }: ConditionFieldsProps) {
  const t = useTranslations("workflows.form");
  const nameOf = useOperationName();
  const toggle = (operation: Operation, isOn: boolean) =>
    onChange({
      operations: operations.filter((one) => (one === operation ? isOn : condition.operations.includes(one))),
    });
  return (
    <fieldset>
      <legend className="text-sm font-medium">{t("operations")}</legend>
      <p className="mb-2 text-xs text-ink-faint">{t("operationsHint")}</p>
      <div className="grid gap-x-4 gap-y-1.5 sm:grid-cols-2 xl:grid-cols-3">
        {operations.map((operation) => (
          <Checkbox
            key={operation}
            name=""
            checked={condition.operations.includes(operation)}
            onChange={(event) => toggle(operation, event.target.checked)}
            label={nameOf(operation)}
          />
        ))}
      </div>
    </fieldset>
  );
}

function PlaceField({ path, condition, names, onChange }: ConditionFieldsProps) {
  const t = useTranslations("workflows.form");
  const { environment, environmentName } = condition;
  return (
    <Field name={`${path}environmentName`} label={t("environment")}>
      <Select
        value={environmentName === null ? environment : `=${environmentName}`}
        onChange={(event) => onChange(placeOf(event.target.value))}
        options={[
          { value: "all", label: t("anywhere") },
          { value: "test", label: t("testClass") },
          { value: "prod", label: t("prodClass") },
          ...names.environments.map(({ id, name }) => ({ value: `=${id}`, label: name })),
        ]}
      />
    </Field>
  );
}

function placeOf(value: string): Pick<Condition, "environment" | "environmentName"> {
  if (value.startsWith("=")) return { environment: "all", environmentName: value.slice(1) };
  return { environment: value === "test" || value === "prod" ? value : "all", environmentName: null };
}

function HardwareFields({ path, condition, names, onChange }: ConditionFieldsProps) {
  const t = useTranslations("workflows.form");
  const { requiresGpu, costClass } = condition;
  return (
    <>
      <Field name={`${path}requiresGpu`} label={t("gpu")}>
        <Select
          value={requiresGpu === null ? "" : String(requiresGpu)}
          onChange={(event) =>
            onChange({ requiresGpu: event.target.value === "" ? null : event.target.value === "true" })
          }
          options={[
            { value: "", label: t("gpuAny") },
            { value: "true", label: t("gpuYes") },
            { value: "false", label: t("gpuNo") },
          ]}
        />
      </Field>
      {(names.costClasses.length > 0 || costClass !== null) && (
        <Field name={`${path}costClass`} label={t("costClass")}>
          <Select
            value={costClass ?? ""}
            onChange={(event) => onChange({ costClass: event.target.value || null })}
            options={[
              { value: "", label: t("costClassAny") },
              ...[...new Set([...names.costClasses, ...(costClass === null ? [] : [costClass])])].map(
                (value) => ({ value, label: value }),
              ),
            ]}
          />
        </Field>
      )}
    </>
  );
}

const sizes = [
  { name: "minCpuCores", label: "minCpu", step: 0.5 },
  { name: "minMemoryGi", label: "minMemory", step: 0.5 },
  { name: "minDiskGb", label: "minDisk", step: 1 },
] as const;

function SizeFields({ path, condition, onChange }: ConditionFieldsProps) {
  const t = useTranslations("workflows.form");
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      {sizes.map(({ name, label, step }) => (
        <Field key={name} name={`${path}${name}`} label={t(label)} optional>
          <Input
            type="number"
            inputMode="decimal"
            min={0}
            step={step}
            value={condition[name] ?? ""}
            onChange={(event) => onChange({ [name]: numberOf(event.target.value) })}
          />
        </Field>
      ))}
    </div>
  );
}
