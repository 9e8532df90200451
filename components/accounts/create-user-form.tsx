"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { createUserAction } from "@/app/actions/identity";
import { ActionForm } from "@/components/ui/action-form";
import { AlertActions } from "@/components/ui/alert-dialog";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { RadioCards } from "@/components/ui/radio-cards";
import { showToast } from "@/components/ui/show-toast";
import { SubmitButton } from "@/components/ui/submit-button";
import { Switch } from "@/components/ui/switch";
import type { PasswordLink } from "@/lib/identity/schema";
import { NewAccountFields } from "./new-account-fields";
import { FirstRole, withoutEmptyRole } from "./first-role";
import type { RoleOffer } from "./role-fields";

export type CreatedUser = { id: string; username: string; link: PasswordLink | null };

type CreateUserFormProps = { offer: RoleOffer | null; onCreated: (user: CreatedUser) => void };

const shown = ["displayName", "username", "email", "initialPassword", "role.roleId", "role.environments"];

export function CreateUserForm({ offer, onCreated }: CreateUserFormProps) {
  const t = useTranslations("accounts.create");
  function finish(user: CreatedUser) {
    if (user.link === null) showToast("success", t("done", { name: user.username }));
    onCreated(user);
  }
  return (
    <ActionForm action={create} onSuccess={finish} className="grid min-w-0 gap-4">
      <NewAccountFields nameHint={t("displayNameHint")} />
      <Field name="email" label={t("email")} optional>
        <Input type="email" autoComplete="off" maxLength={254} />
      </Field>
      <FirstPassword />
      {offer && <FirstRole offer={offer} />}
      <FormMessage visibleFields={shown} />
      <AlertActions>
        <SubmitButton>{t("submit")}</SubmitButton>
      </AlertActions>
    </ActionForm>
  );
}

/** Which way was chosen shows in what came along; the choice itself is no input of the action. */
function create(form: FormData) {
  form.delete("way");
  return createUserAction(withoutEmptyRole(form));
}

function FirstPassword() {
  const t = useTranslations("accounts.create");
  const [way, setWay] = useState("link");
  return (
    <>
      <RadioCards
        name="way"
        label={t("way")}
        value={way}
        onChange={setWay}
        cards={[
          { value: "link", label: t("link"), description: t("linkText") },
          { value: "password", label: t("password"), description: t("passwordText") },
        ]}
      />
      {way === "password" && (
        <>
          <Field name="initialPassword" label={t("initialPassword")} required>
            <PasswordInput autoComplete="new-password" maxLength={1024} />
          </Field>
          {/* A switch that is off sends nothing, and nothing means yes. */}
          <input type="hidden" name="mustChangePassword" value="false" />
          <Switch name="mustChangePassword" value="true" defaultChecked label={t("mustChange")} />
        </>
      )}
    </>
  );
}
