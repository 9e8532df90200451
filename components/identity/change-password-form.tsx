"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { changePasswordAction } from "@/app/actions/identity";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { PasswordInput } from "@/components/ui/password-input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PasswordFacts } from "@/lib/identity/rules";
import { PasswordStrength } from "./password-strength";

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
        hint={<PasswordStrength password={password} facts={facts} />}
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
