import { useTranslations } from "next-intl";
import { startEmergencyAction } from "@/app/actions/emergencies";
import { DialogForm } from "@/components/clusters/dialog-form";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RefusedButton } from "@/components/ui/refused-button";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { EmergencyPlaces } from "@/lib/requests/emergencies/schema";

export function StartEmergency({ systems, environments, minutesMax }: EmergencyPlaces) {
  const t = useTranslations("emergencies");
  if (systems.length === 0) return <RefusedButton reason={t("nowhere")}>{t("start")}</RefusedButton>;
  return (
    <Dialog title={t("startTitle")} trigger={<Button variant="danger">{t("start")}</Button>}>
      <DialogForm
        action={startEmergencyAction}
        submitLabel={t("start")}
        successMessage={t("started")}
        fields={["systemId", "environment", "reason", "minutes"]}
      >
        <Callout tone="warning">{t("startText")}</Callout>
        <Field name="systemId" label={t("system")} required>
          <Select options={systems.map(({ id, name }) => ({ value: id, label: name }))} />
        </Field>
        <Field name="environment" label={t("environment")} required>
          <Select
            options={environments.map(({ name, displayName }) => ({ value: name, label: displayName }))}
            defaultValue={environments.at(-1)?.name}
          />
        </Field>
        <Field name="reason" label={t("reason")} hint={t("reasonHint")} required>
          <Textarea rows={3} minLength={10} maxLength={2000} />
        </Field>
        <Field name="minutes" label={t("minutes")} hint={t("minutesHint", { maximum: minutesMax })} required>
          <Input
            type="number"
            min={5}
            max={minutesMax}
            defaultValue={Math.min(15, minutesMax)}
            className="max-w-28"
          />
        </Field>
      </DialogForm>
    </Dialog>
  );
}
