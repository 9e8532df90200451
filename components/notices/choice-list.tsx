"use client";

import { useId, type ReactNode } from "react";
import { useFormState } from "@/components/ui/action-form-context";
import { Checkbox } from "@/components/ui/checkbox";

type ChoiceListProps = {
  name: string;
  label: ReactNode;
  hint: ReactNode;
  options: readonly { value: string; label: string }[];
  chosen: readonly string[];
};

/** Any number of a set; none of them means all. */
export function ChoiceList({ name, label, hint, options, chosen }: ChoiceListProps) {
  const id = useId();
  const error = useFormState()?.fieldError(name);
  return (
    <fieldset aria-describedby={id} aria-invalid={error ? true : undefined} className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className="grid max-h-64 gap-x-5 gap-y-2 overflow-y-auto sm:grid-cols-2">
        {options.map((option) => (
          <Checkbox
            key={option.value}
            name={name}
            value={option.value}
            label={option.label}
            defaultChecked={chosen.includes(option.value)}
          />
        ))}
      </div>
      <p id={id} className={error ? "text-xs text-danger" : "text-xs text-ink-faint"}>
        {error ?? hint}
      </p>
    </fieldset>
  );
}
