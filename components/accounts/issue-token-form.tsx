"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { issueServiceTokenAction, issueTokenAction } from "@/app/actions/identity";
import { ActionForm } from "@/components/ui/action-form";
import { AlertActions } from "@/components/ui/alert-dialog";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { Switch } from "@/components/ui/switch";
import { tokenDaysDefault, type IssuedToken, type TokenChoices } from "@/lib/identity/tokens/schema";
import { EnvironmentChoice } from "./environment-choice";
import { PermissionChoice } from "./permission-choice";

type IssueTokenFormProps = {
  choices: TokenChoices;
  /** The service account it is for; absent for a token of one's own. */
  userId: string | undefined;
  onIssued: (token: IssuedToken) => void;
};

const shown = ["name", "permissions", "environments", "expiresInDays", "elevated"];

export function IssueTokenForm({ choices, userId, onIssued }: IssueTokenFormProps) {
  const t = useTranslations("accounts.issue");
  return (
    <ActionForm
      action={userId === undefined ? issueTokenAction : issueServiceTokenAction}
      onSuccess={onIssued}
      className="grid min-w-0 gap-4"
    >
      <HiddenInputs values={userId === undefined ? {} : { userId }} />
      <Field name="name" label={t("name")} hint={t("nameHint")} required>
        <Input autoComplete="off" maxLength={64} />
      </Field>
      <PermissionChoice offered={choices.permissions} />
      <EnvironmentChoice
        name="environments"
        label={t("environments")}
        hint={t("environmentsHint")}
        environments={choices.environments}
      />
      <Lifetime choices={choices} />
      <FormMessage visibleFields={shown} />
      <AlertActions>
        <SubmitButton>{t("submit")}</SubmitButton>
      </AlertActions>
    </ActionForm>
  );
}

function Lifetime({ choices: { lifetimeDaysMax, elevatedDaysMax } }: { choices: TokenChoices }) {
  const t = useTranslations("accounts.issue");
  const [elevated, setElevated] = useState(false);
  const maximum = elevated ? elevatedDaysMax : lifetimeDaysMax;
  const [days, setDays] = useState(String(Math.min(tokenDaysDefault, lifetimeDaysMax)));

  function elevate(next: boolean) {
    setElevated(next);
    if (next && Number(days) > elevatedDaysMax) setDays(String(elevatedDaysMax));
  }

  return (
    <>
      <Field name="expiresInDays" label={t("days")} hint={t("daysHint", { maximum })} required>
        <Input
          type="number"
          min={1}
          max={maximum}
          value={days}
          onChange={(event) => setDays(event.target.value)}
          className="max-w-32"
        />
      </Field>
      <Switch
        name="elevated"
        label={t("elevated")}
        description={t("elevatedHint", { maximum: elevatedDaysMax })}
        checked={elevated}
        onChange={(event) => elevate(event.target.checked)}
      />
    </>
  );
}
