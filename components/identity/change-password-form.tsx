"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { changePasswordAction } from "@/app/actions/identity";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { PasswordInput } from "@/components/ui/password-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { passwordStrength, type PasswordFacts } from "@/lib/identity/rules";

type ChangePasswordFormProps = { facts: PasswordFacts; username: string; returnTo: string };

export function ChangePasswordForm({ facts, username, returnTo }: ChangePasswordFormProps) {
  const t = useTranslations("identity");
  const [password, setPassword] = useState("");
  return (
    <ActionForm
      action={changePasswordAction}
      successMessage={t("changePassword.changed")}
      onSuccess={() => window.location.replace(returnTo)}
      className="grid gap-4"
    >
      <FormMessage visibleFields={["currentPassword", "newPassword"]} />
      {/* For password managers: whose password this is. */}
      <input type="text" autoComplete="username" value={username} readOnly hidden />
      <Field name="currentPassword" label={t("changePassword.current")}>
        <PasswordInput autoComplete="current-password" required maxLength={1024} autoFocus />
      </Field>
      <Field
        name="newPassword"
        label={t("changePassword.new")}
        hint={<Strength password={password} facts={facts} />}
      >
        <PasswordInput
          autoComplete="new-password"
          required
          maxLength={1024}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <SubmitButton size="lg" className="mt-1">
        {t("changePassword.submit")}
      </SubmitButton>
    </ActionForm>
  );
}

const tones = {
  empty: { width: "w-0", bar: "bg-neutral-solid" },
  refused: { width: "w-1/4", bar: "bg-neutral-solid" },
  fair: { width: "w-1/2", bar: "bg-warning-solid" },
  good: { width: "w-3/4", bar: "bg-success-solid" },
  strong: { width: "w-full", bar: "bg-success-solid" },
} as const;

/** In words first; the bar only underlines them. */
function Strength({ password, facts }: { password: string; facts: PasswordFacts }) {
  const t = useTranslations("identity");
  const strength = passwordStrength(password, facts);
  const words = {
    empty: t("changePassword.strengthEmpty"),
    refused: t("changePassword.strengthRefused"),
    fair: t("changePassword.strengthFair"),
    good: t("changePassword.strengthGood"),
    strong: t("changePassword.strengthStrong"),
  };
  const { width, bar } = tones[strength];
  return (
    <span className="grid gap-1.5 pt-0.5">
      <span aria-hidden className="block h-1 overflow-hidden rounded-full bg-sunken">
        <span
          className={`block h-full rounded-full transition-[width] motion-reduce:transition-none ${width} ${bar}`}
        />
      </span>
      <span aria-live="polite">{words[strength]}</span>
    </span>
  );
}
