"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { setPreferencesAction } from "@/app/actions/notices";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import type { NoticePreferences } from "@/lib/notifications/preferences/schema";
import { mailModes, type MailMode } from "@/lib/notifications/rules";
import { notificationKinds, type NotificationKind } from "@/lib/vocabulary/notification-kinds";
import { DigestFields } from "./digest-fields";

const fields = ["digest", "digestHour", "digestWeekday", "timeZone", "locale"];

type PreferenceFormProps = { preferences: NoticePreferences; timeZones: readonly string[] };

/** What comes by mail, kind by kind, and when the rest is put together. */
export function PreferenceForm({ preferences, timeZones }: PreferenceFormProps) {
  const t = useTranslations("notices.preferences");
  const [mail, setMail] = useState(preferences.mail);
  const choose = (kind: NotificationKind, mode: MailMode) => setMail({ ...mail, [kind]: mode });
  return (
    <ActionForm action={setPreferencesAction} successMessage={t("saved")} className="grid min-w-0 gap-5">
      <HiddenInputs values={{ mail: JSON.stringify(mail) }} />
      <Card title={t("kinds")} description={t("kindsText")} flush>
        <ul className="divide-y">
          {notificationKinds.map((kind) => (
            <KindRow key={kind} kind={kind} mode={mail[kind]} onChoose={(mode) => choose(kind, mode)} />
          ))}
        </ul>
      </Card>
      <DigestFields preferences={preferences} timeZones={timeZones} />
      <FormMessage visibleFields={fields} />
      <div>
        <SubmitButton>{t("save")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

type KindRowProps = { kind: NotificationKind; mode: MailMode; onChoose: (mode: MailMode) => void };

function KindRow({ kind, mode, onChoose }: KindRowProps) {
  const t = useTranslations("notices");
  const name = t(`kind.${kind}`);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-2.5">
      <span className="grid min-w-0 flex-1 basis-56">
        <span className="text-sm font-medium">{name}</span>
        <span className="text-xs text-ink-muted">{t(`kindText.${kind}`)}</span>
      </span>
      <Select
        aria-label={t("preferences.mailFor", { kind: name })}
        value={mode}
        onChange={(event) => onChoose(mailModes.find((one) => one === event.target.value) ?? "off")}
        options={mailModes.map((value) => ({ value, label: t(`mode.${value}`) }))}
        className="w-full sm:w-44"
      />
    </li>
  );
}
