"use client";

import { cn } from "./class-names";
import { Icon, type IconName } from "./icon";

type SegmentedControlProps = {
  name: string;
  label: string;
  options: readonly { value: string; label: string; icon?: IconName | undefined }[];
  defaultValue?: string | undefined;
  value?: string | undefined;
  onChange?: ((value: string) => void) | undefined;
  className?: string | undefined;
};

/** A few short choices in one row, native radio inputs underneath. */
export function SegmentedControl({
  name,
  label,
  options,
  defaultValue,
  value,
  onChange,
  className,
}: SegmentedControlProps) {
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={cn("inline-flex w-fit gap-0.5 rounded-md border bg-sunken p-0.5", className)}
    >
      {options.map((option) => {
        const chosen =
          value === undefined
            ? { defaultChecked: option.value === defaultValue }
            : { checked: option.value === value };
        return (
          <label
            key={option.value}
            className={cn(
              "relative inline-flex h-6.5 cursor-pointer items-center gap-1.5 rounded-sm px-2.5 text-xs font-medium text-ink-muted select-none pointer-coarse:h-9",
              "hover:text-ink has-checked:bg-surface has-checked:text-ink has-checked:shadow-raised has-checked:ring-1 has-checked:ring-line dark:has-checked:bg-hover",
              "has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent-ink",
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              {...chosen}
              onChange={() => onChange?.(option.value)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            {option.icon && <Icon name={option.icon} className="size-3.5" />}
            {option.label}
          </label>
        );
      })}
    </div>
  );
}
