"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { rotateSecretAction } from "@/app/actions/notices";
import { ActionForm } from "@/components/ui/action-form";
import { AlertActions } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CodeBlock } from "@/components/ui/code-block";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { ExactTime } from "@/components/ui/exact-time";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { RotatedSecret } from "@/lib/notifications/channels/schema";

/** The form and then, in the same dialog, the new key; it stays until somebody says that it is kept. */
export function RotateSecret({ channelId }: { channelId: string }) {
  const t = useTranslations("notices.channel");
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
      trigger={<Button>{t("rotate")}</Button>}
      title={t("rotateTitle")}
      description={rotated === null ? t("rotateText") : undefined}
    >
      {rotated === null ? (
        <ActionForm action={rotateSecretAction} onSuccess={setRotated} className="grid gap-4">
          <HiddenInputs values={{ channelId }} />
          <Field name="overlapHours" label={t("overlap")} hint={t("overlapHint")}>
            <Input type="number" min={0} max={168} defaultValue={24} className="max-w-32" />
          </Field>
          <FormMessage visibleFields={["overlapHours"]} />
          <AlertActions>
            <SubmitButton>{t("rotate")}</SubmitButton>
          </AlertActions>
        </ActionForm>
      ) : (
        <NewKey rotated={rotated} onKept={() => show(false)} />
      )}
    </Dialog>
  );
}

function NewKey({ rotated, onKept }: { rotated: RotatedSecret; onKept: () => void }) {
  const t = useTranslations("notices.channel");
  const until = rotated.formerKeyUntil;
  return (
    <>
      <Callout tone="warning" role="status" title={t("secretText")}>
        {until
          ? t.rich("formerUntil", { time: () => <ExactTime at={until} style="short" /> })
          : t("formerGone")}
      </Callout>
      <CodeBlock
        title={t("secret")}
        code={rotated.secret}
        maxHeight="none"
        className="[&_pre]:break-all [&_pre]:whitespace-pre-wrap"
      />
      <DialogActions>
        <Button variant="primary" onClick={onKept}>
          {t("kept")}
        </Button>
      </DialogActions>
    </>
  );
}
