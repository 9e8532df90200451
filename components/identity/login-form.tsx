"use client";

import { useTranslations } from "next-intl";
import { useRef, useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { Select } from "@/components/ui/select";
import type { SignInWay } from "@/lib/identity/providers/sign-in/schema";
import { SignInFailureMessage } from "./sign-in-failure";
import { tryDirectory, tryPassword, type SignInFailure } from "./try-sign-in";
import { rememberWay, useChosenWay } from "./use-chosen-way";

const ownWay = "password";

type LoginFormProps = {
  returnTo: string;
  directories: readonly Pick<SignInWay, "id" | "displayName" | "href">[];
};

/** Posts to the sign-in endpoints and not to a page, because a page takes no writes without a session. */
export function LoginForm({ returnTo, directories }: LoginFormProps) {
  const t = useTranslations("identity.signIn");
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const message = useRef<HTMLDivElement>(null);
  const { way, choose } = useChosenWay([ownWay, ...directories.map(({ id }) => id)], ownWay);
  const directory = directories.find(({ id }) => id === way);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const form = event.currentTarget;
    const values = new FormData(form);
    const credentials = {
      username: String(values.get("username")),
      password: String(values.get("password")),
    };
    setPending(true);
    setFailure(null);
    const refused = await (directory ? tryDirectory(directory.href, credentials) : tryPassword(credentials));
    if (refused === null) {
      if (directories.length > 0) rememberWay(way);
      // A full load, so that nothing read while signed out stays on the screen.
      return window.location.replace(returnTo);
    }
    setPending(false);
    setFailure(refused);
    if (refused.kind === "failed") form.querySelector<HTMLInputElement>("[name=password]")?.select();
    else message.current?.focus();
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-4" method="post" action="/login">
      <div ref={message} tabIndex={-1} className="empty:hidden">
        {failure && <SignInFailureMessage failure={failure} />}
      </div>
      {directories.length > 0 && (
        <Field name="way" label={t("account")}>
          <Select value={way} onChange={({ target }) => choose(target.value)}>
            <option value={ownWay}>{t("ownAccount")}</option>
            {directories.map(({ id, displayName }) => (
              <option key={id} value={id}>
                {displayName}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field name="username" label={t("username")}>
        <Input
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          maxLength={directory ? 256 : 64}
        />
      </Field>
      <Field name="password" label={t("password")}>
        <PasswordInput autoComplete="current-password" required maxLength={1024} />
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={pending} className="mt-1">
        {t("submit")}
      </Button>
    </form>
  );
}
