"use client";

import type { ComponentProps, ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { SizeDraft } from "./size-draft";
import { useSizeEditing } from "./size-editor-context";

type TextMember = {
  [Member in keyof SizeDraft]: SizeDraft[Member] extends string ? Member : never;
}[keyof SizeDraft];

type DraftFieldProps = {
  member: Exclude<TextMember, "catalogScope">;
  label: ReactNode;
  hint?: ReactNode;
  required?: boolean;
  optional?: boolean;
  /** Behind the input: GiB, cores. */
  unit?: string;
} & Pick<
  ComponentProps<typeof Input>,
  "type" | "min" | "max" | "step" | "mono" | "maxLength" | "placeholder" | "disabled"
>;

/** One text or number of the size, with what is wrong with it. */
export function DraftField({ member, label, hint, required, optional, unit, ...input }: DraftFieldProps) {
  const { draft, change, errorOf } = useSizeEditing();
  return (
    <Field
      name={member}
      label={label}
      hint={hint}
      required={required}
      optional={optional}
      error={errorOf(member)}
    >
      <span className="relative block">
        <Input
          autoComplete="off"
          {...input}
          value={draft[member]}
          onChange={(event) => change({ [member]: event.target.value })}
          className={unit === undefined ? undefined : "pr-14"}
        />
        {unit !== undefined && (
          <span
            aria-hidden
            className="pointer-events-none absolute inset-y-0 right-2.5 flex items-center text-xs text-ink-faint"
          >
            {unit}
          </span>
        )}
      </span>
    </Field>
  );
}
