"use client";

import { ChevronsUpDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { controlHeight, controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";

export type SelectOption = { value: string; label: string; disabled?: boolean | undefined };
export type SelectProps = ComponentProps<"select"> & { options?: readonly SelectOption[] | undefined };

/** The browser's own select: it works with every keyboard, phone and screen reader. */
export function Select({ options, className, children, ...rest }: SelectProps) {
  const control = useFieldControl(rest);
  return (
    <span className={cn("relative block", className)}>
      <select {...control} className={cn(controlStyles, controlHeight, "appearance-none truncate pr-8")}>
        {children}
        {options?.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronsUpDown
        aria-hidden
        className="pointer-events-none absolute inset-y-0 right-2.5 my-auto size-3.5 text-ink-faint"
      />
    </span>
  );
}
