"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { rotateSecretAction } from "@/app/actions/desks";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CodeBlock } from "@/components/ui/code-block";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { RotatedSecret } from "@/lib/requests/desks/schema";

type RotateSecretProps = { deskId: string; secret: "signing_key" | "callback_secret"; isSet: boolean };

/** A new secret beside the former one for a while; one that is made here is shown once. */
export function RotateSecret({ deskId, secret, isSet }: RotateSecretProps) {
  const t = useTranslations("desks.rotate");
  const [open, setOpen] = useState(false);
  const [rotated, setRotated] = useState<RotatedSecret | null>(null);

  function show(next: boolean) {
    setOpen(next);
    setRotated(null);
  }

  return (
    <Dialog
      alert={rotated !== null}
      open={open}
      onOpenChange={show}
      trigger={<Button size="sm">{t(isSet ? "renew" : "make")}</Button>}
      title={t(`title.${secret}`)}
    >
      {rotated ? (
        <RotatedNotice rotated={rotated} onKept={() => show(false)} />
      ) : (
        <ActionForm action={rotateSecretAction} onSuccess={setRotated} className="grid gap-4">
          <HiddenInputs values={{ deskId, secret }} />
          <Field name="value" label={t("value")} hint={t("valueHint")} optional>
            <PasswordInput autoComplete="new-password" minLength={16} />
          </Field>
          <Field name="overlapHours" label={t("overlap")} hint={t("overlapHint")}>
            <Input type="number" min={0} max={720} defaultValue={isSet ? 24 : 0} className="max-w-28" />
          </Field>
          <FormMessage visibleFields={["value", "overlapHours"]} />
          <DialogActions>
            <SubmitButton>{t(isSet ? "renew" : "make")}</SubmitButton>
          </DialogActions>
        </ActionForm>
      )}
    </Dialog>
  );
}

function RotatedNotice({ rotated, onKept }: { rotated: RotatedSecret; onKept: () => void }) {
  const t = useTranslations("desks.rotate");
  return (
    <>
      <Callout tone={rotated.value === null ? "success" : "warning"} role="status">
        {t(rotated.value === null ? "kept" : "once")}
      </Callout>
      {rotated.value !== null && (
        <CodeBlock
          title={t("secret")}
          code={rotated.value}
          maxHeight="none"
          className="[&_pre]:break-all [&_pre]:whitespace-pre-wrap"
        />
      )}
      <DialogActions>
        <Button variant="primary" onClick={onKept}>
          {t("done")}
        </Button>
      </DialogActions>
    </>
  );
}
