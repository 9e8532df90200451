"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { momentOf } from "./moment-input";

type StartFieldProps = {
  onChange: (startAt: string | undefined) => void;
  error?: string | undefined;
};

/** As soon as approved, or not before a time; posted in UTC as `startAt`, empty where there is no wish. */
export function StartField({ onChange, error }: StartFieldProps) {
  const t = useTranslations("calendar.start");
  const [isTimed, setTimed] = useState(false);
  const [text, setText] = useState("");

  function choose(timed: boolean, moment: string) {
    setTimed(timed);
    setText(moment);
    const startAt = timed ? momentOf(moment) : "";
    onChange(startAt === "" ? undefined : startAt);
  }

  return (
    <div className="grid gap-3">
      <input type="hidden" name="startAt" value={isTimed ? momentOf(text) : ""} />
      <Checkbox
        label={t("at")}
        description={t("asap")}
        checked={isTimed}
        onChange={(event) => choose(event.target.checked, text)}
      />
      {isTimed && (
        <Field
          name="startAt"
          label={t("when")}
          hint={t("zone", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
          error={error}
          className="max-w-72"
        >
          <Input
            type="datetime-local"
            form=""
            value={text}
            onChange={(event) => choose(true, event.target.value)}
          />
        </Field>
      )}
    </div>
  );
}
