"use client";

import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ExactTime } from "@/components/ui/exact-time";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import { useErrorText } from "@/components/ui/use-error-text";
import { setPassword, type LinkFacts, type LinkFailure } from "./password-link";
import { PasswordRules } from "./password-rules";
import { PasswordStrength } from "./password-strength";

type SetPasswordFormProps = {
  token: string;
  facts: LinkFacts;
  onDone: () => void;
  onLinkRefused: (failure: LinkFailure) => void;
};

export function SetPasswordForm({ token, facts, onDone, onLinkRefused }: SetPasswordFormProps) {
  const t = useTranslations("identity.setPassword");
  const errorText = useErrorText();
  const [password, setTyped] = useState("");
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<LinkFailure | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    const answer = await setPassword(token, password);
    if (answer.ok) return onDone();
    if (answer.failure.code === "LINK_REFUSED") return onLinkRefused(answer.failure);
    setPending(false);
    setFailure(answer.failure);
  }

  const refused = failure?.newPassword;
  return (
    <>
      <p className="text-sm text-ink-muted">
        {t("description", { username: facts.username })}{" "}
        {t.rich("ends", { time: () => <ExactTime at={facts.expiresAt} style="short" /> })}
      </p>
      <PasswordRules lengthMin={facts.lengthMin} />
      <form method="post" onSubmit={(event) => void submit(event)} className="grid gap-4">
        {failure && !refused && (
          <Callout tone="danger" role="alert" title={t("unavailableTitle")}>
            {errorText(failure)}
          </Callout>
        )}
        {/* For password managers: whose password this is. */}
        <input type="text" autoComplete="username" value={facts.username} readOnly hidden />
        <Field
          name="newPassword"
          label={t("new")}
          error={refused && errorText(refused)}
          hint={<PasswordStrength password={password} facts={facts} />}
        >
          <PasswordInput
            autoComplete="new-password"
            autoFocus
            required
            maxLength={1024}
            value={password}
            onChange={(event) => setTyped(event.target.value)}
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" pending={pending} className="mt-1">
          {t("submit")}
        </Button>
      </form>
    </>
  );
}
