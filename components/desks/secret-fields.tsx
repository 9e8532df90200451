"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { Textarea } from "@/components/ui/textarea";
import type { DeskDetail } from "@/lib/requests/desks/schema";

type SecretFieldsProps = { type: DeskDetail["type"]; desk: DeskDetail | undefined };

/** None of them is ever shown again; a field left empty keeps what is kept. */
export function SecretFields({ type, desk }: SecretFieldsProps) {
  const t = useTranslations("desks.secrets");
  const dots = (isKept: boolean | undefined) => (isKept ? "••••••••••••" : undefined);
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      {desk === undefined && type === "webhook" && (
        <>
          <Field name="signingKey" label={t("signingKey")} hint={t("signingKeyHint")} optional>
            <PasswordInput autoComplete="new-password" minLength={16} />
          </Field>
          <Field name="callbackSecret" label={t("callbackSecret")} hint={t("callbackSecretHint")} optional>
            <PasswordInput autoComplete="new-password" minLength={16} />
          </Field>
        </>
      )}
      <Field name="username" label={t("username")} hint={t("usernameHint")} optional>
        <Input autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </Field>
      <Field
        name="password"
        label={t("password")}
        hint={t(desk?.credentialsSet ? "kept" : "passwordHint")}
        optional={!desk?.credentialsSet}
      >
        <PasswordInput autoComplete="new-password" placeholder={dots(desk?.credentialsSet)} />
      </Field>
      <Field
        name="headers"
        label={t("headers")}
        hint={t(desk?.headersSet ? "kept" : "headersHint")}
        optional={!desk?.headersSet}
        className="sm:col-span-2"
      >
        <Textarea mono rows={3} placeholder={dots(desk?.headersSet) ?? "X-Api-Key: …"} spellCheck={false} />
      </Field>
      {desk && <ForgetBoxes desk={desk} />}
    </div>
  );
}

function ForgetBoxes({ desk }: { desk: DeskDetail }) {
  const t = useTranslations("desks.secrets");
  const kept = [
    { name: "credentials", isKept: desk.credentialsSet },
    { name: "headers", isKept: desk.headersSet },
  ] as const;
  const offered = kept.filter(({ isKept }) => isKept);
  if (offered.length === 0) return null;
  return (
    <fieldset className="grid gap-2 sm:col-span-2">
      <legend className="mb-1 text-sm font-medium">{t("forget")}</legend>
      {offered.map(({ name }) => (
        <Checkbox key={name} name="forget" value={name} label={t(`name.${name}`)} />
      ))}
    </fieldset>
  );
}
