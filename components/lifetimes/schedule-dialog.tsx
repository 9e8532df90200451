import { useTranslations } from "next-intl";
import { requestScheduleAction } from "@/app/actions/lifetimes";
import { DialogForm } from "@/components/clusters/dialog-form";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { LifetimeView } from "@/lib/requests/lifetimes/schema";

const timeZones = ["UTC", ...Intl.supportedValuesOf("timeZone")];

type ScheduleDialogProps = { vmId: string; schedule: LifetimeView["schedule"] };

/** Two hours on chosen days; what an API client set beyond that is replaced when it is saved here. */
export function ScheduleDialog({ vmId, schedule }: ScheduleDialogProps) {
  const t = useTranslations("lifetimes");
  const timeOf = (action: "start" | "stop") =>
    schedule?.entries.find((entry) => entry.action === action)?.time;
  return (
    <Dialog
      title={t("setTitle")}
      trigger={
        <Button variant="ghost" size="sm">
          {t(schedule === null ? "set" : "change")}
        </Button>
      }
    >
      <DialogForm
        action={requestScheduleAction}
        submitLabel={t("save")}
        successMessage={t("saved")}
        fields={["timeZone", "weekdays", "startTime", "stopTime", "reason"]}
        hidden={{ vmId }}
      >
        <p className="text-sm text-ink-muted">{t("setText")}</p>
        <WeekdayBoxes chosen={schedule?.entries[0]?.weekdays ?? [1, 2, 3, 4, 5]} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field name="startTime" label={t("startTime")} hint={t("timeHint")} optional>
            <Input type="time" defaultValue={timeOf("start") ?? (schedule === null ? "08:00" : "")} />
          </Field>
          <Field name="stopTime" label={t("stopTime")} optional>
            <Input type="time" defaultValue={timeOf("stop") ?? (schedule === null ? "19:00" : "")} />
          </Field>
        </div>
        <Field name="timeZone" label={t("zone")} required>
          <Select
            options={timeZones.map((zone) => ({ value: zone, label: zone }))}
            defaultValue={schedule?.timeZone ?? "UTC"}
          />
        </Field>
        <Field name="reason" label={t("reason")} hint={t("scheduleReasonHint")} optional>
          <Textarea rows={2} maxLength={2000} />
        </Field>
      </DialogForm>
    </Dialog>
  );
}

function WeekdayBoxes({ chosen }: { chosen: readonly number[] }) {
  const t = useTranslations("lifetimes");
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">{t("weekdays")}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <Checkbox
            key={day}
            name="weekdays"
            value={day}
            defaultChecked={chosen.includes(day)}
            label={t(`weekday.${day}`)}
          />
        ))}
      </div>
    </fieldset>
  );
}
