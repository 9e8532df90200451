import { useTranslations } from "next-intl";
import { addWindowAction, removeWindowAction, updateWindowAction } from "@/app/actions/calendar";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, type SelectOption } from "@/components/ui/select";
import type { WindowRow } from "@/lib/requests/calendar/schema";
import { CalendarForm } from "./calendar-form";
import { OperationChoice } from "./operation-choice";

const fields = ["environment", "name", "startsAt", "durationMinutes", "timeZone", "enabled"];
const weekdays = ["1", "2", "3", "4", "5", "6", "7"] as const;

export function AddWindow({ environments }: { environments: readonly SelectOption[] }) {
  const t = useTranslations("calendar.window");
  return (
    <Dialog title={t("addTitle")} trigger={<Button variant="primary">{t("add")}</Button>} width="lg">
      <CalendarForm action={addWindowAction} submitLabel={t("add")} fields={fields}>
        <Field name="environment" label={t("environment")} required>
          <Select options={environments} />
        </Field>
        <WindowFields />
      </CalendarForm>
    </Dialog>
  );
}

export function EditWindow({ window }: { window: WindowRow }) {
  const t = useTranslations("calendar.window");
  return (
    <Dialog
      title={t("editTitle", { name: window.name })}
      width="lg"
      trigger={
        <Button variant="ghost" size="sm">
          {t("edit")}
        </Button>
      }
    >
      <CalendarForm
        action={updateWindowAction}
        submitLabel={t("save")}
        fields={fields}
        hidden={{ windowId: window.id, revision: String(window.revision) }}
      >
        <WindowFields window={window} />
      </CalendarForm>
    </Dialog>
  );
}

export function RemoveWindow({ window }: { window: WindowRow }) {
  const t = useTranslations("calendar.window");
  return (
    <Dialog
      alert
      title={t("removeTitle", { name: window.name })}
      description={t("removeText")}
      trigger={
        <Button variant="ghost" size="sm">
          {t("remove")}
        </Button>
      }
    >
      <CalendarForm
        action={removeWindowAction}
        submitLabel={t("remove")}
        fields={[]}
        hidden={{ windowId: window.id }}
        tone="danger"
      />
    </Dialog>
  );
}

function WindowFields({ window }: { window?: WindowRow }) {
  const t = useTranslations("calendar.window");
  return (
    <>
      <Field name="name" label={t("name")} required>
        <Input maxLength={80} autoComplete="off" defaultValue={window?.name} />
      </Field>
      <WeekdayChoice chosen={window?.weekdays ?? [1, 2, 3, 4, 5]} />
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <Field name="startsAt" label={t("startsAt")} required>
          <Input type="time" defaultValue={window?.startsAt ?? "22:00"} />
        </Field>
        <Field name="durationMinutes" label={t("duration")} required>
          <Input type="number" min={5} max={10080} defaultValue={window?.durationMinutes ?? 120} />
        </Field>
        <Field name="timeZone" label={t("timeZone")} hint={t("timeZoneHint")} required>
          <Input
            maxLength={60}
            autoComplete="off"
            spellCheck={false}
            defaultValue={window?.timeZone ?? "UTC"}
          />
        </Field>
      </div>
      <OperationChoice chosen={window?.operations ?? []} />
      <Checkbox name="enabled" label={t("enabled")} defaultChecked={window?.enabled ?? true} />
    </>
  );
}

function WeekdayChoice({ chosen }: { chosen: readonly number[] }) {
  const t = useTranslations("calendar");
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t("window.weekdays")}</legend>
      <span className="flex flex-wrap gap-x-4 gap-y-2">
        {weekdays.map((day) => (
          <Checkbox
            key={day}
            name="weekdays"
            value={day}
            label={t(`weekday.${day}`)}
            defaultChecked={chosen.includes(Number(day))}
          />
        ))}
      </span>
    </fieldset>
  );
}
