import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { PolicyOptions } from "@/lib/requests/policies/schema";
import { RequesterField } from "./requester-field";
import { placeOf } from "./policy-draft";
import type { DraftProps } from "./policy-names";

interface ConditionFieldsProps extends DraftProps {
  options: PolicyOptions;
}

/** When it applies; what is left open matches everything. */
export function ConditionFields({ draft, onChange, options }: ConditionFieldsProps) {
  const t = useTranslations("policies.form");
  return (
    <Card title={t("conditions")}>
      <div className="grid gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <PlaceField draft={draft} onChange={onChange} options={options} />
          <Field name="systemId" label={t("system")}>
            <Select
              value={draft.systemId}
              onChange={(event) => onChange({ systemId: event.target.value })}
              options={[
                { value: "", label: t("anySystem") },
                ...options.systems.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </Field>
          <RequesterField draft={draft} onChange={onChange} roles={options.roles} />
          <GpuField draft={draft} onChange={onChange} />
        </div>
        <SizeFields draft={draft} onChange={onChange} />
      </div>
    </Card>
  );
}

function PlaceField({ draft, onChange, options }: ConditionFieldsProps) {
  const t = useTranslations("policies");
  return (
    <Field name="environmentName" label={t("form.where")}>
      <HiddenInputs values={placeOf(draft.place)} />
      <Select
        name=""
        value={draft.place}
        onChange={(event) => onChange({ place: event.target.value })}
        options={[
          { value: "all", label: t("form.anywhere") },
          { value: "test", label: t("condition.class", { class: "test" }) },
          { value: "prod", label: t("condition.class", { class: "prod" }) },
          ...options.environments.map(({ name, displayName }) => ({
            value: `=${name}`,
            label: t("condition.environment", { name: displayName }),
          })),
        ]}
      />
    </Field>
  );
}

function GpuField({ draft, onChange }: DraftProps) {
  const t = useTranslations("policies.form");
  return (
    <Field name="requiresGpu" label={t("gpu")}>
      <Select
        value={draft.requiresGpu}
        onChange={(event) => onChange({ requiresGpu: event.target.value })}
        options={[
          { value: "", label: t("gpuAny") },
          { value: "true", label: t("gpuYes") },
          { value: "false", label: t("gpuNo") },
        ]}
      />
    </Field>
  );
}

const sizes = [
  { name: "minCpuCores", label: "cpu", step: 0.5 },
  { name: "minMemoryGi", label: "memory", step: 0.5 },
  { name: "minDiskGb", label: "disk", step: 1 },
] as const;

function SizeFields({ draft, onChange }: DraftProps) {
  const t = useTranslations("policies.form");
  return (
    <div className="grid gap-2">
      <div className="grid gap-4 sm:grid-cols-3">
        {sizes.map(({ name, label, step }) => (
          <Field key={name} name={name} label={t(label)}>
            <Input
              type="number"
              inputMode="decimal"
              min={0}
              step={step}
              value={draft[name]}
              onChange={(event) => onChange({ [name]: event.target.value })}
            />
          </Field>
        ))}
      </div>
      <p className="text-xs text-ink-faint">{t("sizeHint")}</p>
    </div>
  );
}
