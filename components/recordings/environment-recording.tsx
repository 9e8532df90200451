import { useTranslations } from "next-intl";
import { setEnvironmentRecordingAction } from "@/app/actions/recordings";
import { DialogForm } from "@/components/clusters/dialog-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import {
  nothingRecorded,
  recordingModes,
  retentionDaysMax,
  type RecordingRule,
} from "@/lib/console/recordings/rules";

export function RecordingWords({ rule = nothingRecorded }: { rule?: RecordingRule | undefined }) {
  const t = useTranslations("recordings.environment");
  return (
    <span className="grid text-xs">
      <span>{t(`mode.${rule.mode}`)}</span>
      {rule.mode !== "off" && (
        <span className="text-ink-faint">{t("kept", { days: rule.retentionDays })}</span>
      )}
    </span>
  );
}

interface EditRecordingProps {
  environment: { name: string; displayName: string };
  rule?: RecordingRule | undefined;
}

/** Which consoles of an environment are recorded. */
export function EditRecording({ environment, rule = nothingRecorded }: EditRecordingProps) {
  const t = useTranslations("recordings.environment");
  return (
    <Dialog
      title={t("title", { name: environment.displayName })}
      description={t("description")}
      trigger={
        <Button variant="ghost" size="sm">
          {t("edit")}
        </Button>
      }
    >
      <DialogForm
        action={setEnvironmentRecordingAction}
        submitLabel={t("save")}
        successMessage={t("saved")}
        fields={["mode", "retentionDays"]}
        hidden={{ environment: environment.name }}
      >
        <Field name="mode" label={t("which")} hint={t("whichHint")} required>
          <Select
            defaultValue={rule.mode}
            options={recordingModes.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
          />
        </Field>
        <Field name="retentionDays" label={t("days")} hint={t("daysHint")} required>
          <Input
            type="number"
            min={1}
            max={retentionDaysMax}
            defaultValue={rule.retentionDays}
            className="max-w-28"
          />
        </Field>
      </DialogForm>
    </Dialog>
  );
}
