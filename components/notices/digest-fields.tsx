"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { ExactTime } from "@/components/ui/exact-time";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { digestRhythms } from "@/lib/notifications/preferences/rules";
import type { NoticePreferences } from "@/lib/notifications/preferences/schema";

type DigestFieldsProps = { preferences: NoticePreferences; timeZones: readonly string[] };

/** A Monday, to take the names of the days from. */
const monday = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;

/** When a digest comes, in whose time, and in which language everything is written. */
export function DigestFields({ preferences, timeZones }: DigestFieldsProps) {
  const t = useTranslations("notices.preferences");
  const locale = useLocale();
  const [rhythm, setRhythm] = useState<string>(preferences.digest);
  const dayNames = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  const next = preferences.nextDigestAt;
  return (
    <Card title={t("digest")} description={t("digestText")}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="digest" label={t("rhythm")}>
          <Select
            value={rhythm}
            onChange={(event) => setRhythm(event.target.value)}
            options={digestRhythms.map((value) => ({ value, label: t(`rhythms.${value}`) }))}
          />
        </Field>
        <Field name="digestHour" label={t("hour")}>
          <Select
            defaultValue={String(preferences.digestHour)}
            options={Array.from({ length: 24 }, (_none, hour) => ({
              value: String(hour),
              label: `${String(hour).padStart(2, "0")}:00`,
            }))}
          />
        </Field>
        {rhythm === "weekly" ? (
          <Field name="digestWeekday" label={t("weekday")}>
            <Select
              defaultValue={String(preferences.digestWeekday)}
              options={Array.from({ length: 7 }, (_none, day) => ({
                value: String(day + 1),
                label: dayNames.format(new Date(monday + day * dayMs)),
              }))}
            />
          </Field>
        ) : (
          <input type="hidden" name="digestWeekday" value={preferences.digestWeekday} />
        )}
        <Field name="timeZone" label={t("timeZone")}>
          <Select
            defaultValue={preferences.timeZone}
            options={timeZones.map((value) => ({ value, label: value.replaceAll("_", " ") }))}
          />
        </Field>
        <Field name="locale" label={t("language")} hint={t("languageHint")}>
          <Select
            defaultValue={preferences.locale}
            options={[
              { value: "en", label: "English" },
              { value: "zh-CN", label: "简体中文" },
            ]}
          />
        </Field>
      </div>
      {next && (
        <p className="mt-4 text-xs text-ink-muted">
          {t.rich("next", { time: () => <ExactTime at={next} style="short" /> })}
        </p>
      )}
    </Card>
  );
}
