"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { createDelegationAction } from "@/app/actions/workflows";
import { DialogForm } from "@/components/clusters/dialog-form";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";

export type EnvironmentNames = readonly { name: string; displayName: string }[];

/** Out of office: to whom, from when until when, and where. */
export function CreateDelegation({ environments }: { environments: EnvironmentNames }) {
  const t = useTranslations("workflows.delegation");
  return (
    <Dialog
      title={t("create")}
      description={t("createText")}
      trigger={<Button variant="primary">{t("create")}</Button>}
    >
      <DialogForm
        action={createDelegationAction}
        submitLabel={t("submit")}
        successMessage={t("created")}
        fields={["to", "startsAt", "endsAt", "reason", "environments"]}
      >
        <Field name="to" label={t("to")} hint={t("toHint")} required>
          <Input autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={100} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <MomentField name="startsAt" label={t("from")} />
          <MomentField name="endsAt" label={t("until")} />
        </div>
        <fieldset className="grid gap-1.5">
          <legend className="text-sm font-medium">{t("environments")}</legend>
          <p className="mb-1 text-xs text-ink-faint">{t("environmentsHint")}</p>
          {environments.map(({ name, displayName }) => (
            <Checkbox key={name} name="environments" value={name} label={displayName} />
          ))}
        </fieldset>
        <Field name="reason" label={t("reason")} optional>
          <Textarea rows={2} maxLength={500} />
        </Field>
      </DialogForm>
    </Dialog>
  );
}

/** The browser's own moment is in the person's zone; what is posted names it. */
function MomentField({ name, label }: { name: string; label: string }) {
  const [local, setLocal] = useState("");
  const at = local === "" ? null : new Date(local);
  return (
    <Field name={name} label={label} required>
      <HiddenInputs values={{ [name]: at === null ? "" : at.toISOString() }} />
      <Input type="datetime-local" name="" value={local} onChange={(event) => setLocal(event.target.value)} />
    </Field>
  );
}
