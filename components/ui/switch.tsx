"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { useFieldControl } from "./field-context";

type SwitchProps = Omit<ComponentProps<"input">, "type" | "role"> & {
  label: ReactNode;
  description?: ReactNode;
};

/** A checkbox underneath, so it is posted by name like one. */
export function Switch({ label, description, className, ...rest }: SwitchProps) {
  const control = useFieldControl(rest);
  return (
    <label
      className={cn("flex items-start justify-between gap-4 text-sm has-disabled:text-ink-faint", className)}
    >
      <span className="grid">
        <span className="font-medium">{label}</span>
        {description && <span className="text-xs text-ink-muted">{description}</span>}
      </span>
      <input
        {...control}
        type="checkbox"
        role="switch"
        className={cn(
          "relative mt-0.5 h-5 w-8.5 shrink-0 cursor-pointer appearance-none rounded-full border border-line-field bg-sunken transition-colors",
          "before:absolute before:top-0.5 before:left-0.5 before:size-3.5 before:rounded-full before:bg-line-field before:transition-transform before:content-['']",
          "checked:border-accent checked:bg-accent checked:before:translate-x-3.5 checked:before:bg-white",
          "disabled:cursor-not-allowed disabled:opacity-50",
        )}
      />
    </label>
  );
}
