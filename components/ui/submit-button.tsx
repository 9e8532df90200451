"use client";

import { useFormStatus } from "react-dom";
import { useFormState } from "./action-form-context";
import { Button, type ButtonProps } from "./button";

export function SubmitButton({ variant = "primary", pending, ...rest }: ButtonProps) {
  const form = useFormState();
  const status = useFormStatus();
  return (
    <Button {...rest} type="submit" variant={variant} pending={pending ?? form?.pending ?? status.pending} />
  );
}
