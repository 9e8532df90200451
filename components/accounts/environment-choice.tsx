"use client";

import { useId, type ReactNode } from "react";
import { useFormState } from "@/components/ui/action-form-context";
import { Checkbox } from "@/components/ui/checkbox";

export type EnvironmentOption = { name: string; displayName: string };

type EnvironmentChoiceProps = {
  name: string;
  label: ReactNode;
  hint: ReactNode;
  environments: readonly EnvironmentOption[];
};

export function EnvironmentChoice({ name, label, hint, environments }: EnvironmentChoiceProps) {
  const id = useId();
  const error = useFormState()?.fieldError(name);
  return (
    <fieldset aria-describedby={id} aria-invalid={error ? true : undefined} className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {environments.map((environment) => (
          <Checkbox
            key={environment.name}
            name={name}
            value={environment.name}
            label={environment.displayName}
          />
        ))}
      </div>
      <p id={id} className={error ? "text-xs text-danger" : "text-xs text-ink-faint"}>
        {error ?? hint}
      </p>
    </fieldset>
  );
}
