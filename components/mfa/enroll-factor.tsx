"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { RadioCards } from "@/components/ui/radio-cards";
import { SubmitButton } from "@/components/ui/submit-button";
import type { BegunTotp } from "@/lib/identity/factors/schema";
import { addPasskey, beginApp, type Begun } from "./begin-enrollment";
import { ConfirmApp } from "./confirm-app";

export type EnrollFactorProps = {
  /** For the first factor of an account with a password. */
  asksPassword: boolean;
  passkeysPossible: boolean;
  /** With the recovery codes where it is the first factor. */
  onEnrolled: (recoveryCodes: string[] | null) => void;
};

type Kind = Begun["kind"];

/** Choose between an app and a passkey, then do what it takes. */
export function EnrollFactor({ asksPassword, passkeysPossible, onEnrolled }: EnrollFactorProps) {
  const t = useTranslations("mfa.enroll");
  const [kind, setKind] = useState<Kind>("app");
  const [begun, setBegun] = useState<BegunTotp | null>(null);
  if (begun !== null) return <ConfirmApp begun={begun} onEnrolled={onEnrolled} />;

  function goOn(result: Begun) {
    if (result.kind === "app") setBegun(result.begun);
    else onEnrolled(result.recoveryCodes);
  }

  return (
    <div className="grid gap-4">
      <RadioCards
        name="kind"
        label={t("kind")}
        columns={1}
        value={kind}
        onChange={(value) => setKind(value === "passkey" ? "passkey" : "app")}
        cards={[
          { value: "app", label: t("app"), description: t("appText"), icon: <Icon name="shield-check" /> },
          {
            value: "passkey",
            label: t("passkey"),
            description: t("passkeyText"),
            icon: <Icon name="key" />,
            disabledReason: passkeysPossible ? undefined : t("passkeysImpossible"),
          },
        ]}
      />
      <ActionForm action={kind === "app" ? beginApp : addPasskey} onSuccess={goOn} className="grid gap-4">
        <FormMessage visibleFields={["name", "password"]} />
        <Field name="name" label={t("name")} hint={t("nameHint")}>
          <Input key={kind} defaultValue={kind === "app" ? t("app") : t("passkey")} required maxLength={60} />
        </Field>
        {asksPassword && (
          <Field name="password" label={t("password")} hint={t("passwordHint")}>
            <PasswordInput autoComplete="current-password" required maxLength={1024} />
          </Field>
        )}
        <SubmitButton size="lg">{kind === "app" ? t("beginApp") : t("makePasskey")}</SubmitButton>
      </ActionForm>
    </div>
  );
}
