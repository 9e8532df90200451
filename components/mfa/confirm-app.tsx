"use client";

import { useTranslations } from "next-intl";
import { confirmTotpAction } from "@/app/actions/mfa";
import { ActionForm } from "@/components/ui/action-form";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { BegunTotp } from "@/lib/identity/factors/schema";
import { QrPicture } from "./qr-picture";

type ConfirmAppProps = { begun: BegunTotp; onEnrolled: (recoveryCodes: string[] | null) => void };

/** Scan or type the key, then show with a code that the app has it. */
export function ConfirmApp({ begun, onEnrolled }: ConfirmAppProps) {
  const t = useTranslations("mfa.enroll");
  return (
    <div className="grid gap-4">
      <p className="text-sm text-ink-muted">{t("scan")}</p>
      <QrPicture {...begun.qr} label={t("qr")} />
      <div className="grid gap-1">
        <p className="text-xs text-ink-muted">{t("manualKey")}</p>
        <p className="flex items-center justify-between gap-2 rounded-md border bg-sunken px-3 py-1.5">
          <code className="font-mono text-xs break-all select-all">
            {begun.secret.match(/.{1,4}/g)?.join(" ")}
          </code>
          <CopyButton text={begun.secret} label={t("copyKey")} />
        </p>
      </div>
      <ActionForm
        action={confirmTotpAction}
        onSuccess={({ recoveryCodes }) => onEnrolled(recoveryCodes)}
        className="grid gap-4"
      >
        <HiddenInputs values={{ factorId: begun.factorId }} />
        <FormMessage visibleFields={["code"]} />
        <Field name="code" label={t("code")} hint={t("codeHint")}>
          <Input
            mono
            autoFocus
            required
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={64}
            className="h-10 text-base tracking-widest"
          />
        </Field>
        <SubmitButton size="lg">{t("confirm")}</SubmitButton>
      </ActionForm>
    </div>
  );
}
