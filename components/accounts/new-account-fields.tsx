"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** What people and programs alike are called. */
export function NewAccountFields({ nameHint }: { nameHint: string }) {
  const t = useTranslations("accounts.create");
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field name="displayName" label={t("displayName")} hint={nameHint} required>
        <Input autoComplete="off" maxLength={100} />
      </Field>
      <Field name="username" label={t("username")} hint={t("usernameHint")} required>
        <Input mono autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={64} />
      </Field>
    </div>
  );
}
