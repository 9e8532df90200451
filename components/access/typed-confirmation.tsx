"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { AlertActions } from "@/components/ui/alert-dialog";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { SubmitButton } from "@/components/ui/submit-button";

interface TypedConfirmationProps {
  /** What has to be typed, letter for letter; it is not posted. */
  name: string;
  confirmLabel: string;
}

/** The end of a dialog's form for what is hard to take back: its button wakes once the name is typed. */
export function TypedConfirmation({ name, confirmLabel }: TypedConfirmationProps) {
  const t = useTranslations("systems");
  const id = useId();
  const [typed, setTyped] = useState("");
  return (
    <>
      <div className="grid gap-1.5">
        <Label htmlFor={id}>
          {t.rich("typeName", {
            name,
            code: (chunks) => (
              <code className="font-mono font-medium break-all text-danger select-all">{chunks}</code>
            ),
          })}
        </Label>
        <Input
          id={id}
          mono
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <AlertActions>
        <SubmitButton variant="danger" disabled={typed !== name}>
          {confirmLabel}
        </SubmitButton>
      </AlertActions>
    </>
  );
}
