"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { CandidateFacts } from "./candidates-for-choice";

type StorageChoiceProps = {
  candidate: CandidateFacts;
  value: string;
  onChange: (storageClass: string) => void;
  error: string | undefined;
};

/** Where the root disk goes on the chosen cluster; without a default somebody has to say. */
export function StorageChoice({ candidate, value, onChange, error }: StorageChoiceProps) {
  const t = useTranslations("approvals");
  if (candidate.storageClasses.length === 0) return null;
  const standard = value === "" ? candidate.storageClass : null;
  return (
    <Field name="storageClass" label={t("storage.label")} error={error}>
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">
          {standard === null ? t("storage.choose") : t("storage.standard", { name: standard })}
        </option>
        {candidate.storageClasses.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
