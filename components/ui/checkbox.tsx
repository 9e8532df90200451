"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { useFieldControl } from "./field-context";

type CheckboxProps = Omit<ComponentProps<"input">, "type"> & { label?: ReactNode; description?: ReactNode };

export function Checkbox({ label, description, className, ...rest }: CheckboxProps) {
  const control = useFieldControl(rest);
  const box = (
    <input
      {...control}
      type="checkbox"
      className={cn(
        "size-4 shrink-0 rounded-xs align-middle accent-accent disabled:opacity-50 pointer-coarse:size-5",
        !label && className,
      )}
    />
  );
  if (!label) return box;
  return (
    <label className={cn("flex items-start gap-2 text-sm has-disabled:text-ink-faint", className)}>
      <span className="flex h-5 items-center">{box}</span>
      <span className="grid">
        <span>{label}</span>
        {description && <span className="text-xs text-ink-muted">{description}</span>}
      </span>
    </label>
  );
}
