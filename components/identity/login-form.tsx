"use client";

import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { useRef, useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";

type Failure = { kind: "failed" } | { kind: "throttled"; minutes: number } | { kind: "unavailable" };

/** Posts to the sign-in endpoint and not to a page, because a page takes no writes without a session. */
export function LoginForm({ returnTo }: { returnTo: string }) {
  const t = useTranslations("identity");
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const message = useRef<HTMLDivElement>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = event.currentTarget;
    const values = new FormData(form);
    setPending(true);
    setFailure(null);
    const refused = await trySignIn(String(values.get("username")), String(values.get("password")));
    // A full load, so that nothing read while signed out stays on the screen.
    if (refused === null) return window.location.replace(returnTo);
    setPending(false);
    setFailure(refused);
    if (refused.kind === "failed") form.querySelector<HTMLInputElement>("[name=password]")?.select();
    else message.current?.focus();
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-4" method="post" action="/login">
      <div ref={message} tabIndex={-1} className="empty:hidden">
        {failure && <FailureMessage failure={failure} />}
      </div>
      <Field name="username" label={t("signIn.username")}>
        <Input
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          maxLength={64}
        />
      </Field>
      <Field name="password" label={t("signIn.password")}>
        <PasswordInput autoComplete="current-password" required maxLength={1024} />
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={pending} className="mt-1">
        {t("signIn.submit")}
      </Button>
    </form>
  );
}

function FailureMessage({ failure }: { failure: Failure }) {
  const t = useTranslations("identity");
  switch (failure.kind) {
    case "failed":
      return (
        <Callout tone="danger" role="alert" title={t("signIn.failed")}>
          {t("signIn.failedAdvice")}
        </Callout>
      );
    case "throttled":
      return (
        <Callout tone="warning" role="alert" title={t("signIn.throttled")}>
          {t("signIn.throttledAdvice", { minutes: failure.minutes })}
        </Callout>
      );
    case "unavailable":
      return (
        <Callout tone="danger" role="alert" title={t("signIn.unavailable")}>
          {t("signIn.unavailableAdvice")}
        </Callout>
      );
  }
}

async function trySignIn(username: string, password: string): Promise<Failure | null> {
  try {
    const result = await signIn("password", { username, password, redirect: false });
    return result?.ok && !result.error ? null : readFailure(result?.error ?? "");
  } catch {
    return { kind: "unavailable" };
  }
}

/** The endpoint answers with the error's code and, where one has to wait, the seconds. */
function readFailure(error: string): Failure {
  const [code, seconds] = error.split(":");
  if (code === "RATE_LIMIT_EXCEEDED") return { kind: "throttled", minutes: Math.ceil(Number(seconds) / 60) };
  return code === "LOGIN_FAILED" || code === "VALIDATION_FAILED"
    ? { kind: "failed" }
    : { kind: "unavailable" };
}
