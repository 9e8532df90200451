"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, type ReactNode } from "react";
import { useFormState } from "./action-form-context";
import { cn } from "./class-names";
import { FieldContext } from "./field-context";
import { Label } from "./label";

export type FieldProps = {
  name: string;
  label: ReactNode;
  /** Above the control: what is asked for. */
  description?: ReactNode;
  /** Below the control: how to fill it in. An error takes its place. */
  hint?: ReactNode;
  /** Without it the error of this name from the ActionForm around is shown. */
  error?: string | undefined;
  required?: boolean | undefined;
  optional?: boolean | undefined;
  children: ReactNode;
  className?: string | undefined;
};

export function Field({
  name,
  label,
  description,
  hint,
  error,
  required = false,
  optional = false,
  children,
  className,
}: FieldProps) {
  const t = useTranslations("ui");
  const id = useId();
  const form = useFormState();
  const message = error ?? form?.fieldError(name);
  const describedBy = [description ? `${id}-description` : "", hint || message ? `${id}-hint` : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <FieldContext
      value={{ id, name, describedBy: describedBy || undefined, invalid: Boolean(message), required }}
    >
      <div className={cn("grid min-w-0 gap-1.5", className)}>
        <div className="grid gap-0.5">
          <Label htmlFor={id} className="flex items-baseline justify-between gap-2">
            <span>{label}</span>
            {optional && <span className="text-xs font-normal text-ink-faint">{t("field.optional")}</span>}
          </Label>
          {description && (
            <p id={`${id}-description`} className="text-xs text-ink-muted">
              {description}
            </p>
          )}
        </div>
        {children}
        <FieldNote id={`${id}-hint`} hint={hint} error={message} />
      </div>
    </FieldContext>
  );
}

function FieldNote({ id, hint, error }: { id: string; hint: ReactNode; error: string | undefined }) {
  if (error) {
    return (
      <p id={id} className="flex items-start gap-1 text-xs text-danger">
        <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
        <span className="min-w-0 break-words">{error}</span>
      </p>
    );
  }
  if (!hint) return null;
  return (
    <p id={id} className="text-xs text-ink-faint">
      {hint}
    </p>
  );
}
