"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { DiffList, DiffRow } from "@/components/ui/diff-row";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import type { ErrorOf } from "@/components/requests/use-live-errors";
import type { RequestDetail } from "@/lib/requests/schema";
import type { Change, OverrideName, Overrides } from "./decision-choice";

type OverrideFieldsProps = {
  asked: NonNullable<RequestDetail["asked"]>;
  /** What this step may change; null for all of it. */
  editable: readonly string[] | null;
  overrides: Overrides;
  changes: readonly Change[];
  onChange: (overrides: Overrides) => void;
  errorOf: ErrorOf;
};

/** Approve with changes: what is typed over the request shows as a difference and needs a reason. */
export function OverrideFields({
  asked,
  editable,
  overrides,
  changes,
  onChange,
  errorOf,
}: OverrideFieldsProps) {
  const t = useTranslations("approvals");
  const inputs: { name: OverrideName; step: number; placeholder: string }[] = [
    { name: "cpuLimit", step: 0.5, placeholder: String(asked.cpuCores) },
    { name: "memoryLimitGi", step: 0.5, placeholder: String(asked.memoryGi) },
    { name: "diskGb", step: 1, placeholder: String(asked.diskGb) },
    { name: "cpuRequest", step: 0.5, placeholder: t(standing.cpuRequest) },
    { name: "memoryRequestGi", step: 0.5, placeholder: t(standing.memoryRequestGi) },
    { name: "templateVersion", step: 1, placeholder: t(standing.templateVersion) },
  ];
  const offered = inputs.filter(({ name }) => editable === null || editable.includes(name));
  if (offered.length === 0) return null;
  return (
    <details className="group rounded-lg border bg-surface">
      <summary className="flex h-11 items-center gap-2 rounded-lg px-4 text-sm font-medium hover:bg-hover">
        <ChevronRight
          aria-hidden
          className="size-4 text-ink-faint transition-transform group-open:rotate-90"
        />
        {t("override.title")}
      </summary>
      <div className="grid gap-4 border-t p-4">
        <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {offered.map(({ name, step, placeholder }) => (
            <Field key={name} name={name} label={t(`override.${name}`)} error={errorOf(name)}>
              <Input
                type="number"
                inputMode="decimal"
                min={step}
                step={step}
                placeholder={placeholder}
                value={overrides[name]}
                onChange={(event) => onChange({ ...overrides, [name]: event.target.value })}
              />
            </Field>
          ))}
        </div>
        {changes.length > 0 && <ChangeList changes={changes} />}
      </div>
    </details>
  );
}

/** What stands where nothing is typed and the request itself says nothing. */
const standing = {
  cpuLimit: "override.asAsked",
  memoryLimitGi: "override.asAsked",
  diskGb: "override.asAsked",
  cpuRequest: "override.bySize",
  memoryRequestGi: "override.bySize",
  templateVersion: "override.asAsked",
} as const;

function ChangeList({ changes }: { changes: readonly Change[] }) {
  const t = useTranslations("approvals");
  const amountOf = useAmount();
  return (
    <div className="grid gap-3 border-t pt-2">
      <DiffList>
        {changes.map(({ name, before, after }) => (
          <DiffRow
            key={name}
            label={t(`override.${name}`)}
            before={before === null ? t(standing[name]) : amountOf(name, before)}
            after={amountOf(name, after)}
          />
        ))}
      </DiffList>
      <Field
        name="modificationReason"
        label={t("override.reason")}
        description={t("override.reasonHint")}
        required
      >
        <Textarea rows={2} maxLength={2000} />
      </Field>
    </div>
  );
}

function useAmount() {
  const r = useTranslations("requests");
  const t = useTranslations("approvals");
  return (name: OverrideName, amount: number): string => {
    if (name === "templateVersion") return t("override.version", { amount });
    const unit = name.startsWith("cpu") ? "cpuCores" : name.startsWith("memory") ? "memoryGi" : "diskGb";
    return r(`amount.${unit}`, { amount });
  };
}
