"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { useTemplateEditing } from "./template-editor-context";

/** Who signs in to the machine, and whether it comes with a first password. */
export function SignInFields() {
  const t = useTranslations("templates.form");
  const { draft, change, errorOf } = useTemplateEditing();
  const problem = errorOf("oneTimePassword");
  return (
    <div className="grid gap-4">
      <Field
        name="loginUser"
        label={t("loginUser")}
        hint={t("loginUserHint")}
        optional={!draft.oneTimePassword}
        error={errorOf("loginUser")}
      >
        <Input
          mono
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={32}
          placeholder="debian"
          className="sm:max-w-64"
          value={draft.loginUser}
          onChange={(event) => change({ loginUser: event.target.value })}
        />
      </Field>
      <Switch
        name="oneTimePassword"
        label={t("oneTimePassword")}
        description={problem ? <span className="text-danger">{problem}</span> : t("oneTimePasswordHint")}
        checked={draft.oneTimePassword}
        onChange={(event) => change({ oneTimePassword: event.target.checked })}
      />
    </div>
  );
}
