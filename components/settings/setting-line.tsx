"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { updateSettingAction } from "@/app/actions/settings";
import { ActionForm } from "@/components/ui/action-form";
import { useFormState } from "@/components/ui/action-form-context";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { SettingRow } from "@/lib/settings/schema";
import { SettingControl } from "./setting-control";
import { useSettingWords } from "./setting-words";

/** One setting: what it is, what it stands at, and its value to change in place. */
export function SettingLine({ setting }: { setting: SettingRow }) {
  const { labelOf, descriptionOf } = useSettingWords();
  const label = labelOf(setting.key);
  return (
    <li
      id={setting.key}
      className="grid items-start gap-x-8 gap-y-2 px-4 py-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]"
    >
      <div className="grid min-w-0 gap-0.5">
        <span className="text-sm font-medium">{label}</span>
        <span className="text-sm text-pretty text-ink-muted">
          {descriptionOf(setting.key, setting.description)}
        </span>
        <SettingFacts setting={setting} />
      </div>
      {/* After a change the line begins again with what is kept now. */}
      <SettingEditor key={setting.version} setting={setting} label={label} />
    </li>
  );
}

function SettingFacts({ setting }: { setting: SettingRow }) {
  const t = useTranslations("settings.page");
  const { valueText, unitOf } = useSettingWords();
  const standard = `${valueText(setting.default)} ${unitOf(setting.key)}`.trim();
  return (
    <span className="flex flex-wrap gap-x-2 gap-y-0.5 text-xs text-ink-faint">
      <code className="font-mono">{setting.key}</code>
      <span className="break-words">{t("default", { value: standard })}</span>
      {setting.updatedAt !== null && (
        <span>
          {t("changedBy", { name: setting.updatedByName ?? "" })} <TimeAgo at={setting.updatedAt} />
        </span>
      )}
      {setting.version > 0 && (
        <TextLink href={`/admin/settings?key=${setting.key}#history`}>{t("history")}</TextLink>
      )}
    </span>
  );
}

function SettingEditor({ setting, label }: { setting: SettingRow; label: string }) {
  const t = useTranslations("settings.page");
  const { unitOf } = useSettingWords();
  const [isChanged, setChanged] = useState(false);
  const hidden = { key: setting.key, version: String(setting.version) };
  const { minimum, maximum } = setting;
  return (
    <div className="grid min-w-0 gap-1.5">
      <ActionForm
        action={updateSettingAction}
        successMessage={t("saved")}
        onChange={() => setChanged(true)}
        className="flex min-w-0 flex-wrap items-center gap-2"
      >
        <HiddenInputs values={hidden} />
        <SettingControl setting={setting} label={label} unit={unitOf(setting.key)} />
        <SubmitButton size="sm" className={isChanged ? undefined : "invisible"}>
          {t("save")}
        </SubmitButton>
        <ValueProblem />
        <FormMessage visibleFields={["value"]} className="w-full" />
      </ActionForm>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-faint">
        {minimum !== null && maximum !== null && <span>{t("range", { minimum, maximum })}</span>}
        {setting.source === "database" && (
          <ActionForm action={updateSettingAction} successMessage={t("saved")}>
            <HiddenInputs values={{ ...hidden, value: "" }} />
            <SubmitButton size="sm" variant="ghost">
              {t("reset")}
            </SubmitButton>
            <FormMessage />
          </ActionForm>
        )}
      </div>
    </div>
  );
}

/** The control stands in a line without a Field, so what is wrong with it is said below. */
function ValueProblem() {
  const problem = useFormState()?.fieldError("value");
  if (!problem) return null;
  return (
    <p role="alert" className="w-full text-xs text-danger">
      {problem}
    </p>
  );
}
