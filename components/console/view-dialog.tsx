"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { typingModes } from "@/lib/console/preferences/rules";
import type { ConsoleChoices } from "./use-console-choices";

interface ViewDialogProps {
  choices: ConsoleChoices;
  onClose: () => void;
}

/** How keys are passed on and how much the picture may cost; every change counts at once and is remembered. */
export function ViewDialog({ choices: { view, changeView }, onClose }: ViewDialogProps) {
  const t = useTranslations("console.view");
  const layouts = useTranslations("console.layouts");
  return (
    <Dialog open onOpenChange={onClose} title={t("title")} description={t("description")}>
      <Field name="typing" label={t("typing")} hint={t("typingHint")}>
        <Select
          value={view.typing}
          onChange={({ target }) => {
            const typing = typingModes.find((each) => each === target.value);
            if (typing) changeView({ typing });
          }}
          options={typingModes.map((each) => ({ value: each, label: layouts(each) }))}
        />
      </Field>
      <LevelField
        name="quality"
        label={t("quality")}
        hint={t("qualityHint")}
        value={view.quality}
        onChange={(quality) => changeView({ quality })}
      />
      <LevelField
        name="compression"
        label={t("compression")}
        hint={t("compressionHint")}
        value={view.compression}
        onChange={(compression) => changeView({ compression })}
      />
      <DialogActions>
        <DialogClose>
          <Button variant="primary">{t("done")}</Button>
        </DialogClose>
      </DialogActions>
    </Dialog>
  );
}

interface LevelFieldProps {
  name: string;
  label: string;
  hint: string;
  value: number;
  onChange: (value: number) => void;
}

function LevelField({ name, label, hint, value, onChange }: LevelFieldProps) {
  const levels = Array.from({ length: 10 }, (_, level) => String(level));
  return (
    <Field name={name} label={label} hint={hint}>
      <Select
        value={String(value)}
        onChange={({ target }) => onChange(Number(target.value))}
        className="max-w-24"
        options={levels.map((level) => ({ value: level, label: level }))}
      />
    </Field>
  );
}
