"use client";

import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import type { ActionResult } from "@/components/ui/action-result";
import { useCloseDialog } from "@/components/ui/dialog-context";

interface ClosingFormProps {
  action: (form: FormData) => Promise<ActionResult>;
  successMessage: string;
  children: ReactNode;
}

/** A form that closes the dialog around it once it was accepted, and brings its own buttons. */
export function ClosingForm({ action, successMessage, children }: ClosingFormProps) {
  const close = useCloseDialog();
  return (
    <ActionForm action={action} onSuccess={close} successMessage={successMessage} className="grid gap-4">
      {children}
    </ActionForm>
  );
}
